"""Clients who changed their profile and have stopped typing: one activity for all of it, instead of one a field."""

from datetime import timedelta

from sqlalchemy import and_, func, literal, or_, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession, reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.notices.catalogue import TYPING_SETTLES
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.portal_access import PortalAccess

LOOK_BACK = timedelta(hours=26)
_TOLD = ("profile:changed", "profile:submitted")


async def gather_typing() -> int:
    """Record who has typed and stopped; returns how many. Each answer is counted once."""
    now = utc_now()
    async with reading() as session:
        typed = await session.execute(
            select(PortalAccess.id, func.max(Answer.answered_at))
            .join(Answer, and_(Answer.deal_id == PortalAccess.deal_id, Answer.author_id == PortalAccess.contact_id))
            .where(Answer.answered_at > now - LOOK_BACK, PortalAccess.revoked_at.is_(None))
            .group_by(PortalAccess.id)
        )
        paused = [access_id for access_id, last in typed if last <= now - TYPING_SETTLES]
    told = 0
    for access_id in paused:
        async with transaction() as session:
            access = await existing(session, PortalAccess, access_id, with_for_update=HOLD)
            told += await _record(session, access)
    return told


async def _record(session: WriteSession, access: PortalAccess) -> int:
    last_told = await session.scalar(
        select(func.max(Activity.created_at)).where(
            Activity.deal_id == access.deal_id, Activity.actor_id == access.contact_id, Activity.kind.in_(_TOLD)
        )
    )
    fresh = select(func.count()).where(
        Answer.deal_id == access.deal_id,
        Answer.author_id == access.contact_id,
        Answer.answered_at > utc_now() - LOOK_BACK,
        or_(literal(last_told is None), Answer.answered_at > (last_told or access.created_at)),
    )
    count = int(await session.scalar(fresh.select_from(Answer)) or 0)
    if not count:
        return 0
    contact = await existing(session, Contact, access.contact_id)
    organisation = await existing(session, Organisation, access.organisation_id)
    client = Actor(
        portal=Portal.CLIENT,
        session_id=access.id,
        organisation_id=access.organisation_id,
        id=access.contact_id,
        name=contact.name,
        country=organisation.country,
        time_zone=organisation.time_zone,
    )
    record(session, client, "profile:changed", organisation_id=access.organisation_id, deal_id=access.deal_id,
           count=count)  # fmt: skip
    return 1
