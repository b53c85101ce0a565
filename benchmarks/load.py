"""A firm's whole day in twenty minutes: hundreds of people at work on the production stack.

    python -m benchmarks.load --people 500 --minutes 20

Of a hundred people 60 look at boards, 25 answer the fact find, 8 write messages and 7 send papers, each about every
ten seconds. What is printed: how long each kind took, what memory does, and whether all that was acknowledged is there.
"""

import argparse
import asyncio
import json
import random
import time

import psycopg

from benchmarks.servers import memory_mb
from tests.support.crowd import (
    AnsweringClient,
    Ledger,
    SendingClient,
    WatchingBroker,
    WritingClient,
    all_leave,
    keep_at_it,
)
from tests.support.crowd_made import Client, make_clients
from tests.support.found_again import lost_answers, lost_files, wrong_messages
from tests.support.stack import Stack

SHARES = {WatchingBroker: 60, AnsweringClient: 25, WritingClient: 8, SendingClient: 7}
EVERY_SECONDS, SAMPLE_SECONDS, ARRIVALS_A_SECOND = 10.0, 15.0, 10


async def day(stack: Stack, clients: list[Client], cookie: str, people: int, minutes: float) -> dict:
    """Everybody arrives, works, and goes; what was measured meanwhile."""
    ledger, chance = Ledger(), random.Random(11)  # noqa: S311  who comes when, no secret
    crowd = _everybody(stack, clients, cookie, people, ledger)
    began = time.monotonic()
    for number, each in enumerate(crowd):
        if hasattr(each, "come"):
            await each.come()
        await asyncio.sleep(max(0.0, began + number / ARRIVALS_A_SECOND - time.monotonic()))
    arrived = time.monotonic() - began
    until = time.monotonic() + minutes * 60
    working = asyncio.create_task(keep_at_it(crowd, every=EVERY_SECONDS, until=until, chance=chance))
    memory = []
    while not working.done():
        memory.append([round(time.monotonic() - began), *(memory_mb(each.pid) for each in stack.web.values())])
        await asyncio.wait([working], timeout=SAMPLE_SECONDS)
    await working
    await all_leave(crowd)
    return {"people": len(crowd), "arrived_seconds": round(arrived, 1), "memory_mb": memory, "ledger": ledger}


def _everybody(stack: Stack, clients: list[Client], cookie: str, people: int, ledger: Ledger) -> list:
    spare, crowd = iter(clients), []
    for kind, share in SHARES.items():
        for _ in range(max(1, people * share // 100)):
            if kind is WatchingBroker:
                crowd.append(kind(stack.url, cookie, ledger))
            else:
                crowd.append(kind(stack.url, next(spare), ledger))
    return crowd


def judged(stack: Stack, found: dict) -> dict:
    """The run in numbers, and what of it is missing."""
    ledger: Ledger = found.pop("ledger")
    with psycopg.connect(stack.database.replace("+psycopg", "")) as database:
        missing = {"answers": lost_answers(database, ledger), "messages": wrong_messages(database, ledger)}
    missing["files"] = asyncio.run(lost_files(stack.web_urls, ledger))
    took = {
        kind: {"times": len(all_), **{f"p{share}_ms": round(ledger.percentile(kind, share)) for share in (50, 95, 99)}}
        for kind, all_ in ledger.took.items()
    }
    return found | {"took": took, "said_again": ledger.said_again, "refused": ledger.refused[:5], "missing": missing}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=20)
    chosen = parser.parse_args()
    stack = Stack().start()
    try:
        clients, cookie = asyncio.run(make_clients(stack.database, chosen.people, first_name="Alice"))
        found = asyncio.run(day(stack, clients, cookie, chosen.people, chosen.minutes))
        print(json.dumps(judged(stack, found), indent=1))
    finally:
        stack.stop()


if __name__ == "__main__":
    main()
