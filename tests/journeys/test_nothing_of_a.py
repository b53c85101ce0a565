"""Nothing of one deal, row, firm or person is there for the next: generated over the registry's screens and drawers.

For A, everything is filled, ticked and chosen; the page is left by Back, by links and by a typed address; for B, page
and drawer must look as in a tab that never saw A, and nothing of A may have been sent since.
"""

import re

import pytest
from playwright.sync_api import Error, Page

from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.tables.access import Portal
from tests.journeys.marks import MARK
from tests.journeys.steps import enter_as
from tests.journeys.tabs import HOP, LONG_MS, Tab, openers
from tests.journeys.test_another_firm import HARBOUR, KAURI, OURS, THEIRS, go_to, is_at
from tests.journeys.test_screens import ELSEWHERE, screens_of

pytestmark = pytest.mark.browser

# By the deal's name for staff, by the clients' names for a partner.
A, B = re.compile("O’Dea.*Rewi"), re.compile("O’Brien.*Wikaira")
WAYS = ("back", "links", "address")
IS_A_DRAWER = ("/share",)  # a page that is a drawer over the deal


class Walk:
    """From A's page to B's, in one tab, by several ways."""

    def __init__(self, tab: Tab, deal_a: str, deal_b: str, board: str) -> None:
        self.tab, self.a, self.b, self.board = tab, deal_a, deal_b, board
        self.faults: list[str] = []
        self.count = 0

    def page(self, tail: str) -> None:
        """All of one page of a deal: its own fields by every way, each drawer by one."""
        tab = self.tab
        tab.afresh(self.a + tail)
        self._there(A, tail)
        groups = [] if tail in IS_A_DRAWER else openers(tab)
        tab.afresh(self.b + tail)
        self._there(B, tail)
        fresh = {"": tab.looks()}
        for group, _ in groups:
            if tab.press(group):
                fresh[group] = tab.looks()
                tab.close()
            else:
                tab.open(self.b + tail)
        for way in WAYS:
            self._leave(tail, "", way, fresh)
        for group, _ in groups:
            self.count += 1
            self._leave(tail, group, WAYS[self.count % 3], fresh)

    def _leave(self, tail: str, group: str, way: str, fresh: dict[str, list[str]]) -> None:
        tab, page = self.tab, self.tab.page
        name = f"{tail or '/'} {group.partition(' | ')[2]!r} by {way}"
        if way == "back":
            tab.open(self.b + tail)
            page.evaluate(HOP, self.a + tail)
        else:
            tab.open(self.a + tail)
        self._there(A, tail)
        tab.looks()
        if group and not tab.press(group):
            return
        tab.fill()
        if way == "back":
            tab.frames.clear()
            page.go_back()
        elif way == "links":
            if tab.has_dialog():
                tab.close()
            self._by_links(self.b, tail)
        else:
            tab.frames.clear()
            page.goto(self.b + tail)
        tab.leave()
        self._there(B, tail)
        self._compare(name, fresh[""])
        if group in fresh and group:
            tab.press(group)
            self._compare(f"{name}, and its drawer", fresh[group])
            tab.close()

    def _there(self, name: re.Pattern, tail: str) -> None:
        self.tab.there(name)
        if tail in IS_A_DRAWER:
            self.tab.page.locator("dialog[open]").wait_for()

    def _by_links(self, deal: str, tail: str) -> None:
        """As somebody goes: to the board, to the deal, to its page."""
        page = self.tab.page
        page.locator(f"a[href='{self.board}']").first.click()
        self.tab.leave()
        page.wait_for_url(re.compile(f"{self.board}$"))
        # What was typed in A is on its way to the server first.
        page.locator(f"a[href='{deal}']").first.click(timeout=LONG_MS)
        page.wait_for_url(re.compile(deal))
        self.tab.frames.clear()
        if tail:
            page.locator(f"a[href='{deal}{tail}']").first.click()
            page.wait_for_url(re.compile(deal + tail))
        self.tab.there()

    def _compare(self, name: str, fresh: list[str]) -> None:
        different = self.tab.wait_for(fresh)
        if different:
            self.faults.append(f"{name}: {different}")
        if MARK in self.tab.page.content():
            self.faults.append(f"{name}: {MARK} is in the page")
        told = self.tab.told(MARK, self.a.rpartition("/")[2], here=self.b.rpartition("/")[2])
        if told:
            self.faults.append(f"{name}: {told[:2]}")


