"""Every main screen: nothing serious for axe, nothing wider than the phone, no script error; light and dark."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from salestrekker_portal.portals import every_page  # noqa: F401  fills the registry
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal
from tests.journeys.steps import add_deal, enter_as, invite, link_and_pin
from tests.support.browsers import axe_violations

pytestmark = pytest.mark.browser

# Beyond the registry: the same address in another view.
MORE = {
    "deals": ("/board?view=list", "/board?view=forecast", "/board?view=calendar"),
    "client": ("/portal/profile/liabilities.cards", "/portal/profile/expenses.general"),
    "partner": ("/partner?view=list&closed=1",),
    "public": ("/portal/unknown-link", "/no-such-page"),
}
# Screens that send everybody on, or that need what no demo person has.
ELSEWHERE = {
    "404": "stands at every unknown address",
    "/contacts/[contact_id]": "in test_contacts_and_their_pages, from the list",
    "/portal/[link_token]": "in the journeys of access; the unknown link is above",
    "/portal/profile": "leads on to the first section",
    "/portal/consent": "only before agreeing: in test_consent_screens",
    "/settings": "leads on to a page",
    "/partner/settings": "leads on to a page",
    "/setup": "only before there is a firm: in test_first_run",
}


def part_of(route: str, portal: Portal | None) -> str:
    """Which of the tests below looks at a screen."""
    if portal is not Portal.BROKER:
        return portal.value if portal else "public"
    return "settings" if route.startswith("/settings") else "deals"


def screens_of(part: str, deal: str) -> list[str]:
    """Addresses of one part; `deal` is the path of a deal, /deals/… or /partner/deals/…"""
    routes = [route for route, page in REGISTRY.items() if part_of(route, page.portal) == part]
    fixed = {"/deals/[deal_id]": deal, "/partner/deals/[deal_id]": deal, "[screen]": "applicant.personal_details"}
    found = []
    for route in routes:
        if route in ELSEWHERE:
            continue
        for variable, value in fixed.items():
            route = route.replace(variable, value) if variable[0] == "[" or route.startswith(variable) else route
        found.append(route)
    return [*found, *MORE.get(part, ())]


SIZES, THEMES = ((360, 800), (1280, 900)), ("light", "dark")
BUSY = ".skeleton, [aria-busy=true]"


def _look(page: Page, paths: Sequence[str], faults: set[str]) -> None:
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.locator(BUSY)).to_have_count(0)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wider > 0:
                faults.add(f"{path} is {wider} px too wide at {width}")
            # The whole page at once: what a bar at the bottom covers can be scrolled, and has no small target.
            whole = page.evaluate("document.documentElement.scrollHeight + 200")
            page.set_viewport_size({"width": width, "height": max(height, whole)})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no colours half way
                found = axe_violations(page, colours_only=theme != THEMES[0])
                faults.update(f"{path} at {width} {theme}: {violation}" for violation in found)


def _deal(page: Page) -> str:
    return page.get_by_role("link", name=re.compile("O’Dea & Rewi")).first.get_attribute("href")


def _enter(people, part: str) -> tuple[Page, str]:
    """Somebody whose screens these are, and a deal of theirs."""
    names = {"deals": "Alice", "settings": "Alice", "client": "Siobhán", "partner": "Dev"}
    if part not in names:
        return people.open(), ""
    page = enter_as(people.open(), names[part])
    return page, "" if part == "client" else _deal(page)


@pytest.mark.parametrize("part", ["public", "deals", "settings", "client", "partner"])
def test_the_screens_of_everybody(people, part):
    faults: set[str] = set()
    page, deal = _enter(people, part)
    _look(page, screens_of(part, deal), faults)
    assert not faults, "\n".join(sorted(faults))


def test_every_screen_is_looked_at_or_said_where():
    seen = {route for part in ("public", "deals", "settings", "client", "partner") for route in screens_of(part, "X")}
    unknown = [route for route in ELSEWHERE if route not in REGISTRY]
    assert not unknown and not any("[" in route for route in seen)


def test_contacts_and_their_pages(people):
    faults: set[str] = set()
    page = enter_as(people.open(), "Alice")
    page.goto("/contacts")
    one = page.get_by_role("table").get_by_role("link").first
    expect(one).to_be_visible()
    _look(page, [one.get_attribute("href")], faults)
    assert not faults, "\n".join(sorted(faults))


def test_consent_screens(people):
    faults: set[str] = set()
    alice = enter_as(people.open(), "Alice")
    client = ("Ada", "Lorne", "0491 571 090", "ada.lorne@example.com")
    deal = add_deal(alice, "Lorne purchase", client)
    invite(alice, deal, "Ada Lorne")
    link, pin = link_and_pin(people.open(), client[3])
    page = people.open(width=390)
    _look(page, [link], faults)
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile("/portal/consent"))
    _look(page, ["/portal/consent"], faults)
    assert not faults, "\n".join(sorted(faults))


def test_dark_colours_follow_the_system(people):
    light, dark = (people.open("/sign-in", dark=on) for on in (False, True))
    grounds = {page.evaluate("getComputedStyle(document.body).backgroundColor") for page in (light, dark)}
    assert len(grounds) == 2
