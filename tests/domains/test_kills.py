"""Whatever is done to deals, in any order, with the process killed in between: cards show what counting anew gives."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import event, func, select

from salestrekker_portal.database import session as database
from salestrekker_portal.database.session import close_database, open_database, reading, transaction
from salestrekker_portal.domains.fact_find.figures import OVERDUE, count_overdue
from salestrekker_portal.domains.fact_find.reconciling import figures_wrong_in, reconcile_figures
from salestrekker_portal.domains.notifications.mornings import keep_mornings
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.domains.notifications.typing_rounds import gather_typing
from salestrekker_portal.domains.outbox.ports import OutcomeUnknown, Receipt, SendFailed
from salestrekker_portal.due.post import Post
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.wiring import when_given_up
from tests.cast import gather
from tests.domains.writers import WRITERS, Writer, break_ground, make_scene, settle_in
from tests.support.post import one_round
from tests.support.world import NOW, copied

MOST_STATEMENTS = 25
SEQUENCES, STEPS = 30, 30
# What becomes of a message that is handed over: it leaves, comes back, nobody knows, or the process dies over it.
OUTCOMES = ("sent", "refused", "unknown", "killed")


class Killed(BaseException):
    """The process is gone: nothing that catches exceptions is there to catch it."""


@dataclass
class Power:
    """Cuts the power at the so-manieth statement from now; 0 leaves it on."""

    left: int = 0

    def listen(self, engine) -> None:
        event.listen(engine.sync_engine, "before_cursor_execute", self._count)

    def _count(self, *_) -> None:
        if self.left == 1:
            self.left = 0
            raise Killed
        self.left = max(0, self.left - 1)


class Letterbox:
    """A provider of e-mail and SMS with the outcome that the test chose."""

    outcome = "sent"

    async def send(self, _envelope) -> Receipt:
        if self.outcome == "refused":
            raise SendFailed("nobody there", permanent=True)
        if self.outcome == "unknown":
            raise OutcomeUnknown
        if self.outcome == "killed":
            raise Killed
        return Receipt(ref=str(new_id()))

    async def find(self, _envelope, _handed_at) -> list[Receipt]:
        return []

    async def ask(self, _ref):
        return None


class Firm(RuleBasedStateMachine):
    """Two deals of a firm, everybody who writes them, and a worker; the process can die at any statement."""

    empty: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.power, self.post = asyncio.Runner(), Power(), Letterbox()
        self.now, self.number = NOW, 0
        clock.freeze(self.now)

    def run(self, deed: Awaitable) -> None:
        """Do it; a refusal is an answer, and a kill is what is being tried."""
        try:
            self.runner.run(deed)
        except (DomainError, Killed):
            pass
        except BaseExceptionGroup as group:
            if group.split(Killed)[1] is not None:
                raise
        finally:
            self.power.left = 0

    @initialize(some=st.lists(st.sampled_from(WRITERS), min_size=6, max_size=14, unique_by=lambda each: each.name))
    def opens(self, some: list[Writer]) -> None:
        """Few use cases in a run meet each other more often than all of them would."""
        self.writers = some
        self.runner.run(self._open())

    async def _open(self) -> None:
        self.power.listen(open_database(copied(self.empty, self.folder)))
        async with transaction() as session:
            cast = await gather(session)
            await settle_in(session, cast)
            ground = await break_ground(session, cast)
            self.scenes = [await make_scene(session, cast, ground) for _ in range(2)]
        # The factories wrote by hand what use cases keep.
        await reconcile_figures()

    @rule(
        who=st.integers(0, 13),
        which=st.integers(0, 1),
        digit=st.integers(0, 5),
        killed_at=st.one_of(st.just(0), st.integers(1, MOST_STATEMENTS)),
        forgets=st.booleans(),
    )
    def somebody_writes(self, who, which, digit, killed_at, forgets) -> None:
        """In a transaction, killed at one of its statements or, `forgets`, right after its commit."""
        self.number += 1
        writer = self.writers[who % len(self.writers)]

        async def act() -> None:
            async with transaction() as session:
                await writer.act(session, self.scenes[which], f"t{self.number}-{digit}")
                if forgets:
                    # What would run after the commit lives in memory.
                    session.info["after_commit"].clear()
                    session.info["after_commit"] = []
                self.power.left = min(self.power.left, 1)  # not later than the first statement of leaving

        self.power.left = killed_at
        self.run(act())

    @rule(seconds=st.sampled_from((1, 40, 300, 1200, 20 * 3600)))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        clock.freeze(self.now)

    @rule(outcome=st.sampled_from(OUTCOMES), killed_at=st.one_of(st.just(0), st.integers(1, MOST_STATEMENTS)))
    def the_worker_works(self, outcome: str, killed_at: int) -> None:
        self.post.outcome, self.power.left = outcome, killed_at
        self.run(self._rounds())

    async def _rounds(self) -> None:
        worker = Post(dict.fromkeys(Channel, self.post), when_given_up)
        while await tell_due() + await one_round(worker):
            pass
        await count_overdue()
        await gather_typing()
        await keep_mornings()

    def teardown(self) -> None:
        try:
            self.runner.run(self._ends())
        finally:
            self.runner.run(close_database())
            self.runner.close()
            clock.freeze(None)

    async def _ends(self) -> None:
        """The process starts again and has all the time it needs: nothing is left undone, and no figure is wrong."""
        if database._engine is None:
            return
        self.power.left, self.post.outcome = 0, "sent"
        for _ in range(12):
            self.now += timedelta(minutes=30)
            clock.freeze(self.now)
            await self._rounds()
        async with reading() as session:
            deals = list(await session.scalars(select(Deal.id)))
            assert not await session.scalar(select(func.count(Deal.id)).where(Deal.profile_due_at.is_not(None)))
            waiting = OutboxMessage.status.in_((Delivery.QUEUED, Delivery.SENDING))
            assert not await session.scalar(select(func.count(OutboxMessage.id)).where(waiting))
        for deal_id in deals:
            assert await figures_wrong_in(deal_id) == []


@pytest.mark.slow
def test_kept_figures_are_those_from_scratch_after_any_sequence_with_kills(empty_sqlite, tmp_path) -> None:
    assert timedelta(minutes=30) > OVERDUE
    machine = type("Firm", (Firm,), {"empty": empty_sqlite, "folder": tmp_path})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # What it finds is short enough to read; making it shorter still would take minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
