"""Each part of the production stack fails while people work: what any of them was told is kept, is there.

Not part of `make test`, because it starts a dozen processes: `make stack-test`.
"""

import asyncio
import itertools
import random
import signal
import time
from collections.abc import Callable

import psycopg
import pytest

from tests.support.aside import run_aside
from tests.support.crowd import (
    AnsweringClient,
    Ledger,
    SendingClient,
    WritingClient,
    all_leave,
    keep_at_it,
)
from tests.support.crowd_made import Client, make_clients
from tests.support.crowd_watching import WatchingBroker
from tests.support.found_again import lost_answers, lost_files, wrong_messages
from tests.support.stack import Stack

pytestmark = pytest.mark.stack

CLIENTS, EVERY_SECONDS = 16, 1.0
THOUSANDS = itertools.count(0, 1_000)
BEFORE_SECONDS, AFTER_SECONDS, OUTAGE_SECONDS = 4.0, 8.0, 4.0


@pytest.fixture
def people(stack) -> tuple[list[Client], str]:
    """New ones for each fault: nobody writes more messages than are taken in a day."""
    return run_aside(make_clients(stack.database, CLIENTS, first_name="Alice", start=next(THOUSANDS)))


def killed_web(stack: Stack) -> None:
    stack.kill(stack.web[0])
    time.sleep(OUTAGE_SECONDS)
    stack.start_web(0)


def killed_worker(stack: Stack) -> None:
    stack.kill(stack.workers[0])
    stack.kill(stack.workers[1])
    time.sleep(OUTAGE_SECONDS)
    stack.start_worker(0)
    stack.start_worker(1)


def killed_postgres(stack: Stack) -> None:
    stack.postgres.kill()
    time.sleep(OUTAGE_SECONDS)
    stack.postgres.start()


def killed_redis(stack: Stack) -> None:
    stack.kill(stack.redis)
    time.sleep(OUTAGE_SECONDS)
    stack.start_redis()


def frozen_redis(stack: Stack) -> None:
    stack.redis.send_signal(signal.SIGSTOP)
    time.sleep(OUTAGE_SECONDS)
    stack.redis.send_signal(signal.SIGCONT)


def trouble_with_s3(trouble: str, after: int = 0) -> Callable[[Stack], None]:
    def begin(stack: Stack) -> None:
        stack.line.has(trouble, after)
        time.sleep(OUTAGE_SECONDS)
        stack.line.has("")

    return begin


FAULTS: dict[str, Callable[[Stack], None]] = {
    "a web server killed": killed_web,
    "both workers killed": killed_worker,
    "PostgreSQL killed": killed_postgres,
    "Redis killed and empty": killed_redis,
    "Redis frozen": frozen_redis,
    "S3 gone": trouble_with_s3("closed"),
    "S3 refusing": trouble_with_s3("refuses"),
    "S3 silent": trouble_with_s3("silent"),
    "S3 cut in mid-file": trouble_with_s3("cut going up", 60_000),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_was_acknowledged_is_found(fault, stack, people):
    ledger = run_aside(work_through(fault, stack, *people))
    stack.wait()
    kinds = {kind: len(took) for kind, took in ledger.took.items()}
    print(f"{kinds}, said again {ledger.said_again}, slowest {ledger.percentile('answer', 100):.0f} ms")
    assert not ledger.refused, ledger.refused
    assert set(kinds) == {"answer", "message", "file", "board"}
    with psycopg.connect(stack.database.replace("+psycopg", "")) as database:
        assert lost_answers(database, ledger) == []
        assert wrong_messages(database, ledger) == {}
    assert run_aside(lost_files(stack.web_urls, ledger)) == []


async def work_through(fault: Callable[[Stack], None], stack: Stack, clients: list[Client], cookie: str) -> Ledger:
    """Everybody works before, during and after; nobody stops before all that they began is answered."""
    ledger, chance = Ledger(), random.Random(7)
    makers = (AnsweringClient, AnsweringClient, WritingClient, SendingClient)
    crowd = [makers[n % len(makers)](stack.url, client, ledger) for n, client in enumerate(clients)]
    crowd.append(WatchingBroker(stack.url, cookie, ledger))
    until = time.monotonic() + BEFORE_SECONDS + OUTAGE_SECONDS + AFTER_SECONDS
    working = asyncio.create_task(keep_at_it(crowd, every=EVERY_SECONDS, until=until, chance=chance))
    await asyncio.sleep(BEFORE_SECONDS)
    await asyncio.to_thread(fault, stack)
    async with asyncio.timeout(120):
        await working
    await all_leave(crowd)
    return ledger
