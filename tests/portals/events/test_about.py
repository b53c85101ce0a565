"""Nothing of one deal, client or firm is in any State when the tab shows another: generated over pages and States."""

import copy
import logging

import pytest
import reflex as rx
from reflex.state import OnLoadInternalState

import salestrekker_portal.salestrekker_portal  # noqa: F401  registers every page and State
from salestrekker_portal.portals.events.about import everything_about, own_fields, place_of, states_about
from salestrekker_portal.portals.events.session import PortalState
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal
from tests.refusals.conftest import furnished, place  # noqa: F401  fixtures
from tests.support.harness import Harness

DEAL_PAGES = [route for route in REGISTRY if route.startswith("/deals/")]
OTHERS = ["/board", "/contacts", "/partners", "/settings/users", "/settings/flows", "/settings/workflows"]


def loads_at(path: str) -> list:
    """What the page at an address loads by; nothing for no page. A name counts for more than a variable part."""
    parts = path.strip("/").split("/")
    fitting = []
    for route, each in REGISTRY.items():
        wanted = route.strip("/").split("/")
        pairs = list(zip(wanted, parts, strict=False))
        if len(wanted) == len(parts) and all(name == part or name.startswith("[") for name, part in pairs):
            fitting.append((sum(name == part for name, part in pairs), each))
    return max(fitting, key=lambda pair: pair[0])[1].on_load if fitting else []


async def arrive(browser: Harness, path: str, cookie: str, tab: str) -> None:
    """As a browser does: the navigation first, then everything that the page loads by."""
    loads = loads_at(path)
    assert loads
    await browser.call(OnLoadInternalState.on_load_internal, cookie=cookie, path=path, tab=tab)
    for handler in loads:
        await browser.call(handler, cookie=cookie, path=path, tab=tab)
        assert browser.refusal == "" and not browser.was_stopped


async def soil(browser: Harness, tab: str, states: list[type] | None = None) -> None:
    """Leave something of A in every field of every State, whatever its type."""
    logging.disable(logging.ERROR)  # Reflex speaks of every row that isn't one
    for cls in states or states_about():
        state = await browser.state(cls, tab=tab)
        for name in own_fields(cls):
            setattr(state, name, dirty(getattr(state, name)))
    logging.disable(logging.NOTSET)


def dirty(value):
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 7
        case str():
            return value + "of A"
        case tuple():
            return tuple(dirty(each) for each in value) or value
        case _:
            # A list or a dictionary of rows: one more of them, or something where there was nothing.
            mine = copy.deepcopy(value)
            if isinstance(mine, dict):
                return {**mine, "of A": next(iter(mine.values()), "of A")}
            return [*mine, mine[0]] if mine else ["of A"] if isinstance(mine, list) else mine


async def kept(browser: Harness, tab: str, states: list[type] | None = None) -> dict[str, dict]:
    found = {}
    for cls in states or states_about():
        state = await browser.state(cls, tab=tab)
        found[cls.__name__] = {name: copy.deepcopy(getattr(state, name)) for name in own_fields(cls)}
    found["BoardState"]["page"].pop("rev", None)  # from the clock
    return found


def differing(left: dict, right: dict) -> dict:
    return {
        f"{cls}.{name}": (value, right[cls][name])
        for cls, fields in left.items()
        for name, value in fields.items()
        if value != right[cls][name]
    }


@pytest.mark.parametrize("route", DEAL_PAGES)
async def test_a_deal_begins_with_nothing_of_the_one_before(place, route):  # noqa: F811
    alice = place.cookies["alice"]
    before = route.replace("[deal_id]", place.ids["home_deal"])
    after = route.replace("[deal_id]", place.ids["deal"])
    async with Harness() as browser:
        await arrive(browser, before, alice, "used")
        await soil(browser, "used")
        await arrive(browser, after, alice, "used")
        await arrive(browser, after, alice, "fresh")
        assert differing(await kept(browser, "used"), await kept(browser, "fresh")) == {}


