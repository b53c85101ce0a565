"""How complete a deal's profile is, kept on the deal for the board: worked out soon after a save, not during it."""

import asyncio
import logging
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession, after_commit, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.activity.service import deal_topic, touch
from salestrekker_portal.domains.deals.figures import refresh_figures
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.fact_find.models import NOBODY
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.organisations.models import Organisation, Role

log = logging.getLogger(__name__)

# Somebody who types saves about twice a second: the board hears of it once they pause.
PAUSE_SECONDS = 1.5


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
    if session.info.get("counts_profile"):
        return
    session.info["counts_profile"] = True

    async def count() -> None:
        if _counter is not None:
            _counter.soon(deal_id)

    after_commit(session, count)


async def count_profile(session: WriteSession, deal_id: UUID) -> int:
    """Write down how many per cent of the needed answers are there; 0 before anybody began."""
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
    percent = whole.progress.percent
    if percent != deal.profile_pct:
        await refresh_figures(session, deal_id, profile_pct=percent)
        touch(session, deal_topic(deal_id))
    return percent


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
