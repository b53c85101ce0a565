"""How often something may be tried: so many times in a quarter of an hour, then again."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.access import throttles
from salestrekker_portal.domains.access.throttles import count_try, give_back, neighbourhood, slow_down, wait_after
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict

WAIT = "Wait a little."


async def _tries(key: str = "key", limit: int = 3) -> bool:
    """Whether one more try is let through."""
    try:
        async with transaction() as session:
            await count_try(session, key, limit, WAIT)
    except Conflict as refused:
        assert refused.message == WAIT
        return False
    return True


async def _count(many: int, **more) -> list[bool]:
    return [await _tries(**more) for _ in range(many)]


async def test_as_many_as_the_limit_pass_and_no_more(database, frozen_clock):
    assert await _count(5, limit=3) == [True, True, True, False, False]
    assert await _tries("another key")


async def test_a_window_begins_with_its_first_try_and_ends_to_the_second(database, frozen_clock):
    assert await _count(2, limit=2) == [True, True]
    clock.freeze(frozen_clock + timedelta(minutes=14, seconds=59))
    assert not await _tries(limit=2)
    clock.freeze(frozen_clock + timedelta(minutes=15))
    assert await _count(3, limit=2) == [True, True, False]


async def test_a_refused_try_waits_no_longer_for_it(database, frozen_clock):
    """Whoever goes on trying is let in when the others are: what is refused is not kept."""
    assert await _count(2, limit=1) == [True, False]
    clock.freeze(frozen_clock + timedelta(minutes=10))
    assert not await _tries(limit=1)
    clock.freeze(frozen_clock + timedelta(minutes=15))
    assert await _tries(limit=1)


async def test_a_success_takes_back_its_own_try_only(database, frozen_clock):
    assert await _count(2, key="mine", limit=2) == [True, True]
    async with transaction() as session:
        await give_back(session, "mine")
    # The stranger's stays: one more is the second again.
    assert await _count(2, key="mine", limit=2) == [True, False]


async def test_a_try_counts_although_it_is_refused_for_something_else(database, frozen_clock):
    """A new PIN that was asked for during the cool-down was a try all the same."""
    for survives, left in ((True, [False]), (False, [True])):
        with pytest.raises(Conflict, match="something else"):
            async with transaction() as session:
                await count_try(session, f"{survives}", 1, WAIT, survives=survives)
                raise Conflict("something else")
        assert await _count(1, key=f"{survives}", limit=1) == left


async def _slow(key: str = "key") -> str:
    """What somebody who tries is told, "" where they may."""
    try:
        async with transaction() as session:
            await slow_down(session, key, "in {wait}")
    except Conflict as refused:
        return refused.message
    return ""


async def test_each_try_makes_the_next_one_wait_longer_and_a_refused_one_does_not(database, frozen_clock):
    assert [await _slow() for _ in range(7)] == [""] * 5 + ["in 5 seconds"] * 2
    for seconds, said in ((5, ""), (9, "in 6 seconds"), (15, ""), (16, "in 19 seconds"), (35, "")):
        clock.freeze(frozen_clock + timedelta(seconds=seconds))
        assert await _slow() == said, seconds
    clock.freeze(frozen_clock + timedelta(days=1, seconds=36))
    assert [await _slow() for _ in range(6)] == [""] * 5 + ["in 5 seconds"]


def test_the_longest_wait_is_twenty_minutes_however_many_there_were():
    assert [wait_after(tries).total_seconds() for tries in (0, 4, 5, 6, 12, 13, 14, 10_000)] == [
        0, 0, 5, 10, 640, 1200, 1200, 1200
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("x" * 80, "x" * 64),
        ("", ""),
    ],
)
def test_one_line_counts_as_one_sender(address, sender):
    assert neighbourhood(address) == sender


def test_the_numbers_are_those_that_were_decided():
    decided = {
        "SIGN_IN_TRIES_PER_ADDRESS": 100, "PIN_TRIES_PER_ADDRESS": 30, "PINS_AN_HOUR": 3, "PINS_A_DAY": 6,
        "LINKS_SENT_PER_ACCESS": 4, "LINKS_A_DAY": 12, "LOST_LINKS_PER_ADDRESS": 30, "PASSWORD_CHANGES": 8,
    }  # fmt: skip
    assert {name: getattr(throttles, name) for name in decided} == decided
