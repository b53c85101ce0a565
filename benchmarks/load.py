"""A day's work in twenty minutes: hundreds of people of several firms on the production stack.

    python -m benchmarks.load --people 500 --minutes 20 [--firms 15]

Of a hundred people 60 have a board open, 4 are partners, 24 answer the fact find, 6 write messages and 6 send papers,
each about every ten seconds (fifteen for messages, because there is a most for a day; thirty for boards). In each firm
a pair moves a card, one of them waiting for what the other did. Every board looks again when it is woken, as a
browser's does. What is printed: how long each kind took, what memory does, and whether all that was acknowledged is
there.
"""

import argparse
import asyncio
import json
import random
import time

import psycopg

from benchmarks.load_firms import Firm, make_firms
from benchmarks.pair import PairAtABoard
from benchmarks.servers import memory_mb
from tests.support.crowd import (
    AnsweringClient,
    Ledger,
    SendingClient,
    WritingClient,
    all_leave,
    keep_at_it,
)
from tests.support.crowd_watching import WatchingBroker, WatchingPartner
from tests.support.found_again import lost_answers, lost_files, wrong_messages
from tests.support.stack import Stack

BOARDS, PARTNERS, CLIENTS = 0.60, 0.04, {AnsweringClient: 0.24, WritingClient: 0.06, SendingClient: 0.06}
EVERY_SECONDS, SAMPLE_SECONDS, ARRIVALS_A_SECOND = 10.0, 15.0, 10


def of(share: float, people: int, firms: int) -> int:
    """So many of a kind in each firm."""
    return max(1, round(share * people / firms))


async def day(stack: Stack, firms: list[Firm], minutes: float) -> dict:
    """Everybody arrives, works, and goes; what was measured meanwhile."""
    ledger, chance = Ledger(), random.Random(11)  # noqa: S311  who comes when, no secret
    crowd = [each for firm in firms for each in _everybody(stack, firm, ledger)]
    chance.shuffle(crowd)
    began = time.monotonic()
    for number, each in enumerate(crowd):
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


def _everybody(stack: Stack, firm: Firm, ledger: Ledger) -> list:
    crowd: list = [WatchingBroker(stack.url, each, ledger) for each in firm.brokers[2:]]
    crowd += [WatchingPartner(stack.url, each, ledger) for each in firm.partners]
    spare = list(firm.clients)
    first, second = firm.brokers[:2]
    crowd.append(PairAtABoard(stack.url, (first, second), spare.pop(), stack.database, ledger))
    people = len(spare) / sum(CLIENTS.values())
    for kind, share in CLIENTS.items():
        crowd += [kind(stack.url, spare.pop(), ledger) for _ in range(min(len(spare), round(share * people)))]
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
    parser.add_argument("--firms", type=int, default=15)
    chosen = parser.parse_args()
    each = {
        "brokers": of(BOARDS, chosen.people, chosen.firms) + 1,
        "partners": of(PARTNERS, chosen.people, chosen.firms),
        "clients": sum(of(share, chosen.people, chosen.firms) for share in CLIENTS.values()) + 1,
    }
    stack = Stack().start()
    try:
        firms = asyncio.run(make_firms(stack.database, chosen.firms, **each))
        found = asyncio.run(day(stack, firms, chosen.minutes))
        print(json.dumps(judged(stack, found), indent=1))
    finally:
        stack.stop()


if __name__ == "__main__":
    main()
