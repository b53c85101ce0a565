"""A client with two applications goes from one to the other and back, and so would keep a session for ever."""

from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.database.session import transaction
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.client_phone import PHONE_ROUTES
from salestrekker_portal.portals.routes.presence import PRESENCE_ROUTES
from salestrekker_portal.tables.access import Portal
from tests import factories as make
from tests.attacks.test_the_worst_five import OURS
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


def _phone() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=Starlette(routes=[*CLIENT_ROUTES, *PHONE_ROUTES, *PRESENCE_ROUTES]))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS)


async def _two_applications(cast):
    """robin's two, with robin's way into the first."""
    deal, robin = await ready_deal(cast)
    first = await invite(cast, deal, robin)
    way_in = {"token": await newest_token(), "pin": await newest_pin()}
    async with transaction() as session:
        other = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, robin)
        second = await make.make_access(session, other, robin, cast.alice_user)
    return deal, robin, (first, second), way_in


async def _here(phone: httpx.AsyncClient):
    return await actor_in(Portal.CLIENT, f"client-session={phone.cookies.get('client-session', '')}")


async def test_twelve_hours_are_twelve_hours_however_often_somebody_switches(cast, frozen_clock):
    _, _, accesses, way_in = await _two_applications(cast)
    async with _phone() as phone:
        await phone.post("/session/client", data=way_in)
        for turn in range(1, 27):
            clock.freeze(frozen_clock + timedelta(minutes=29 * turn))
            await phone.post("/session/client/switch", data={"access": str(accesses[turn % 2].id)})
            assert (await _here(phone) is not None) == (29 * turn < 12 * 60), f"after {29 * turn} minutes"


async def test_a_session_from_before_a_changed_address_does_not_become_a_new_one(cast, frozen_clock):
    deal, robin, accesses, way_in = await _two_applications(cast)
    async with _phone() as phone:
        await phone.post("/session/client", data=way_in)
        clock.freeze(frozen_clock + timedelta(minutes=5))
        desk = {"cookie": cast.cookies["alice"], "path": f"/deals/{deal.id}", "tab": "alice"}
        async with Harness() as tabs:
            await tabs.call(OverviewState.edit, **desk, contact_id=str(robin.id))
            await tabs.call(OverviewState.save_contact, {"form": {"mobile": "0491 570 159"}}, **desk)
            assert not tabs.errors
        clock.freeze(frozen_clock + timedelta(minutes=6))
        for access in (accesses[1], accesses[0]):
            await phone.post("/session/client/switch", data={"access": str(access.id)})
            assert (await _here(phone)).access_id == access.id
        asked = await phone.post("/session/client/phone/ask")
        assert asked.status_code == 409 and "Open the newest one" in asked.text


async def test_a_session_that_is_over_switches_nowhere(cast):
    _, _, accesses, way_in = await _two_applications(cast)
    async with _phone() as phone, _phone() as thief:
        await phone.post("/session/client", data=way_in)
        stale = phone.cookies["client-session"]
        await phone.post("/session/client/switch", data={"access": str(accesses[1].id)})
        thief.cookies.set("client-session", stale)
        answer = await thief.post("/session/client/switch", data={"access": str(accesses[1].id)})
        assert answer.headers["location"] == "/portal/ended" and "client-session" not in answer.cookies
