"""Whoever goes away is signed out, whoever is there is not, and what a page fetches by itself is no sign of life."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.second_step import idle_limits, set_idle_limits
from salestrekker_portal.domains.portal_access.looking import Leaving, look_at_ended
from salestrekker_portal.domains.signing_in.idle import CLIENTS, STAFF, seconds_left, somebody_is_there
from salestrekker_portal.domains.signing_in.own_sessions import own_sessions
from salestrekker_portal.domains.signing_in.sessions import actor_of, end_session, open_session
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.access import Portal

pytestmark = pytest.mark.usefixtures("database")
MINUTES = {Portal.BROKER: STAFF, Portal.CLIENT: CLIENTS, Portal.PARTNER: STAFF}


async def _came_in(cast, portal: Portal) -> str:
    who = {
        Portal.BROKER: {"user_id": cast.alice.id},
        Portal.CLIENT: {"access_id": cast.kim.access_id},
        Portal.PARTNER: {"partner_id": cast.priya.id},
    }[portal]
    async with transaction() as session:
        return await open_session(
            session, portal=portal, organisation_id=cast.firm.id, hours=12, seen_at=clock.utc_now(), **who
        )


async def _is_in(portal: Portal, token: str) -> bool:
    async with reading() as session:
        return await actor_of(session, portal, token) is not None


async def _there(portal: Portal, token: str) -> int | None:
    async with transaction() as session:
        await somebody_is_there(session, portal, token)
    async with reading() as session:
        return await seconds_left(session, portal, token)


@pytest.mark.parametrize("portal", list(Portal), ids=str)
async def test_left_alone_it_ends_to_the_second_and_comes_back_by_nothing(cast, frozen_clock, portal):
    token = await _came_in(cast, portal)
    seconds = MINUTES[portal] * 60
    clock.freeze(frozen_clock + timedelta(seconds=seconds - 1))
    # Looking, which pages do by themselves, is no sign of life.
    assert await _is_in(portal, token) and await _is_in(portal, token)
    clock.freeze(frozen_clock + timedelta(seconds=seconds))
    assert not await _is_in(portal, token)
    assert await _there(portal, token) is None and not await _is_in(portal, token)


async def test_whoever_is_there_stays_until_the_absolute_end(cast, frozen_clock):
    token = await _came_in(cast, Portal.CLIENT)
    for minutes in range(0, 12 * 60, 25):
        clock.freeze(frozen_clock + timedelta(minutes=minutes))
        assert await _there(Portal.CLIENT, token) == CLIENTS * 60 and await _is_in(Portal.CLIENT, token)
    clock.freeze(frozen_clock + timedelta(hours=12))
    assert await _there(Portal.CLIENT, token) is None and not await _is_in(Portal.CLIENT, token)


async def test_it_is_told_as_time_that_ran_out_and_listed_no_more(cast, frozen_clock):
    token, staff = await _came_in(cast, Portal.CLIENT), await _came_in(cast, Portal.BROKER)
    async with reading() as session:
        before = len(await own_sessions(session, cast.alice))
    clock.freeze(frozen_clock + timedelta(minutes=STAFF))
    async with reading() as session:
        assert (await look_at_ended(session, token)).leaving is Leaving.TIMED_OUT
        assert len(await own_sessions(session, cast.alice)) == before - 1
    assert not await _is_in(Portal.BROKER, staff)


async def test_a_firm_makes_it_shorter_and_never_longer(cast, frozen_clock):
    token = await _came_in(cast, Portal.BROKER)
    for wrong in ("61", "4", "", "x", "²", None, "1e1", "-5"):
        with pytest.raises(Invalid) as refused:
            async with transaction() as session:
                await set_idle_limits(session, cast.alice, "31" if wrong == "61" else wrong, wrong)
        assert set(refused.value.errors) == {"clients", "staff"}
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await set_idle_limits(session, cast.bob, "10", "10")
    async with transaction() as session:
        await set_idle_limits(session, cast.alice, "10", " 20 ")
    async with reading() as session:
        limits = await idle_limits(session, cast.alice)
        assert (limits.clients, limits.staff) == (10, 20)
    clock.freeze(frozen_clock + timedelta(minutes=20))
    assert not await _is_in(Portal.BROKER, token)


async def test_garbage_and_what_is_over_is_told_nothing(cast, frozen_clock):
    token = await _came_in(cast, Portal.BROKER)
    for portal, other in ((Portal.CLIENT, token), (Portal.BROKER, "x" * 500), (Portal.BROKER, "")):
        assert await _there(portal, other) is None
    async with transaction() as session:
        await end_session(session, Portal.BROKER, token)
    assert await _there(Portal.BROKER, token) is None