@pytest.mark.parametrize("route", DEAL_PAGES)
@pytest.mark.parametrize("way", [OnLoadInternalState.on_load_internal, rx.State.hydrate])
async def test_nothing_of_the_deal_before_is_sent_before_the_next_has_loaded(place, route, way):  # noqa: F811
    """By a link, and by a typed address, which sends everything that the tab holds."""
    alice = place.cookies["alice"]
    before, after = (route.replace("[deal_id]", place.ids[name]) for name in ("home_deal", "deal"))
    async with Harness() as browser:
        await arrive(browser, before, alice, "used")
        await soil(browser, "used")
        browser.is_loaded_anew = False
        await browser.call(way, cookie=alice, path=after, tab="used")
        assert "of A" not in str(browser.out) and "Tūī Street" not in str(browser.out)


@pytest.mark.parametrize("route", OTHERS)
async def test_a_page_begins_with_nothing_of_the_one_before(place, route):  # noqa: F811
    alice = place.cookies["alice"]
    async with Harness() as browser:
        await arrive(browser, route, alice, "used")
        await soil(browser, "used")
        await arrive(browser, f"/deals/{place.ids['deal']}", alice, "used")
        await arrive(browser, route, alice, "used")
        await arrive(browser, route, alice, "fresh")
        assert differing(await kept(browser, "used"), await kept(browser, "fresh")) == {}


async def test_what_is_being_chosen_stays_within_one_deal(place):  # noqa: F811
    """Its tabs, and a live update, are no arrival."""
    from salestrekker_portal.portals.broker.documents.adding_state import AddingState

    alice, deal = place.cookies["alice"], f"/deals/{place.ids['deal']}"
    async with Harness() as browser:
        await arrive(browser, f"{deal}/required-documents", alice, "tab")
        await browser.call(
            AddingState.show, {"what": "single"}, cookie=alice, path=f"{deal}/required-documents", tab="tab"
        )
        await arrive(browser, f"{deal}/notes", alice, "tab")
        assert (await browser.state(AddingState, tab="tab")).adding == "single"
        await arrive(browser, "/board", alice, "tab")
        assert (await browser.state(AddingState, tab="tab")).adding == ""


async def test_nothing_of_one_person_or_firm_is_left_for_the_next(place):  # noqa: F811
    """Another firm behind the same address: nothing is done for the old page, and the next begins with nothing."""
    mallory = place.cookies["mallory"]
    async with Harness() as browser:
        await arrive(browser, "/contacts", place.cookies["alice"], "used")
        await soil(browser, "used")
        browser.is_loaded_anew = False
        await browser.call(REGISTRY["/contacts"].on_load[0], cookie=mallory, path="/contacts", tab="used")
        assert browser.was_stopped and "reload" in str(browser.events)
        await browser.call(rx.State.hydrate, cookie=mallory, path="/contacts", tab="used")
        assert "of A" not in str(browser.out)
        left = await kept(browser, "used")
    fresh = {
        cls.__name__: {name: cls.__fields__[name].default_value() for name in own_fields(cls)} for cls in states_about()
    }
    assert differing(left, fresh) == {}


def test_every_state_of_a_portal_starts_afresh_or_stands_around():
    states = [cls for cls in rx.State.get_substates() if issubclass(cls, PortalState)]
    around = {cls.__name__ for cls in everything_about()} - {cls.__name__ for cls in states_about()}
    assert around == {"ShellState", "BellState", "ClientShell", "PartnerHere"}
    assert {cls.__name__ for cls in states} <= {cls.__name__ for cls in everything_about()}
    assert all(Portal(page.portal) for page in REGISTRY.values() if page.portal)


def test_what_an_address_is_about():
    assert place_of("/deals/1/notes") == place_of("/deals/1") != place_of("/deals/2/notes")
    assert place_of("/portal/profile/x") == place_of("/portal")
    assert place_of("/partner/deals/1") != place_of("/partner/deals/2")
    assert loads_at("/portal/messages") is REGISTRY["/portal/messages"].on_load and loads_at("/nowhere/at/all/x") == []
