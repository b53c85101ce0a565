"""Whatever an attacker does between a victim's tries: the victim is in within three, the attacker is slow for ever."""

import random
from bisect import bisect_left
from contextlib import suppress
from datetime import timedelta

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.portal_access import delivery, entry
from salestrekker_portal.domains.signing_in.devices import remember_device
from salestrekker_portal.domains.signing_in.sign_in import begin_try, forgive
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict
from salestrekker_portal.tables.access import Portal
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal

pytestmark = pytest.mark.usefixtures("sqlite")
DAY = 86_400.0
# How long an attacker waits between two guesses, in seconds.
PATIENCE = {
    "bursts": (0, 0, 0, 0, 3_600),
    "steady": (60, 61),
    "cunning": (0, 5, 10, 20, 600, 1_200),
    "slow": (1_199, 1_201),
}
SEEDS = range(2)


async def _admitted(address: str, device: str = "", *, right: bool = False) -> bool:
    """Whether a password would be looked at."""
    try:
        async with transaction() as session:
            tried = await begin_try(session, Portal.BROKER, "alice@example.com", address, device)
            if right:
                await forgive(session, tried)
    except Conflict:
        return False
    return True


def _steps(chance: random.Random, waits: tuple[int, ...], most: int) -> list[tuple[float, str]]:
    """When the attacker guesses, and when the victim comes by: some two days of both."""
    now, steps = 0.0, []
    while now < 2 * DAY and len(steps) < most:
        steps.append((now, "guess"))
        now += chance.choice(waits)
    steps += [(chance.uniform(0, now), "victim") for _ in range(12)]
    return sorted(steps)


@pytest.mark.parametrize("habit", PATIENCE)
@pytest.mark.parametrize("seed", SEEDS)
async def test_the_victim_gets_in_and_the_attacker_has_a_hundred_guesses_a_day(cast, frozen_clock, habit, seed):
    chance = random.Random(f"{habit} {seed}")
    async with transaction() as session:
        device = await remember_device(session, Portal.BROKER, cast.alice.id, "", address="", browser="")
    guesses: list[float] = []
    for at, who in _steps(chance, PATIENCE[habit], 150):
        clock.freeze(frozen_clock + timedelta(seconds=at))
        # A new place each time; now and then the very network of the victim.
        place = f"203.0.113.{chance.randrange(250)}"
        if who == "guess":
            guesses += [at] if await _admitted(place) else []
            continue
        # Twice mistyped, then right.
        assert all([await _admitted(place, device, right=last) for last in (False, False, True)]), at
    worst = max(count - bisect_left(guesses, at - DAY) for count, at in enumerate(guesses, 1))
    assert worst <= 100


@pytest.mark.parametrize("seed", SEEDS)
async def test_twenty_guesses_are_all_for_a_pin_and_its_owner_is_in_until_then(cast, frozen_clock, seed, monkeypatch):
    chance = random.Random(seed)
    access, token = await _invited(cast)
    compared: list[bool] = []
    monkeypatch.setattr(delivery, "same", lambda a, b: compared.append(a == b) or a == b)
    async with transaction() as session:
        device = await remember_device(session, Portal.CLIENT, access.id, "", address="", browser="")
    ended, minutes = False, 0
    while not ended:
        minutes += chance.choice((0, 7, 25))
        clock.freeze(frozen_clock + timedelta(minutes=minutes))
        place, does = f"203.0.113.{chance.randrange(250)}", chance.choice(("ask", "victim", "guess", "guess", "guess"))
        if does == "ask":
            await _ask(token, place)
        elif does == "victim":
            tries = [await _enter(token, await newest_pin(), place, device) for _ in range(3)]
            assert any(tried.access for tried in tries), tries[-1].errors
        else:
            wrong = f"{(int(await newest_pin()) + 1 + chance.randrange(999_998)) % 1_000_000:06d}"
            said = (await _enter(token, wrong, place)).errors
            ended = entry.GUESSED_OUT in said.values()
    assert compared.count(False) == 20
    assert entry.NO_ENTRY in (await _enter(token, "123456", "203.0.113.66")).errors.values()


async def _invited(cast):
    deal, robin = await ready_deal(cast)
    access, token = await invite(cast, deal, robin), await newest_token()
    assert (await _enter(token, await newest_pin(), "203.0.113.7")).access
    return access, token


async def _enter(token: str, pin: str, address: str, device: str = "") -> entry.Entry:
    async with transaction() as session:
        return await entry.enter(session, token, pin, address=address, device=device)


async def _ask(token: str, address: str) -> None:
    with suppress(Conflict, AlreadyDone):
        async with transaction() as session:
            await entry.ask_for_pin(session, token, address=address)
