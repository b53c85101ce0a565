"""Which of a deal's documents an invitation asks for."""

from uuid import UUID

from sqlalchemy import delete

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess


async def choose_requests(session: WriteSession, deal: Deal, access: PortalAccess, ids: list[UUID] | None) -> None:
    """Ask for these documents, and leave the others out of this client's sight, whoever else is asked for them.

    Each must be on the deal, and about somebody whom this client may see. None: nobody was asked to choose.
    """
    chosen = ids or []
    known = {request.id: request for request in await queries.askable_requests(session, deal.id)}
    for request_id in chosen:
        request = known.get(request_id)
        if request is None:
            raise NotFound("document request")
        if not may_ask(request, access):
            raise Invalid({"requests": f"“{request.name}” is about somebody whose details this client can’t see."})
        if request.sent_at is None:
            request.sent_at = utc_now()
    await session.execute(delete(AccessRequest).where(AccessRequest.access_id == access.id))
    offered = [] if ids is None else [each for each in known.values() if may_ask(each, access)]
    left = [each.id for each in offered if each.id not in chosen]
    rows = {**dict.fromkeys(left, True), **dict.fromkeys(chosen, False)}
    session.add_all(AccessRequest(access_id=access.id, request_id=each, left_out=out) for each, out in rows.items())


def may_ask(request: DocumentRequest, access: PortalAccess) -> bool:
    """Whether this client may know of the request at all."""
    return access.sees_other_applicants or request.contact_id in (None, access.contact_id)
