"""Telling clients what is asked of them: one message each, whatever the number of documents."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.activity.service import partner_topic, touch
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.queries import who_sees
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.domains.notices.words import short
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.portal_access import PortalAccess


async def touch_partners(session: WriteSession, deal_id: UUID) -> None:
    """Open boards and deals of the partners who follow this deal look again."""
    partners = await session.scalars(select(DealPartner.partner_id).where(DealPartner.deal_id == deal_id))
    touch(session, *[partner_topic(partner_id) for partner_id in partners])


async def tell_what_is_asked(
    session: WriteSession,
    event: str,
    deal: Deal,
    accesses: list[PortalAccess],
    going: list[DocumentRequest],
    by: str,
    facts: dict[str, str] | None = None,
) -> list[str]:
    """One message a client. Somebody who sees everything is not bothered with what the other is asked for."""
    inside = {access.contact_id for access in accesses}
    people = {each.id: each for _, each in await applicants_of(session, deal.id)}
    told, sees = [], await who_sees(session, accesses, going)
    for access in accesses:
        mine = [
            request
            for request in going
            if access in sees[request.id]
            and (request.contact_id in (None, access.contact_id) or request.contact_id not in inside)
        ]
        if not mine or access.contact_id not in people:
            continue
        notify(
            session,
            event,
            organisation_id=deal.organisation_id,
            recipient_id=access.id,
            deal_id=deal.id,
            author=by,
            items=[(request.id, named_for(request, access, people)) for request in mine],
            facts={"short": short([each.name for each in mine]), "due_days": due_days(mine), **(facts or {})},
        )
        told.append(people[access.contact_id].called)
    return told


def due_days(requests: list[DocumentRequest]) -> dict[str, list[str]]:
    """Their names by the day on which they are due, for somebody's calendar."""
    found: dict[str, list[str]] = {}
    for request in requests:
        if request.due_on is not None:
            found.setdefault(request.due_on.isoformat(), []).append(request.name)
    return dict(sorted(found.items()))


def named_for(request: DocumentRequest, access: PortalAccess, people: dict[UUID, Contact]) -> str:
    """The document as this client reads of it: whose it is, unless it is their own."""
    due = f", by {request.due_on.day} {request.due_on:%b}" if request.due_on else ""
    if request.contact_id == access.contact_id:
        return request.name + due
    whose = people.get(request.contact_id) if request.contact_id else None
    everybody = joined([each.called for each in people.values()])
    who = whose.called if whose else everybody
    return f"{request.name} (for {who}){due}" if len(people) > 1 else request.name + due
