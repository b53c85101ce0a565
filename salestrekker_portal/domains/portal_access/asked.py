"""Which of a deal's documents an invitation asks for."""

from uuid import UUID

from sqlalchemy import delete

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.domains.portal_access.models import AccessRequest, PortalAccess
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound


async def choose_requests(session: WriteSession, deal: Deal, access: PortalAccess, chosen: list[UUID]) -> None:
    """Ask for these documents. Each must be on the deal, and about somebody whom this client may see."""
    known = {request.id: request for request in await queries.askable_requests(session, deal.id)}
    for request_id in chosen:
        request = known.get(request_id)
        if request is None:
            raise NotFound("document request")
        if request.contact_id not in (None, access.contact_id) and not access.sees_other_applicants:
            raise Invalid({"requests": f"“{request.name}” is about somebody whose details this client can’t see."})
        if request.sent_at is None:
            request.sent_at = utc_now()
    await session.execute(delete(AccessRequest).where(AccessRequest.access_id == access.id))
    session.add_all(AccessRequest(access_id=access.id, request_id=request_id) for request_id in dict.fromkeys(chosen))
