"""Asking for documents: one by one or from a list, composed in peace and sent as one message."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.queries import access_removed, access_request, requests_in
from salestrekker_portal.domains.documents.rules import (
    MOST_REQUESTS,
    NAME_LIMIT,
    checked_due,
    checked_words,
)
from salestrekker_portal.domains.documents.sending import open_deal
from salestrekker_portal.domains.documents.standard_lists import STANDARD_LISTS, ListedDocument, StandardList
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestList
from salestrekker_portal.tables.organisations import Country


async def lists_for(session: ReadSession, actor: Actor) -> list[StandardList]:
    """The ready lists of this person's brokerage: their own first, then those that ship."""
    country = Country(actor.country)
    rows = await session.scalars(
        select(RequestList)
        .where(
            RequestList.country == country,
            or_(RequestList.organisation_id.is_(None), RequestList.organisation_id == actor.organisation_id),
        )
        .order_by(RequestList.position, RequestList.name)
    )
    made = [
        StandardList(
            key=str(row.id),
            name=row.name,
            items=tuple(
                ListedDocument(name=item["name"], why=item.get("why", ""), each=item.get("each", True))
                for item in row.items
            ),
        )
        for row in rows
    ]
    return [*made, *STANDARD_LISTS[country]]


async def add_request(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    *,
    name: object,
    contact_id: UUID | None = None,
    why: object = "",
    due_on: object = None,
) -> DocumentRequest:
    """Ask for one document; `contact_id` None is all applicants. Sent with Request, or 15 minutes after the last one.

    Raises Invalid (`name`, `why`, `due`), NotFound, NotPermitted, Conflict (locked deal).
    """
    deal = await open_deal(session, actor, deal_id)
    item = ListedDocument(
        name=checked_words(name, "name", least="Say which document it is.", limit=NAME_LIMIT),
        why=checked_words(why, "why"),
    )
    due = checked_due(due_on)
    people = await _people(session, deal.id)
    if contact_id is not None and contact_id not in people:
        raise NotFound("client")
    present = await requests_in(session, actor, deal.id)
    if (item.name.casefold(), contact_id) in _asked(present):
        who = people[contact_id].name if contact_id else "all applicants"
        raise Invalid({"name": f"This is asked of {who} already."})
    added = _add(session, actor, deal, item, contact_id, due, len(present))
    await _finish(session, actor, deal, [added])
    return added


async def add_requests_from_list(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    list_key: str,
    *,
    contact_ids: list[UUID],
    names: list[str] | None = None,
    due_on: object = None,
) -> list[DocumentRequest]:
    """Ask for the documents of a ready list (or those of `names`): of each person chosen, or once for everybody.

    What is asked for already is left as it is. Raises NotFound, NotPermitted, Conflict, Invalid (`people`, `due`).
    """
    deal = await open_deal(session, actor, deal_id)
    chosen = next((each for each in await lists_for(session, actor) if each.key == list_key), None)
    if chosen is None:
        raise NotFound("list of documents")
    due = checked_due(due_on)
    items = [item for item in chosen.items if names is None or item.name in names]
    people = await _people(session, deal.id)
    if any(contact_id not in people for contact_id in contact_ids):
        raise NotFound("client")
    if not contact_ids and any(item.each for item in items):
        raise Invalid({"people": "Choose who should send these."})
    present = await requests_in(session, actor, deal.id)
    known = _asked(present)
    wanted = [
        (item, contact_id)
        for item in items
        for contact_id in (contact_ids if item.each else [None])
        if (item.name.casefold(), contact_id) not in known
    ]
    if len(present) + len(wanted) > MOST_REQUESTS:
        raise Conflict(f"A deal can ask for at most {MOST_REQUESTS} documents.")
    added = [
        _add(session, actor, deal, item, contact_id, due, len(present) + number, chosen.name)
        for number, (item, contact_id) in enumerate(wanted)
    ]
    await _finish(session, actor, deal, added)
    return added


async def withdraw_request(session: WriteSession, actor: Actor, request_id: UUID) -> DocumentRequest:
    """Stop asking. What was uploaded for it stays in the deal; `put_back_request` asks again."""
    request = await access_request(session, actor, request_id, Permission.REQUEST_MANAGE)
    deal = await open_deal(session, actor, request.deal_id)
    request.withdrawn_at = utc_now()
    record(session, actor, "request:withdrawn", organisation_id=deal.organisation_id, deal_id=deal.id,
           name=request.name)  # fmt: skip
    deal_touched(session, deal.id)
    return request


async def put_back_request(session: WriteSession, actor: Actor, request_id: UUID) -> None:
    """Undo `withdraw_request`. Raises NotFound, NotPermitted, Conflict (locked, or asked for again meanwhile)."""
    request = await access_removed(session, actor, DocumentRequest, request_id, Permission.REQUEST_MANAGE)
    deal = await open_deal(session, actor, request.deal_id)
    if (request.name.casefold(), request.contact_id) in _asked(await requests_in(session, actor, deal.id)):
        raise Conflict(f"“{request.name}” is asked for again already.")
    request.withdrawn_at = None
    record(session, actor, "request:put_back", organisation_id=deal.organisation_id, deal_id=deal.id,
           name=request.name)  # fmt: skip
    deal_touched(session, deal.id)


async def _people(session: ReadSession, deal_id: UUID) -> dict[UUID, Contact]:
    return {contact.id: contact for _, contact in await applicants_of(session, deal_id)}


def _asked(requests: list[DocumentRequest]) -> set[tuple[str, UUID | None]]:
    return {(request.name.casefold(), request.contact_id) for request in requests}


def _add(
    session: WriteSession,
    actor: Actor,
    deal: Deal,
    item: ListedDocument,
    contact_id: UUID | None,
    due: date | None,
    position: int,
    group_name: str = "",
) -> DocumentRequest:
    request = DocumentRequest(
        deal_id=deal.id,
        contact_id=contact_id,
        name=item.name,
        why=item.why,
        group_name=group_name[:80],
        due_on=due,
        position=position,
        added_by=actor.id,
    )
    session.add(request)
    return request


async def _finish(session: WriteSession, actor: Actor, deal: Deal, added: list[DocumentRequest]) -> None:
    if not added:
        return
    name = added[0].name if len(added) == 1 else f"{len(added)} documents"
    record(session, actor, "request:added", organisation_id=deal.organisation_id, deal_id=deal.id, name=name)
    deal_touched(session, deal.id)
