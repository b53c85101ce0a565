"""Of two presses with one intention at the same moment, one is carried out: on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.intentions import (
    Repeated,
    answer_of,
    digest,
    keep_answer,
    keep_intention,
    key_of,
    sweep_intentions,
)
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.ids import new_id
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


async def test_a_press_is_remembered_for_three_days_to_the_second(database, frozen_clock):
    await _press("old")
    for later, again in ((timedelta(days=3), False), (timedelta(days=3, seconds=1), True)):
        clock.freeze(frozen_clock + later)
        await sweep_intentions()
        assert await _press("old") is again


async def test_what_was_answered_is_found_again(database):
    await _press("answered")
    await _press("silent")
    async with transaction() as session:
        await keep_answer(session, "answered", {"told": "It is done."})
    async with reading() as session:
        found = [await answer_of(session, key) for key in ("answered", "silent", "never pressed")]
    assert found == [{"told": "It is done."}, None, None]


async def test_a_press_is_one_persons_on_one_handler(sqlite, cast):
    people = [cast.alice, cast.bob, cast.kim, cast.priya, replace(cast.kim, access_id=new_id()),
              replace(cast.priya, organisation_id=new_id()), None]  # fmt: skip
    keys = [key_of(who, handler, press) for who in people for handler in ("save", "send") for press in ("1", "2")]
    assert len(set(keys)) == len(keys)
    assert key_of(replace(cast.alice, session_id=new_id()), "save", "1") == key_of(cast.alice, "save", "1")
    assert len(digest("\ud800 half a character")) == 64
