"""How complete a deal's profile is and what it adds up to, kept on the deal: worked out after a save, not in it."""

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.session import WriteSession, after_commit, reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import deal_topic, touch
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.fact_find.figure_views import kept_words
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.organisations import Organisation, Role

log = logging.getLogger(__name__)

# Somebody who types saves about twice a second: the board hears of it once they pause.
PAUSE_SECONDS = 1.5
OVERDUE = timedelta(seconds=30)
MOST_AT_ONCE = 200


class ProfileCounter:
    """Counts each deal once after a burst of saves. One a process; `None` in its place counts nothing."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._tasks: dict[UUID, asyncio.Task] = {}

    def soon(self, deal_id: UUID) -> None:
        """Count this deal, unless it is about to be counted anyway."""
        if deal_id not in self._tasks:
            self._tasks[deal_id] = asyncio.create_task(self._count(deal_id))

    async def _count(self, deal_id: UUID) -> None:
        await asyncio.sleep(self._pause)
        del self._tasks[deal_id]
        try:
            async with transaction() as session:
                await count_profile(session, deal_id)
        except Exception:
            log.exception("a profile could not be counted")


_counter: ProfileCounter | None = None


def count_with(counter: ProfileCounter | None) -> None:
    """Who counts profiles in this process; set once by the composition root."""
    global _counter
    _counter = counter


def count_after(session: WriteSession, deal_id: UUID) -> None:
    """Have the deal counted once this transaction is on disk."""
    # A transaction that saves many answers counts once.
    if session.info.get("counts_profile"):
        return
    session.info["counts_profile"] = True

    async def count() -> None:
        if _counter is not None:
            _counter.soon(deal_id)

    after_commit(session, count)


async def count_profile(session: WriteSession, deal_id: UUID) -> int:
    """Write down how many per cent of the needed answers are there, 0 before anybody began, and what they add up to."""
    row = (
        await session.execute(
            select(Deal, Organisation)
            .join(Organisation, Organisation.id == Deal.organisation_id)
            .where(Deal.id == deal_id)
        )
    ).one_or_none()
    if row is None:
        return 0
    deal, organisation = row
    whole = await read_whole(session, _portal_itself(organisation), deal_id)
    percent, told = whole.progress.percent, kept_words(whole)
    if (percent, told) != (deal.profile_pct, deal.told_figures):
        deal_touched(session, deal_id, profile_pct=percent, told=told)
        touch(session, deal_topic(deal_id))
    # Reading the whole profile held the deal: nobody can have saved since.
    await session.execute(update(Deal).where(Deal.id == deal_id).values(profile_due_at=None))
    return percent


async def profile_touched(session: WriteSession, deal_id: UUID) -> None:
    """What this deal asks for has changed: its profile is counted soon, whatever becomes of this process."""
    await session.execute(update(Deal).where(Deal.id == deal_id).values(profile_due_at=utc_now()))
    count_after(session, deal_id)


async def count_overdue() -> int:
    """Count the profiles whose process ended before it came to it; how many. The worker calls it every minute."""
    async with reading() as session:
        due = select(Deal.id).where(Deal.profile_due_at < utc_now() - OVERDUE).order_by(Deal.profile_due_at)
        overdue = list(await session.scalars(due.limit(MOST_AT_ONCE)))
    for deal_id in overdue:
        async with transaction() as session:
            await count_profile(session, deal_id)
    return len(overdue)


def _portal_itself(organisation: Organisation) -> Actor:
    """Reads like the firm's own staff, writes nothing."""
    return Actor(
        portal=Portal.BROKER,
        session_id=NOBODY,
        organisation_id=organisation.id,
        id=NOBODY,
        name="",
        country=organisation.country,
        time_zone=organisation.time_zone,
        role=Role.ADMIN,
    )
