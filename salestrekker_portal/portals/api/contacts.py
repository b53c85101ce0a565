"""GET /contacts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.contacts.listing import MOST, contacts_after
from salestrekker_portal.portals.api.answers import REFUSALS, as_json, next_page
from salestrekker_portal.portals.api.shapes import ContactsOut
from salestrekker_portal.tables.contacts import Contact

contacts = APIRouter(tags=["Contacts"])


@contacts.get("/contacts", response_model=ContactsOut, responses=REFUSALS, summary="Contacts, the newest first")
async def list_contacts(
    request: Request,
    after: Annotated[UUID | None, Query(description="The last contact of the page before")] = None,
    email: Annotated[str, Query(max_length=254, description="Exactly this address, in any case")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
):
    """Needs `contacts:read`. Archived contacts are left out."""
    actor: Actor = request.state.actor
    async with reading() as session:
        found = await contacts_after(session, actor, after=after, email=email, limit=limit)
    page, more = found[:limit], len(found) > limit
    shown = [_shown(contact) for contact in page]
    return as_json({"contacts": shown, "next": next_page(request, page[-1].id) if more else None})


def _shown(contact: Contact) -> dict[str, object]:
    return {
        "id": contact.id,
        "kind": contact.kind,
        "name": contact.name,
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "company_name": contact.company_name,
        "email": contact.email,
        "mobile": contact.mobile,
        "created_at": contact.created_at,
    }
