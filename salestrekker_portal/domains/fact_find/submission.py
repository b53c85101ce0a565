"""The client says that their profile is done."""

from uuid import UUID

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotPermitted
from salestrekker_portal.tables.portal_access import PortalAccess


async def submit_profile(session: WriteSession, actor: Actor, deal_id: UUID) -> None:
    """The client says that they are done. Raises NotPermitted for anybody else, Conflict when locked or incomplete."""
    whole = await read_whole(session, actor, deal_id)
    context = whole.context
    if actor.access_id is None:
        raise NotPermitted("Only the client submits their profile.")
    if context.lock_reason:
        raise Conflict(context.lock_reason)
    left = len(whole.progress.outstanding)
    if left:
        raise Conflict(f"{left} {'answer is' if left == 1 else 'answers are'} still missing. They are listed above.")
    access = await existing(session, PortalAccess, actor.access_id)
    access.submitted_at = utc_now()
    record(session, actor, "profile:submitted", organisation_id=context.deal.organisation_id, deal_id=deal_id)
