"""Who writes in SQLite waits in the order of coming, and nobody is refused because many came at once."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from salestrekker_portal.database.session import close_database, open_database, reading, transaction
from salestrekker_portal.database.turns import NoTurn, Turns
from salestrekker_portal.kernel.errors import Busy


@pytest.fixture
async def table(tmp_path: Path):
    open_database(f"sqlite+aiosqlite:///{tmp_path / 'turns.db'}")
    async with transaction() as session:
        await session.execute(text("CREATE TABLE came (who INTEGER)"))
    yield
    await close_database()


async def write(who: int, *, pause: float = 0) -> None:
    async with transaction() as session:
        await session.execute(text("INSERT INTO came VALUES (:who)"), {"who": who})
        await asyncio.sleep(pause)


async def came() -> list[int]:
    async with reading() as session:
        return list(await session.scalars(text("SELECT who FROM came ORDER BY rowid")))


async def test_eighty_at_once_are_served_in_the_order_in_which_they_came(table):
    await asyncio.gather(*(write(n) for n in range(80)))
    assert await came() == list(range(80))


async def test_who_gives_up_waiting_or_writing_leaves_the_turn_to_the_next(table):
    first = asyncio.create_task(write(1, pause=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(write(2))
    third = asyncio.create_task(write(3))
    await asyncio.sleep(0.05)
    second.cancel()
    first.cancel()
    await asyncio.wait_for(third, 5)
    assert await came() == [3]


async def test_who_waited_too_long_is_told_so_and_may_try_again(table, monkeypatch):
    monkeypatch.setattr("salestrekker_portal.database.session._turns", Turns(patience_seconds=0.05))
    first = asyncio.create_task(write(1, pause=0.5))
    await asyncio.sleep(0.02)
    with pytest.raises(Busy):
        await write(2)
    await first
    await write(2)
    assert await came() == [1, 2]


async def test_a_turn_that_failed_is_over():
    turns = Turns(patience_seconds=0.05)
    with pytest.raises(ValueError, match="it broke"):
        async with turns.one():
            with pytest.raises(NoTurn):
                async with turns.one():
                    pass
            raise ValueError("it broke")
    async with turns.one():
        pass
