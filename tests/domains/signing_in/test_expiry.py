"""A session ends by the clock: to the second, in each portal, whoever it is, and no earlier."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.kernel import clock
from salestrekker_portal.tables.access import Portal

HOURS = 3


@pytest.fixture
async def somebody(database, cast, frozen_clock, request) -> tuple[Portal, str]:
    portal: Portal = request.param
    who = {
        Portal.BROKER: {"user_id": cast.alice.id, "organisation_id": cast.firm.id},
        Portal.CLIENT: {"access_id": cast.kim.access_id, "organisation_id": cast.firm.id},
        Portal.PARTNER: {"partner_id": cast.priya.id, "organisation_id": cast.firm.id},
    }[portal]
    async with transaction() as session:
        return portal, await open_session(session, portal=portal, hours=HOURS, **who)


@pytest.mark.parametrize("somebody", list(Portal), indirect=True, ids=str)
async def test_a_session_ends_by_the_clock(somebody, frozen_clock):
    portal, token = somebody
    for seconds, still in ((0, True), (HOURS * 3600 - 1, True), (HOURS * 3600, False), (HOURS * 36_000, False)):
        clock.freeze(frozen_clock + timedelta(seconds=seconds))
        async with reading() as session:
            assert (await actor_of(session, portal, token) is not None) is still, seconds
