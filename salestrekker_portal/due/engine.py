"""The one engine for what is due: a task for each lane, with the same clock, back-off and figures for all.

A lane knows what is due and deals with it; it knows nothing of the others, so a slow one delays nobody.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from salestrekker_portal.kernel.clock import utc_now

log = logging.getLogger(__name__)

NIGHT_HOUR_UTC = 15  # 1 or 2 am in Sydney, 3 or 4 am in Auckland, 11 pm in Perth
LONGEST_BACK_OFF = 60.0


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One kind of thing that is due.

    `round` deals with some of what is due now and returns how many those were; it is called again at once until it
    returns 0. `every`: seconds between two looks when nobody wakes the lane. `at_night`: once a day instead, at an
    hour when Australia and New Zealand sleep; a restart in that hour does it again, which has to be harmless.
    `finishes`: a stop waits for the round that is on its way, and for what `settled` waits for.
    """

    name: str
    round: Callable[[], Awaitable[int]]
    every: float = 60.0
    at_night: bool = False
    finishes: bool = False
    settled: Callable[[], Awaitable[None]] | None = None

    def __post_init__(self) -> None:
        if self.settled is not None and not self.finishes:
            raise ValueError(f"{self.name} is cancelled at a stop, so nothing would wait for what it leaves to settle.")


@dataclass
class Figures:
    """What a lane has done in this process. Times are UTC."""

    rounds: int = 0
    dealt_with: int = 0
    failures: int = 0
    failed_in_a_row: int = 0
    last_seconds: float = 0.0
    last_round_at: datetime | None = None
    last_night: date | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event, repr=False)


class Engine:
    """Runs lanes until it is stopped or cancelled. A round that fails is logged and tried again, later each time."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = {lane.name: lane for lane in lanes}
        self.figures = {lane.name: Figures() for lane in lanes}
        self._stop = asyncio.Event()

    def wake(self, name: str) -> None:
        """Something is due in this lane now. A lane that this process doesn't run is woken by its clock elsewhere."""
        if name in self.figures:
            self.figures[name].wake.set()

    def told(self) -> dict[str, dict[str, float]]:
        """What each lane has done, as plain numbers."""
        return {
            name: {
                "rounds": each.rounds,
                "dealt_with": each.dealt_with,
                "failures": each.failures,
                "failed_in_a_row": each.failed_in_a_row,
                "last_seconds": round(each.last_seconds, 3),
            }
            for name, each in self.figures.items()
        }

    def stop(self) -> None:
        """Finish what is on its way, then leave `run`."""
        self._stop.set()

    async def run(self) -> None:
        """Until stopped or cancelled."""
        tasks = {name: asyncio.create_task(self._keep(lane)) for name, lane in self._lanes.items()}
        try:
            await self._stop.wait()
            for name, lane in self._lanes.items():
                # Out of its pause, so that a stop does not wait for the clock of a slow lane.
                self.figures[name].wake.set()
                if not lane.finishes:
                    tasks[name].cancel()
            # Not gather: a lane that fails while it stops must not keep the others from finishing.
            await asyncio.wait(tasks.values())
        finally:
            self._stop.set()
            for task in tasks.values():
                task.cancel()
            for task in tasks.values():
                with suppress(asyncio.CancelledError):
                    await task

    async def _keep(self, lane: Lane) -> None:
        figures = self.figures[lane.name]
        while not self._stop.is_set():
            # Cleared before the look, not after it: what is due while a round runs sets it again, and is seen by the
            # next.
            figures.wake.clear()
            if self._is_time(lane, figures):
                await self._until_nothing_is_due(lane, figures)
            if not self._stop.is_set():
                # Not wait_for: on Python 3.11 it loses a cancel that comes together with a wake, and the lane lives on.
                with suppress(TimeoutError):
                    async with asyncio.timeout(_pause(lane, figures)):
                        await figures.wake.wait()
        if lane.settled is not None:
            await lane.settled()

    async def _until_nothing_is_due(self, lane: Lane, figures: Figures) -> None:
        try:
            while await self._one_round(lane, figures) and not self._stop.is_set():
                pass
        except Exception:
            figures.failures += 1
            figures.failed_in_a_row += 1
            log.exception("a round of %s failed", lane.name)
        else:
            figures.failed_in_a_row = 0

    async def _one_round(self, lane: Lane, figures: Figures) -> int:
        began = time.monotonic()
        count = await lane.round()
        figures.rounds += 1
        figures.dealt_with += count
        figures.last_seconds = time.monotonic() - began
        figures.last_round_at = utc_now()
        return count

    def _is_time(self, lane: Lane, figures: Figures) -> bool:
        if not lane.at_night:
            return True
        now = utc_now()
        if now.hour != NIGHT_HOUR_UTC or figures.last_night == now.date():
            return False
        # Marked before the round: one that fails is tried again tomorrow, and not all through the hour.
        figures.last_night = now.date()
        return True


def _pause(lane: Lane, figures: Figures) -> float:
    """Until the next look: longer after each failure, but never shorter than usual."""
    if not figures.failed_in_a_row:
        return lane.every
    return max(lane.every, min(lane.every * 2 ** min(figures.failed_in_a_row, 10), LONGEST_BACK_OFF))
