"""The worst five attacks that were ever tried on the portal, as the attacker goes about them.

They use what anybody has: pages' events, HTTP routes, the environment of an operator. None of them asks the code
whether it is safe, so they can be run on any earlier version too, where each of them succeeded. The fifth, crowds of
idle and slow connections, is `tests/journeys/test_crowds.py`.
"""

import re

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal import serve
from salestrekker_portal.config import BadSettings, Mode, Settings, read_settings
from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.broker.deal_notes.state import DealNotesState
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.http import requests as http
from salestrekker_portal.portals.routes.account import ACCOUNT_ROUTES
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.preview import PREVIEW_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.tables.access import Throttle
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import OutboxMessage
from tests.domains.notifications.world import tell
from tests.domains.portal_access.world import invite, ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
THIEF, THIEFS_MOBILE = "thief@example.com", "+61491570110"
FOUNDING = {
    "organisation": "Thieves", "country": "AU", "time_zone": "Australia/Sydney", "first_name": "T", "last_name": "Hief",
    "email": THIEF, "password": "harbour ferry at nine",
}  # fmt: skip


def browser_at(address: str) -> httpx.AsyncClient:
    """Somebody's browser, connected from that address to every route of ours."""
    app = Starlette(routes=[*ROUTES, *ACCOUNT_ROUTES, *CLIENT_ROUTES, *PREVIEW_ROUTES])
    transport = httpx.ASGITransport(app=app, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS)


async def _reaches(*whom: str) -> list[str]:
    """All that was sent to these addresses and numbers, the newest last."""
    async with reading() as session:
        found = await session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))
        return [f"{opened(each).content}" for each in found if each.recipient in whom and each.sealed]


# 1. An assistant becomes the client.


async def test_an_assistant_does_not_come_in_as_the_client(cast, frozen_clock):
    """They have the client's address and number changed to their own, wait for the next notice, and ask for a PIN."""
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    place = {"cookie": cast.cookies["bob"], "path": f"/deals/{deal.id}"}
    async with Harness() as tabs:
        await tabs.call(OverviewState.edit, **place, tab="bob", contact_id=str(robin.id))
        form = {"email": THIEF, "mobile": "0491 570 110"}
        await tabs.call(OverviewState.save_contact, {"form": form}, **place, tab="bob")
        # What the broker does next has nothing to do with it.
        desk = {"cookie": cast.cookies["alice"], "path": f"/deals/{deal.id}/notes", "tab": "alice"}
        await tabs.call(DealNotesState.load, **desk)
        await tabs.call(DealNotesState.set_share_client, **desk, on=True)
        await tabs.call(DealNotesState.save, {"form": {"text": "The bank has answered."}}, **desk)
    clock.freeze(frozen_clock.replace(minute=frozen_clock.minute + 5))
    await tell()
    links = re.findall(r"/portal/([\w-]{20,})", str(await _reaches(THIEF)))
    async with browser_at("203.0.113.66") as thief:
        for token in links:
            await thief.post("/session/client/pin", data={"token": token})
        for pin in re.findall(r"\b\d{6}\b", str(await _reaches(THIEFS_MOBILE))):
            await thief.post("/session/client", data={"token": links[-1], "pin": pin})
        assert not thief.cookies.get("client-session"), "the assistant is in as the client"
    assert not links, "a link that works went to an address that was never invited"
    assert await _reaches(THIEFS_MOBILE) == []


# 2. Crowds: tests/journeys/test_crowds.py.

# 3. A preview outlives the broker's sign-out.


async def test_a_preview_is_over_when_its_broker_signs_out(cast):
    deal, robin = await ready_deal(cast)
    async with browser_at("203.0.113.7") as office:
        office.headers["cookie"] = cast.cookies["alice"]
        shown = await office.post("/session/preview", data={"deal": str(deal.id), "contact": str(robin.id)})
        kept = f"client-session={shown.cookies['client-session']}"
        await office.post("/session/end", data={"portal": "broker"})
    async with Harness() as tabs:
        await tabs.call(DashboardState.load, cookie=kept, path="/portal")
        assert tabs.was_stopped, "the client's pages are still open to whoever sits down at that desk"


# 4. Production listens to everybody, and believes what they say about where they are.


def test_production_listens_on_its_own_machine(monkeypatch):
    chosen = Settings(mode=Mode.PRODUCTION, port=0)
    monkeypatch.setattr(serve, "settings", lambda: chosen)
    assert serve.address()[0] == "127.0.0.1", "plain HTTP for the whole network"


def _behind_one_proxy():
    """What an operator sets who has one proxy in front, in the words of each version."""
    try:
        return read_settings({"PORTAL_TRUSTED_PROXIES": "127.0.0.1"})
    except BadSettings:
        return read_settings({"PORTAL_TRUSTED_PROXIES": "1"})


@pytest.mark.parametrize(
    "where",
    [
        lambda number: ("203.0.113.66", {"x-forwarded-for": f"198.51.100.{number}"}),
        lambda number: (f"2001:db8:66:1::{number + 1:x}", {}),
    ],
    ids=["forged headers", "one IPv6 line"],
)
async def test_one_guesser_is_one_guesser(cast, monkeypatch, where):
    chosen = _behind_one_proxy()
    monkeypatch.setattr(http, "settings", lambda: chosen)
    for number in range(6):
        peer, headers = where(number)
        async with browser_at(peer) as guesser:
            form = {"email": f"guess{number}@example.com", "password": "a guess of mine"}
            await guesser.post("/session/broker", data=form, headers=headers)
    async with reading() as session:
        counted = [key for key in await session.scalars(select(Throttle.key)) if "guess" not in key]
    assert len(counted) == 1, f"counted as {len(counted)} different people"


# 9. The first stranger to reach a fresh server founds the firm.


async def test_a_stranger_founds_no_firm():
    async with browser_at("203.0.113.66") as stranger:
        await stranger.post("/session/set-up", data=FOUNDING)
        assert not stranger.cookies.get("broker-session")
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Organisation)) == 0
