"""Many people at once over the socket: how long an event takes, against a bare echo on the same machine.

ours: what stands around a deal is read again by its event (session look-up, two indexed reads, a page's vars)
floor: 200 bytes there and back
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import socketio

from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from tests.support.tab import Tab

FRAME = DealFrameState.get_full_name()


class Person(Tab):
    """One tab that reads a deal."""

    async def read_deal(self) -> None:
        self.forget()
        await self.say(f"{FRAME}.load")
        await self.until(FRAME)


class Echo:
    """One connection to the floor's socket."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.socket = socketio.AsyncClient(reconnection=False)

    async def arrive(self) -> None:
        await self.socket.connect(self.url, transports=["websocket"])

    async def say(self) -> None:
        await self.socket.call("echo", "x" * 200)

    async def leave(self) -> None:
        await self.socket.disconnect()


async def _busy(act: Callable[[], Awaitable[None]], every: float, start: float, times: int) -> list[float]:
    """Do it `times` times, one each `every` seconds; milliseconds from when each was due to be sent."""
    took = []
    for n in range(times):
        due = start + n * every
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        begun = time.perf_counter()
        await act()
        took.append((time.perf_counter() - begun) * 1000)
    return took


async def crowd(people: list, act: Callable, *, every: float, seconds: float) -> dict[str, float]:
    """All of them at it, evenly spread: median, p95 and p99 in milliseconds."""
    for person in people:
        await person.arrive()
    begin = time.perf_counter() + 0.5
    starts = [begin + every * n / len(people) for n in range(len(people))]
    times = max(1, int(seconds / every))
    all_took = await asyncio.gather(
        *(_busy(lambda p=p: act(p), every, at, times) for p, at in zip(people, starts, strict=True))
    )
    for person in people:
        await person.leave()
    took = sorted(each for one in all_took for each in one)
    return {f"event_p{share}": took[min(len(took) - 1, len(took) * share // 100)] for share in (50, 95, 99)}


def measure(
    floor: str, ours: str, cookie: str, path: str, *, people: int, every: float, seconds: float
) -> tuple[dict, dict]:
    """The floor's echo, then our event, with as many people at the same pace."""
    echoes = [Echo(floor) for _ in range(people)]
    tabs = [Person(ours, cookie, path) for _ in range(people)]
    said = asyncio.run(crowd(echoes, Echo.say, every=every, seconds=seconds))
    return said, asyncio.run(crowd(tabs, Person.read_deal, every=every, seconds=seconds))
