"""Every handler × its event comes when the tab has gone elsewhere: done for the page that sent it, shown nowhere."""

import copy
from uuid import uuid4

import pytest
import reflex as rx
from reflex.state import OnLoadInternalState

from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.events.about import KEPT_PAGES, TabAbout, own_fields, states_about
from salestrekker_portal.portals.events.aside import NOT_KEPT
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import answers_kept
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import Place
from tests.refusals.snapshot import rows_of
from tests.refusals.table import CASES
from tests.support.harness import Harness

pytestmark = pytest.mark.slow

ELSEWHERE = "/somewhere/else"
# One case for each handler that changes something, and for some of those that only show.
OF_A_PAGE = {case.handler: case for case in CASES if handlers_by_key()[case.handler].state in states_about()}
ACTING = [case for case in OF_A_PAGE.values() if case.control == "changes"]
SHOWING = [case for case in OF_A_PAGE.values() if case.control in ("shows", "quiet")][::6]


async def shown(browser: Harness, tab: str) -> dict[str, dict]:
    """What every State of the tab holds that could be drawn."""
    found = {}
    for cls in states_about():
        state = await browser.state(cls, tab=tab)
        found[cls.get_full_name()] = {name: copy.deepcopy(getattr(state, name)) for name in own_fields(cls)}
    return found


async def go_elsewhere(browser: Harness, tab: Tab) -> None:
    """The page of the case first arrives, so that the tab has left something; then another, which stays."""
    seat = {**tab.seat, "path": ELSEWHERE}
    browser.is_loaded_anew = False
    await browser.call(OnLoadInternalState.on_load_internal, {}, **seat)
    (await browser.state(rx.State, tab=tab.name))._clean()  # as if all of it had been sent


async def left(browser: Harness, case: Case, place: Place) -> Tab:
    """A tab in which all of a case but its last event was done, and that has gone elsewhere."""
    for handler, payload in case.given:
        await Tab(browser, case, place, case.rightful).call(handler, filled(payload, place.ids))
    tab = Tab(browser, case, place, case.rightful)
    await tab.prepare()
    if not case.after:
        await browser.call(OnLoadInternalState.on_load_internal, {}, **tab.seat)
    await go_elsewhere(browser, tab)
    return tab


def test_this_is_about_nearly_every_handler_that_acts():
    assert len(ACTING) > 90 and len(SHOWING) > 20, (len(ACTING), len(SHOWING))


@pytest.mark.parametrize("case", [*ACTING, *SHOWING], ids=lambda case: case.handler)
async def test_what_a_page_sent_last_is_done_for_it_and_shown_nowhere(place: Place, case: Case):
    async with Harness() as browser:
        tab = await left(browser, case, place)
        before, stood = await rows_of(place), await shown(browser, tab.name)
        told = (await browser.state(Notices, tab=tab.name)).text
        watched = subscriptions._topics.get(tab.name)
        address = (await browser.state(rx.State, tab=tab.name)).router.url.path
        assert address == ELSEWHERE
        payload = {**filled(case.payload, place.ids), "_intention": str(uuid4())}
        await browser.call(handlers_by_key()[case.handler], payload, **tab.seat)
        await answers_kept()
        assert browser.was_stopped or [str(each) for each in browser.errors] == [NOT_KEPT]
        assert not [each for each in browser.errors if not isinstance(each, DomainError)]
        if case.control == "changes":
            assert browser.was_stopped and await rows_of(place) != before, f"not carried out: {browser.errors}"
        assert await shown(browser, tab.name) == stood
        assert [event for event in browser.events if '["settled"' not in event] == []
        # Its button comes back, and what was typed is known to be sent.
        if hasattr(handlers_by_key()[case.handler].fn, "__once__"):
            assert len(browser.events) == 1
        # What stands around may be sent, and with it what is here anyway.
        for _, kind, delta in browser.out:
            for name in set(delta) & set(stood) if kind == "delta" else ():
                here = {f"{key}_rx_state_": value for key, value in stood[name].items()}
                assert all(here[key] == value for key, value in delta[name].items() if key in here)
        notices = await browser.state(Notices, tab=tab.name)
        assert notices.text in (told, NOT_KEPT)
        assert subscriptions._topics.get(tab.name) == watched
        assert (await browser.state(rx.State, tab=tab.name)).router.url.path == ELSEWHERE


