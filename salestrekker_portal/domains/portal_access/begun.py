"""What a client may see is changed from what it was: whoever changes it must have seen what it is now."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.portal_access import queries
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.portal_access import PortalAccess

CHANGED_MEANWHILE = (
    "Somebody else changed what this client can see while you had it open. Nothing of yours is saved: open this panel "
    "again, and begin with what it is now."
)


def choices_of(access: PortalAccess) -> str:
    """What an access was given, in one text that differs whenever one of its choices does."""
    sections = ",".join(access.section_ids or [])
    return f"{access.sees_other_applicants}|{access.flow_id or ''}|{sections}|{access.asks_bank_statements}"


async def demand_as_begun(session: WriteSession, actor: Actor, deal_id: UUID, contact_id: UUID, began: str) -> None:
    """Raises NotFound, NotPermitted, and Conflict when the live access is no longer what somebody began with.

    Holds the deal, so that nobody is faster between this and the change. `began` is "" where nothing was changed.
    """
    if not began:
        return
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_SHARE)
    live = await queries.live_access(session, deal.id, contact_id)
    if live is not None and choices_of(live) != began:
        raise Conflict(CHANGED_MEANWHILE)
