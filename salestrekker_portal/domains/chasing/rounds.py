"""The clock's part: each working morning, after the reminders of due days, everybody who is due.

Each person in a transaction of their own, with the record that they had theirs: a process that is killed in between
goes on with the next.
"""

import logging
from datetime import date
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.chasing.chasers import chase_by_itself
from salestrekker_portal.domains.chasing.plans import plans_of
from salestrekker_portal.domains.chasing.rules import is_working_day
from salestrekker_portal.domains.chasing.settings import rhythm_of
from salestrekker_portal.kernel.errors import Busy
from salestrekker_portal.tables.chasing import ChaseSettings
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Reminder
from salestrekker_portal.tables.portal_access import PortalAccess

log = logging.getLogger(__name__)

# So many deals are looked at in one go: their ids are parameters of a statement.
AT_ONCE = 100


async def chasing_firms() -> set[UUID]:
    """Firms that chase."""
    async with reading() as session:
        return set(await session.scalars(select(ChaseSettings.organisation_id).where(ChaseSettings.on.is_(True))))


async def chase_everybody(organisation_id: UUID, zone: str, day: date) -> int:
    """Remind everybody who is due on this day of the firm's; returns how many. Later calls of the day do nothing.

    Who waits longest comes first, so that of two deals of one person the older is asked for today.
    """
    key = f"chasers:{organisation_id}:{day}"
    if not is_working_day(day):
        return 0
    async with reading() as session:
        if await session.scalar(select(Reminder.id).where(Reminder.key == key)):
            return 0
    sent, left = 0, 0
    for deal_id, access_id in await _due(organisation_id, zone, day):
        try:
            async with transaction() as session:
                sent += await chase_by_itself(session, deal_id, access_id, zone, day)
        except Busy:
            left += 1
        except Exception:
            # One deal that can't be dealt with keeps nobody else from hearing; it is tried again tomorrow.
            log.exception("a chaser of deal %s could not be made", deal_id)
    if not left:
        try:
            async with transaction() as session:
                session.add(Reminder(key=key))
        except Busy:
            log.info("%s was given by somebody else", key)
    return sent


async def _due(organisation_id: UUID, zone: str, day: date) -> list[tuple[UUID, UUID]]:
    due: list[tuple[date, UUID, UUID]] = []
    async with reading() as session:
        rhythm = await rhythm_of(session, organisation_id)
        ids = await session.scalars(
            select(PortalAccess.deal_id)
            .join(Deal, Deal.id == PortalAccess.deal_id)
            .where(
                PortalAccess.organisation_id == organisation_id,
                PortalAccess.revoked_at.is_(None),
                Deal.locked_at.is_(None),
                Deal.archived_at.is_(None),
            )
            .distinct()
        )
        deals = sorted(ids)
        for begin in range(0, len(deals), AT_ONCE):
            for plan in await plans_of(session, deals[begin : begin + AT_ONCE], rhythm, zone):
                if plan.next_on is not None and plan.next_on <= day:
                    due.append((plan.next_on, plan.deal.id, plan.access.id))
    return [(deal_id, access_id) for _, deal_id, access_id in sorted(due)]