NOTE = next(case for case in ACTING if case.handler == "deal_notes_state.save")


async def test_what_is_refused_is_said_without_its_words(place: Place):
    """The person looks at another page, maybe of another client: that something was not kept, and no more."""
    async with Harness() as browser:
        tab = await left(browser, NOTE, place)
        before = await rows_of(place)
        empty = {"form": {"text": ""}, "_intention": str(uuid4())}
        await browser.call(handlers_by_key()[NOTE.handler], empty, **tab.seat)
        assert await rows_of(place) == before
        assert [error.message for error in browser.errors] == [NOT_KEPT]
        # As the app's handler of exceptions says it, from the page that was left.
        notices = handlers_by_key()["notices.refuse"]
        await browser.call(notices, {"text": "Robin’s e-mail is wrong."}, **tab.seat)
        assert (await browser.state(Notices, tab=tab.name)).text == NOT_KEPT
        await browser.call(handlers_by_key()["notices.tell"], {"text": "Robin is invited."}, **tab.seat)
        assert "Robin" not in str(browser.out)


async def test_of_a_page_that_was_left_long_ago_nothing_is_done(place: Place):
    """What was on it is not kept any more, and may not be guessed."""
    async with Harness() as browser:
        tab = await left(browser, NOTE, place)
        for number in range(KEPT_PAGES):
            await browser.call(OnLoadInternalState.on_load_internal, {}, **{**tab.seat, "path": f"/{number}"})
        before = await rows_of(place)
        await browser.call(handlers_by_key()[NOTE.handler], filled(NOTE.payload, place.ids), **tab.seat)
        assert await rows_of(place) == before and [error.message for error in browser.errors] == [NOT_KEPT]


@pytest.mark.parametrize("case", [NOTE, SHOWING[0]], ids=lambda case: case.handler)
async def test_of_a_page_that_was_left_before_anything_was_heard_of_it_nothing_is_done(place: Place, case: Case):
    """The server was started anew, or let go of the tab, while the browser had no connection and went elsewhere."""
    async with Harness() as browser:
        tab = Tab(browser, case, place, case.rightful)
        await browser.call(OnLoadInternalState.on_load_internal, {}, **{**tab.seat, "path": ELSEWHERE})
        await go_elsewhere(browser, tab)
        before, stood = await rows_of(place), await shown(browser, tab.name)
        browser.has_left = True
        payload = {**filled(case.payload, place.ids), "_intention": str(uuid4())}
        await browser.call(handlers_by_key()[case.handler], payload, **tab.seat)
        assert await rows_of(place) == before and await shown(browser, tab.name) == stood
        # Said where somebody wanted something, and the button comes back; a look that comes too late is nothing.
        assert [error.message for error in browser.errors] == ([NOT_KEPT] if case is NOTE else [])
        assert bool(browser.events) is (case is NOTE)
        assert (await browser.state(rx.State, tab=tab.name)).router.url.path == ELSEWHERE


async def test_the_first_that_is_heard_of_a_page_is_its_arrival(place: Place):
    """An event that overtakes the navigation finds nothing of the page before, and is answered."""
    async with Harness() as browser:
        tab = await left(browser, NOTE, place)
        seat = {**tab.seat, "path": "/contacts"}
        await browser.call(handlers_by_key()["contacts_state.load"], {}, **seat)
        assert not browser.was_stopped and not browser.errors
        assert (await browser.state(TabAbout, tab=tab.name))._place == "contacts"
