"""Sending requests: at once when the broker says so, or by itself a while after the last one was added."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.documents.queries import live_accesses, readers_of, requests_in
from salestrekker_portal.domains.documents.rules import demand_open
from salestrekker_portal.domains.documents.telling import tell_what_is_asked
from salestrekker_portal.domains.notices.catalogue import REQUESTS_SETTLE
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess

NOBODY_IN = (
    "What is not sent yet is for people who aren’t in the client portal. "
    "Invite them first: the invitation asks for documents too."
)
NOTHING_NEW = "Everything has been asked for already."


@dataclass(frozen=True, kw_only=True)
class SentRequests:
    """What "Request" did: how many documents were asked for, who got a message, and what nobody could be asked."""

    count: int
    told: list[str]
    waiting: int


async def open_deal(session: WriteSession, actor: Actor, deal_id: UUID) -> Deal:
    """The deal, if this person may ask for documents in it now. Raises NotFound, NotPermitted, Conflict."""
    deal = await access_deal(session, actor, deal_id, Permission.REQUEST_MANAGE)
    demand_open(actor, deal)
    return deal


async def send_requests(session: WriteSession, actor: Actor, deal_id: UUID) -> SentRequests:
    """Ask for everything that was not sent yet: one e-mail to each client who is in (S3-07, S3-08, L21).

    Raises Conflict when there is nothing new, or nobody to ask; NotFound, NotPermitted.
    """
    deal = await open_deal(session, actor, deal_id)
    unsent = [
        request
        for request in await requests_in(session, actor, deal.id)
        if request.sent_at is None and request.state is not RequestState.NOT_NEEDED
    ]
    if not unsent:
        raise Conflict(NOTHING_NEW)
    accesses = await live_accesses(session, deal.id)
    for_whom = {request.id: readers_of(accesses, request) for request in unsent}
    going = [request for request in unsent if for_whom[request.id]]
    if not going:
        raise Conflict(NOBODY_IN)
    for request in going:
        await expose(session, request, for_whom[request.id])
    record(session, actor, "request:sent", organisation_id=deal.organisation_id, deal_id=deal.id, count=len(going))
    told = await tell_what_is_asked(session, "documents_requested", deal, accesses, going, actor.name)
    deal_touched(session, deal.id)
    return SentRequests(count=len(going), told=told, waiting=len(unsent) - len(going))


async def send_what_waits(session: WriteSession, deal_id: UUID, by: str) -> int:
    """Ask for what `by` added to a deal whose clients were in already, and left unsent; returns how many (S3-09).

    What was there before somebody was invited is left: whoever invited them chose what to ask for.
    """
    deal = await session.get(Deal, deal_id, with_for_update=HOLD, populate_existing=True)
    if deal is None or deal.locked_at is not None or deal.archived_at is not None:
        return 0
    accesses = await live_accesses(session, deal.id)
    unsent = await session.scalars(
        select(DocumentRequest)
        .where(
            DocumentRequest.deal_id == deal.id,
            DocumentRequest.withdrawn_at.is_(None),
            DocumentRequest.sent_at.is_(None),
            DocumentRequest.state != RequestState.NOT_NEEDED,
        )
        .order_by(DocumentRequest.position, DocumentRequest.created_at)
    )
    going = []
    for request in list(unsent):
        readers = _in_before(accesses, request)
        if readers:
            await expose(session, request, readers)
            going.append(request)
    if going:
        record(session, None, "request:sent", organisation_id=deal.organisation_id, deal_id=deal.id, count=len(going))
        await tell_what_is_asked(session, "documents_added", deal, accesses, going, by)
        deal_touched(session, deal.id)
    return len(going)


def _in_before(accesses: list[PortalAccess], request: DocumentRequest) -> list[PortalAccess]:
    """The clients who were in when this was added, and may be asked for it."""
    return [each for each in readers_of(accesses, request) if each.created_at < request.created_at]


def goes_by_itself_at(accesses: list[PortalAccess], requests: list[DocumentRequest]) -> datetime | None:
    """When what waits is sent unless somebody presses Request before; None when it is not."""
    waiting = [each for each in requests if each.sent_at is None and each.state is not RequestState.NOT_NEEDED]
    if not any(_in_before(accesses, request) for request in waiting):
        return None
    at = max(request.created_at for request in waiting) + REQUESTS_SETTLE
    return at if at > utc_now() else None


async def expose(session: WriteSession, request: DocumentRequest, readers: list[PortalAccess]) -> None:
    """From now on these clients see the request, whatever was left out before."""
    request.sent_at = request.sent_at or utc_now()
    found = await session.scalars(select(AccessRequest).where(AccessRequest.request_id == request.id))
    present = {each.access_id: each for each in found}
    for access in readers:
        if access.id in present:
            present[access.id].left_out = False
        else:
            session.add(AccessRequest(access_id=access.id, request_id=request.id))
