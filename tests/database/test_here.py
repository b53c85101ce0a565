"""Reading is done where it is asked; what may wait for a writer or the disk leaves the loop free."""

import asyncio
import sqlite3
import threading
import time

import pytest
from sqlalchemy import text

from salestrekker_portal.database import here
from salestrekker_portal.database.session import reading, transaction
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("sqlite")


async def _threads_of(act, monkeypatch) -> list[tuple[str, bool]]:
    """The steps of the driver: their name, and whether they ran in the loop's own thread."""
    own, steps = threading.get_ident(), []
    plain = here._waits_for_nobody

    def noted(fn, args):
        at_once = plain(fn, args)
        steps.append((args[0] if args and isinstance(args[0], str) else fn.__name__, at_once))
        return at_once

    monkeypatch.setattr(here, "_waits_for_nobody", noted)
    await act()
    assert own == threading.get_ident()
    return steps


async def test_a_look_takes_no_step_in_another_thread(monkeypatch):
    async def look():
        async with reading() as session:
            assert (await session.execute(text("SELECT 1"))).scalar() == 1

    await look()  # the connection is there
    steps = await _threads_of(look, monkeypatch)
    assert ("SELECT 1", True) in steps and all(at_once for _, at_once in steps), steps


async def test_what_may_wait_is_another_threads(monkeypatch):
    async def write():
        async with transaction() as session:
            await session.execute(text("CREATE TABLE IF NOT EXISTS t (n INTEGER)"))
            await session.execute(text("INSERT INTO t VALUES (1)"))

    steps = dict(await _threads_of(write, monkeypatch))
    assert steps["BEGIN IMMEDIATE"] is False and steps["INSERT INTO t VALUES (1)"] is False and steps["commit"] is False


async def test_the_loop_goes_on_while_a_writer_waits_for_another(sqlite):
    """Somebody else holds the file's write lock for a while: only who writes waits for it."""
    async with reading() as session:
        path = (await session.execute(text("PRAGMA database_list"))).all()[0][2]
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write():
        async with transaction() as session:
            await session.execute(text("SELECT 1"))

    writer = asyncio.create_task(write())
    longest, before = 0.0, time.perf_counter()
    for _ in range(20):
        async with reading() as session:
            await session.execute(text("SELECT 1"))
        await asyncio.sleep(0.01)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    assert not writer.done() and longest < 2, longest  # waiting in the loop would take the eight seconds of the lock
    other.execute("COMMIT")
    other.close()
    await writer


async def test_rows_that_many_read_at_once_are_each_their_own():
    async def look(n: int) -> int:
        async with reading() as session:
            return (await session.execute(text("SELECT :n"), {"n": n})).scalar_one()

    with counted() as seen:
        assert await asyncio.gather(*(look(n) for n in range(60))) == list(range(60))
    assert len(seen) == 60
