"""The question on a client's dashboard, and the list of what lets them in under Privacy."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.signing_in.passkeys import passkeys_of
from salestrekker_portal.portals.broker.share.state import ShareState
from salestrekker_portal.portals.client.arrival.state import ArrivalState
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.client.phone.state import PhoneState
from salestrekker_portal.tables.access import Passkey, Portal
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.domains.portal_access.world import invite, newest_token, ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
async def browser():
    async with Harness() as harness:
        yield harness


async def _phone_of(access: PortalAccess) -> Passkey:
    key = Passkey(
        portal=Portal.CLIENT, person_id=access.id, credential="QQ", credential_hash="a" * 64, public_key="QQ",
        name="Safari on iPhone",
    )  # fmt: skip
    async with transaction() as session:
        session.add(key)
    return key


async def test_not_now_is_asked_once(browser, cast):
    seat = {"cookie": cast.cookies["kim"], "path": "/portal"}
    assert (await browser.call(DashboardState.load, **seat)).asks_phone
    for _ in range(2):
        await browser.call(DashboardState.not_now, **seat)
        assert not browser.errors
        assert not (await browser.call(DashboardState.load, **seat)).asks_phone


async def test_ones_own_are_listed_and_forgotten_and_nobody_elses(browser, cast):
    key = await _phone_of(cast.kim_access)
    seat = {"cookie": cast.cookies["kim"], "path": "/portal/privacy"}
    [row] = (await browser.call(PhoneState.load, **seat)).phones
    assert row["name"] == "Safari on iPhone" and row["about"].endswith("not used yet")
    await browser.call(PhoneState.forget, phone_id="garbage", **seat)
    async with reading() as session:
        assert len(await passkeys_of(session, cast.kim_access.id)) == 1
    await browser.call(PhoneState.forget, phone_id=str(key.id), **seat)
    async with reading() as session:
        assert await passkeys_of(session, cast.kim_access.id) == []


async def test_the_arrival_page_offers_it_to_who_has_one(browser, cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    path = f"/portal/{await newest_token()}"
    assert not (await browser.call(ArrivalState.load, path=path)).has_passkey
    await _phone_of(access)
    state = await browser.call(ArrivalState.load, path=path)
    assert state.has_passkey and not state.is_known
    assert not (await browser.call(ArrivalState.load, path="/portal/nonsense")).has_passkey


async def test_the_broker_sees_which_way_they_came_in(browser, cast):
    async with transaction() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.came_in_by = "passkey"
    state = await browser.call(
        ShareState.choose, cookie=cast.cookies["alice"], path=f"/deals/{cast.deal.id}/share",
        contact_id=str(cast.kim_contact.id),
    )  # fmt: skip
    state = await browser.call(ShareState.load, cookie=cast.cookies["alice"], path=f"/deals/{cast.deal.id}/share")
    assert {"name": "Came in", "value": "With link and passkey (their own phone or computer)"} in state.facts
