"""Telling clients what is asked of them: one message each, whatever the number of documents."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.activity.service import partner_topic, touch
from salestrekker_portal.domains.contacts.models import Contact
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.models import DocumentRequest
from salestrekker_portal.domains.documents.queries import readers_of
from salestrekker_portal.domains.notifications.service import notify
from salestrekker_portal.domains.notifications.words import short
from salestrekker_portal.domains.organisations.models import Organisation, User
from salestrekker_portal.domains.outbox.models import Channel
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.domains.partners.models import DealPartner
from salestrekker_portal.domains.portal_access.delivery import token_of
from salestrekker_portal.domains.portal_access.messages import People, link_address
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.domains.portal_access.queries import live_link, people_of
from salestrekker_portal.kernel.text import joined


async def people_in(session: WriteSession, deal: Deal) -> People | None:
    """The deal's people as its owner is told of them; None for a deal without anybody."""
    applicants = await applicants_of(session, deal.id)
    if not applicants:
        return None
    return People(
        organisation=await session.get(Organisation, deal.organisation_id),
        owner=await session.get(User, deal.owner_id),
        contact=applicants[0][1],
        deal=deal,
    )


async def tell_owner(session: WriteSession, deal: Deal, kind: str, cause: UUID, content: Content) -> None:
    """An e-mail to the broker whose deal it is."""
    owner = await session.get(User, deal.owner_id)
    enqueue(
        session,
        organisation_id=deal.organisation_id,
        kind=kind,
        channel=Channel.EMAIL,
        recipient=owner.email,
        recipient_name=owner.name,
        cause=cause,
        content=content,
        deal_id=deal.id,
    )


async def client_of(session: WriteSession, deal: Deal, access: PortalAccess) -> tuple[People, str] | None:
    """A client with the address of their page; None when there is no way to write to them."""
    people = await people_of(session, deal, access.contact_id)
    link = await live_link(session, access.id)
    if link is None or not people.contact.email:
        return None
    return people, link_address(token_of(link))


def tell_client(session: WriteSession, access: PortalAccess, people: People, kind: str, cause: UUID, content: Content):
    """An e-mail to a client who is in; it never leaves once their access has ended."""
    enqueue(
        session,
        organisation_id=access.organisation_id,
        kind=kind,
        channel=Channel.EMAIL,
        recipient=people.contact.email,
        recipient_name=people.contact.name,
        cause=cause,
        content=content,
        deal_id=access.deal_id,
        access_id=access.id,
    )


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
    told = []
    for access in accesses:
        mine = [
            request
            for request in going
            if access in readers_of([access], request)
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
            items=[(request.id, _named(request, access, people)) for request in mine],
            facts={"short": short([request.name for request in mine])} | (facts or {}),
        )
        told.append(people[access.contact_id].first_name or people[access.contact_id].name)
    return told


def _named(request: DocumentRequest, access: PortalAccess, people: dict[UUID, Contact]) -> str:
    """The document as this client reads of it: whose it is, unless it is their own."""
    due = f", by {request.due_on.day} {request.due_on:%b}" if request.due_on else ""
    if request.contact_id == access.contact_id:
        return request.name + due
    whose = people.get(request.contact_id) if request.contact_id else None
    everybody = joined([each.first_name or each.name for each in people.values()])
    who = (whose.first_name or whose.name) if whose else everybody
    return f"{request.name} (for {who}){due}" if len(people) > 1 else request.name + due
