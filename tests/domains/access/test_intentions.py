"""Of two presses with one intention at the same moment, one is carried out: on both databases."""

import asyncio

from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.intentions import Repeated, keep_intention, sweep_intentions
from salestrekker_portal.tables.access import Intention


async def _press(key: str) -> bool:
    try:
        async with transaction() as session:
            await keep_intention(session, key)
            await asyncio.sleep(0.05)
    except Repeated:
        return False
    return True


async def test_of_many_at_once_one_is_carried_out(database):
    for turn in range(5):
        assert sorted(await asyncio.gather(*(_press(f"same-{turn}") for _ in range(5)))) == [False] * 4 + [True]


async def test_what_was_undone_can_be_pressed_again(database):
    try:
        async with transaction() as session:
            await keep_intention(session, "undone")
            raise ValueError
    except ValueError:
        pass
    assert await _press("undone")
    assert not await _press("undone")


async def test_old_presses_are_swept_and_new_ones_stay(database):
    await _press("new")
    await sweep_intentions()
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Intention)) == 1
