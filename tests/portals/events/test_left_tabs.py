"""What a tab leaves in memory goes within minutes, and what is open stays."""

from collections.abc import AsyncIterator

import pytest

from salestrekker_portal.portals.broker.contacts.state import ContactsState
from salestrekker_portal.portals.events.left_tabs import NOBODY_SECONDS, SIGNED_IN_SECONDS, LeftTabs
from salestrekker_portal.portals.events.live import LiveState, subscriptions
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


class Office:
    """Some tabs, who of them is connected, and a clock."""

    def __init__(self, browser: Harness, cookie: str) -> None:
        self.browser, self.cookie = browser, cookie
        self.connected: set[str] = set()
        self.time = 0.0
        self.left = LeftTabs(browser.manager, lambda tab: tab in self.connected, lambda: self.time)

    async def open(self, tab: str, *, signed_in: bool) -> None:
        handler, cookie = (ContactsState.load, self.cookie) if signed_in else (LiveState.woke, "")
        await self.browser.call(handler, path="/contacts", cookie=cookie, tab=tab)
        self.connected.add(tab)
        await self.left.look()

    async def after(self, seconds: float) -> set[str]:
        """The tabs whose State is still there."""
        self.time += seconds
        await self.left.look()
        return set(self.browser.manager.states)


@pytest.fixture
async def office(cast) -> AsyncIterator[Office]:
    async with Harness() as browser:
        yield Office(browser, cast.cookies["alice"])


async def test_a_closed_tab_is_let_go_of_within_minutes_and_an_open_one_never(office):
    await office.open("open", signed_in=True)
    await office.open("closed", signed_in=True)
    subscriptions.watch("closed", "a topic")
    office.connected.discard("closed")
    assert await office.after(0) == {"open", "closed"}
    assert await office.after(SIGNED_IN_SECONDS - 1) == {"open", "closed"}
    assert await office.after(2) == {"open"}
    assert "closed" not in subscriptions.watchers(frozenset({"a topic"}))
    assert await office.after(24 * 3600) == {"open"}


async def test_a_tab_of_nobody_goes_sooner(office):
    await office.open("nobody", signed_in=False)
    await office.open("somebody", signed_in=True)
    office.connected.clear()
    await office.after(0)
    assert await office.after(NOBODY_SECONDS + 1) == {"somebody"}


async def test_who_comes_back_in_time_finds_the_tab_and_later_a_fresh_one(office):
    await office.open("tab", signed_in=True)
    office.connected.discard("tab")
    await office.after(0)
    office.connected.add("tab")
    assert await office.after(SIGNED_IN_SECONDS * 2) == {"tab"}
    office.connected.discard("tab")
    assert await office.after(0) == {"tab"}  # the time begins anew
    assert await office.after(SIGNED_IN_SECONDS + 1) == set()
    await office.open("tab", signed_in=True)
    assert (await office.browser.state(ContactsState, tab="tab")).loaded


async def test_a_tab_in_the_middle_of_an_event_is_left_alone(office):
    await office.open("tab", signed_in=True)
    office.connected.discard("tab")
    await office.after(0)
    token = next(token for _, token in office.browser.manager._token_expires_at.values())
    async with office.browser.manager.modify_state(token):
        assert await office.after(SIGNED_IN_SECONDS + 1) == {"tab"}
    assert await office.after(0) == set()