def _deal(page: Page, name: re.Pattern) -> str:
    return page.get_by_role("link", name=name).first.get_attribute("href")


def pages_of_a_deal(portal: Portal) -> list[str]:
    """What comes after the address of a deal, in one portal."""
    routes = [route for route, each in REGISTRY.items() if each.portal is portal and "[deal_id]" in route]
    return [route.partition("[deal_id]")[2] for route in routes]


DEALS = [
    (who, board, tail)
    for who, portal, board in (("Alice", Portal.BROKER, "/board"), ("Dev", Portal.PARTNER, "/partner"))
    for tail in pages_of_a_deal(portal)
]


@pytest.mark.parametrize(("who", "board", "tail"), DEALS)
def test_nothing_of_one_deal_is_in_the_next(people, who, board, tail):
    page = enter_as(people.open(), who)
    walk = Walk(Tab(page), _deal(page, A), _deal(page, B), board)
    walk.page(tail)
    assert not walk.faults, "\n".join(walk.faults)


def test_nothing_of_one_firm_is_on_the_pages_of_the_next(people):
    page = enter_as(people.open(), "Dev")
    tab, faults = Tab(page), []
    # The page that asks for a second step leads to no other firm.
    paths = [path for path in screens_of("partner", _deal(page, A)) if path != "/partner/second-step"]
    go_to(page, KAURI)
    is_at(page, KAURI, THEIRS)
    fresh = {}
    for path in paths:
        tab.afresh(path)
        fresh[path] = tab.looks()
    for path in paths:
        go_to(page, HARBOUR)
        is_at(page, HARBOUR, OURS)
        tab.open(path)
        tab.fill()
        go_to(page, KAURI)
        is_at(page, KAURI, THEIRS)
        tab.frames.clear()
        tab.open(path)
        different = tab.wait_for(fresh[path])
        if different or MARK in page.content() or tab.told(MARK, OURS):
            faults.append(f"{path}: {different}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("names", [("Siobhán", "Tāne"), ("Tāne", "Siobhán")])
def test_nothing_chosen_for_one_contact_is_chosen_for_the_next(people, names):
    """The panel in which a broker decides what a client gets."""
    tab = Tab(enter_as(people.open(), "Alice"))
    share = f"{_deal(tab.page, A)}/share"
    first, second = (tab.page.locator(".person-tab").filter(has_text=name) for name in names)
    tab.afresh(share)
    second.click()
    fresh = tab.looks()
    tab.afresh(share)
    first.click()
    tab.looks()
    change = tab.page.get_by_role("button", name="Change", exact=True)
    if change.count():
        change.click()
        tab.looks()
    assert tab.fill()
    second.click()
    assert not tab.wait_for(fresh)


ROWS = [
    route
    for route, each in REGISTRY.items()
    if each.portal is Portal.BROKER and "[" not in route and route not in ELSEWHERE and route != "/board"
]


def _rows(tab: Tab, path: str, seen: list[str]) -> list[str]:
    """The same drawers for two things of one page, one after the other; what of the first is in the second."""
    faults = []
    tab.afresh(path)
    for group, several in openers(tab, 10):
        nth = 1 if several > 1 else 0
        tab.afresh(path)
        if not tab.press(group, nth):
            continue
        fresh = tab.looks()
        tab.afresh(path)
        tab.press(group, 0)
        tab.fill()
        tab.close()
        tab.frames.clear()
        tab.press(group, nth)
        seen.append(group)
        different = tab.wait_for(fresh)
        if different or MARK in tab.page.content() or tab.told(MARK):
            faults.append(f"{path} {group}: {different}")
        tab.close()
    return faults


def test_nothing_of_one_row_is_in_the_drawer_of_the_next(people):
    """Contacts, partners, users, flows, labels: wherever a page has the same drawer for several."""
    tab, faults, seen = Tab(enter_as(people.open(), "Alice")), [], []
    for path in ROWS:
        try:
            faults += _rows(tab, path, seen)
        except (AssertionError, Error) as error:
            faults.append(f"{path}: {error!r}"[:600])
    assert not faults, "\n".join(faults)
    assert len(seen) > 8, seen
