"""The engine: lanes go on beside each other, wait longer after a failure, finish or leave when stopped."""

import asyncio
from datetime import UTC, datetime

import pytest

from salestrekker_portal.database.session import reading
from salestrekker_portal.due import engine as engines
from salestrekker_portal.due.engine import Engine, Figures, Lane
from salestrekker_portal.due.lanes import heartbeat_lane
from salestrekker_portal.kernel import clock
from salestrekker_portal.watching.workers import Heartbeat, all_workers

LONG = 60.0


class Counted:
    """A round that notes when it is called, and does what it is told."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers, self.calls, self.called = list(answers), 0, asyncio.Event()

    async def __call__(self) -> int:
        self.calls += 1
        self.called.set()
        answer = self.answers.pop(0) if self.answers else 0
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def again(self) -> None:
        await asyncio.wait_for(self.called.wait(), 2)
        self.called.clear()


async def _stopped(engine: Engine, running: asyncio.Task) -> None:
    engine.stop()
    await asyncio.wait_for(running, 2)


async def test_a_round_is_repeated_until_nothing_is_due_and_then_only_when_woken():
    rounds = Counted(3, 2, 0)
    engine = Engine([Lane(name="a", round=rounds, every=LONG)])
    running = asyncio.create_task(engine.run())
    await asyncio.sleep(0.05)
    assert rounds.calls == 3 and engine.figures["a"].dealt_with == 5
    rounds.called.clear()
    engine.wake("a")
    await rounds.again()
    assert rounds.calls == 4
    engine.wake("no such lane")
    await _stopped(engine, running)


async def test_a_slow_lane_delays_no_other():
    hold = asyncio.Event()

    async def slow() -> int:
        await hold.wait()
        return 0

    quick = Counted()
    engine = Engine([Lane(name="slow", round=slow, every=LONG), Lane(name="quick", round=quick, every=0.01)])
    running = asyncio.create_task(engine.run())
    await asyncio.sleep(0.2)
    assert quick.calls > 5 and engine.figures["slow"].rounds == 0
    await _stopped(engine, running)


async def test_a_failing_lane_waits_longer_each_time_and_is_tried_again_at_once_when_woken(caplog):
    rounds = Counted(*[RuntimeError("the database is away")] * 3)
    engine = Engine([Lane(name="a", round=rounds, every=0.05)])
    running = asyncio.create_task(engine.run())
    await asyncio.sleep(0.08)
    assert rounds.calls == 1, "the second try comes after twice the usual pause"
    engine.wake("a")
    await asyncio.sleep(0.01)
    assert rounds.calls == 2 and engine.figures["a"].failed_in_a_row == 2
    assert "a round of a failed" in caplog.text
    await _stopped(engine, running)


@pytest.mark.parametrize("failures", [0, 1, 5, 10, 2_000])
def test_the_pause_after_failures_is_bounded(failures):
    pause = engines._pause(Lane(name="a", round=Counted(), every=1), Figures(failed_in_a_row=failures))
    assert 1 <= pause <= engines.LONGEST_BACK_OFF
    # A lane that looks once in some hours does not look more often because it fails.
    assert engines._pause(Lane(name="a", round=Counted(), every=21_600), Figures(failed_in_a_row=failures)) == 21_600


async def test_a_stop_waits_for_what_finishes_and_cancels_the_rest():
    done, cancelled = [], []

    def lasting(name: str):
        async def round_of_it() -> int:
            try:
                await asyncio.sleep(0.1 if name == "finishes" else LONG)
            except asyncio.CancelledError:
                cancelled.append(name)
                raise
            done.append(name)
            return 1

        return round_of_it

    async def settled() -> None:
        done.append("settled")

    lanes = [
        Lane(name="finishes", round=lasting("finishes"), every=LONG, finishes=True, settled=settled),
        Lane(name="leaves", round=lasting("leaves"), every=LONG),
    ]
    engine = Engine(lanes)
    running = asyncio.create_task(engine.run())
    await asyncio.sleep(0.02)
    await _stopped(engine, running)
    assert done == ["finishes", "settled"] and cancelled == ["leaves"]


async def test_a_cancelled_engine_leaves_no_task_behind():
    before = asyncio.all_tasks()
    engine = Engine([Lane(name="a", round=Counted(), every=LONG)])
    running = asyncio.create_task(engine.run())
    await asyncio.sleep(0.02)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert asyncio.all_tasks() == before


async def test_a_nightly_lane_runs_once_a_night():
    rounds = Counted()
    engine = Engine([Lane(name="night", round=rounds, every=0.01, at_night=True)])
    try:
        clock.freeze(datetime(2026, 3, 1, engines.NIGHT_HOUR_UTC - 1, 59, tzinfo=UTC))
        running = asyncio.create_task(engine.run())
        await asyncio.sleep(0.05)
        assert rounds.calls == 0
        for night in (1, 2):
            clock.freeze(datetime(2026, 3, night, engines.NIGHT_HOUR_UTC, 5, tzinfo=UTC))
            await asyncio.sleep(0.05)
            assert rounds.calls == night
        await _stopped(engine, running)
    finally:
        clock.freeze(None)


@pytest.mark.parametrize("turns", range(5))
async def test_a_cancel_that_comes_together_with_a_wake_ends_the_lane(turns):
    """Whatever lies between the two: a lane that missed it would be waited for without end."""
    rounds = Counted()
    engine = Engine([Lane(name="mail", round=rounds, every=LONG)])
    running = asyncio.create_task(engine.run())
    await rounds.again()
    for _ in range(3):
        await asyncio.sleep(0)
    engine.wake("mail")
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()
    ended, _ = await asyncio.wait([running], timeout=2)
    assert ended


def test_what_is_to_settle_is_waited_for_or_refused():
    async def nothing() -> None:
        """Has nothing to leave behind."""

    with pytest.raises(ValueError, match="nothing would wait"):
        Lane(name="cancelled", round=Counted(), settled=nothing)


async def test_a_worker_that_is_stopped_is_missed_by_nobody(database):
    engine = Engine([heartbeat_lane(Heartbeat())])
    running = asyncio.create_task(engine.run())
    for _ in range(200):
        async with reading() as session:
            if await all_workers(session):
                break
        await asyncio.sleep(0.02)
    else:
        raise AssertionError("it never said that it lives")
    engine.stop()
    await asyncio.wait_for(running, 5)
    async with reading() as session:
        assert await all_workers(session) == []
