"""How often something may be tried: so many times in a quarter of an hour, then again."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.access import throttles
from salestrekker_portal.domains.access.throttles import count_try, forget_tries, neighbourhood
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


async def test_a_success_forgives_its_own_key_only(database, frozen_clock):
    for key in ("mine", "theirs"):
        assert await _count(2, key=key, limit=1) == [True, False]
    async with transaction() as session:
        await forget_tries(session, "mine")
    assert await _tries("mine", 1) and not await _tries("theirs", 1)


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
        "SIGN_IN_TRIES_PER_ACCOUNT": 8, "SIGN_IN_TRIES_PER_ADDRESS": 40, "PIN_TRIES_PER_ADDRESS": 30,
        "PINS_SENT_PER_ACCESS": 4, "LINKS_SENT_PER_ACCESS": 4, "LOST_LINKS_PER_ADDRESS": 30,
    }  # fmt: skip
    assert {name: getattr(throttles, name) for name in decided} == decided
