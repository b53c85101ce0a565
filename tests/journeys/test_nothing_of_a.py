"""Nothing of one deal, row, firm or person is there for the next: generated over the registry's screens and drawers.

For A, everything is filled, ticked and chosen; the page is left by Back, by links and by a typed address; for B, page
and drawer must look as in a tab that never saw A, and nothing of A may have been sent since.
"""

import difflib
import re
import time

import pytest
from playwright.sync_api import Error, Page, expect

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.portals.pages import REGISTRY
from tests.journeys.marks import FILL, MARK, OPENERS, PRESS, SIGNATURE
from tests.journeys.steps import PATIENT_MS, enter_as
from tests.journeys.test_another_firm import HARBOUR, KAURI, OURS, THEIRS, go_to, is_at
from tests.journeys.test_screens import BUSY, ELSEWHERE, screens_of

pytestmark = pytest.mark.browser

A, B = re.compile("O’Dea & Rewi"), re.compile("O’Brien & Wikaira")
WAYS = ("back", "links", "address")
# Things that would take A, or the person, away; and what opens outside of the page.
NOT_PRESSED = re.compile(
    r"sign out|revoke|archive|settle|remove|stop|preview|print|choose files|leave|delete|copy", re.I
)

# Within the page, as a link goes; Back then leads to where it came from.
HOP = "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }"


class Tab:
    """One browser tab: it walks, and remembers every frame since it last left a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[str] = []
        page.on("websocket", self._listen)
        page.on("dialog", lambda dialog: dialog.accept())

    def _listen(self, socket) -> None:
        socket.on("framereceived", lambda payload: self.frames.append(f"received {payload}"))
        socket.on("framesent", lambda payload: self.frames.append(f"sent {payload}"))

    def open(self, path: str) -> None:
        """By a typed address."""
        self.page.goto(path)
        self.there()

    def afresh(self, path: str) -> None:
        """As in a tab that has never shown anything."""
        self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")
        self.page.goto(path)
        self.page.evaluate("sessionStorage.clear()")
        self.page.reload()
        self.there()

    def there(self) -> None:
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENT_MS)
        expect(self.page.locator(BUSY)).to_have_count(0, timeout=PATIENT_MS)

    def looks(self) -> list[str]:
        """Its signature, as soon as nothing moves any more."""
        last, quiet = None, 0
        for _ in range(40):
            now = self.page.evaluate(SIGNATURE)
            quiet = quiet + 1 if now == last else 0
            if quiet == 3:
                break
            last = now
            self.page.wait_for_timeout(70)
        return last

    def press(self, group: str, nth: int = 0) -> bool:
        """Press the nth button of a group; whether a dialog is open then."""
        self.page.evaluate("nth => { window.nthOfGroup = nth }", nth)
        if not self.page.evaluate(PRESS, group):
            return False
        try:
            self.page.locator("dialog[open]").wait_for(timeout=900)
            return True
        except Error:
            return False

    def fill(self) -> int:
        done = self.page.evaluate(FILL, MARK)
        self.page.wait_for_timeout(150)
        return done

    def close(self) -> None:
        """The dialog, and whatever was typed in it."""
        self.page.keyboard.press("Escape")
        self.leave()
        expect(self.page.locator("dialog[open]")).to_have_count(0, timeout=PATIENT_MS)

    def leave(self) -> None:
        """Say so, when asked about unsent words."""
        self.page.wait_for_timeout(80)
        button = self.page.locator("dialog.ask").get_by_role("button", name="Leave")
        if button.count():
            button.click()

    def wait_for(self, wanted: list[str]) -> list[str]:
        """How the page differs from what it should be, after some patience."""
        give_up = time.monotonic() + 3
        while True:
            found = self.page.evaluate(SIGNATURE)
            if found == wanted or time.monotonic() > give_up:
                break
            self.page.wait_for_timeout(60)
        lines = difflib.unified_diff(wanted, found, "fresh", "after A", lineterm="", n=0)
        return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")][:8]


def openers(tab: Tab, limit: int = 12) -> list[str]:
    """The groups of buttons that open a dialog here."""
    path, found = tab.page.url, []
    for each in tab.page.evaluate(OPENERS, limit):
        if NOT_PRESSED.search(each["name"]):
            continue
        if tab.press(each["group"]):
            found.append((each["group"], each["several"]))
            tab.close()
        if tab.page.url != path:
            tab.open(path)
    return found


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
        groups = openers(tab)
        tab.afresh(self.b + tail)
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
            tab.there()
            tab.looks()
        else:
            tab.open(self.a + tail)
        if group and not tab.press(group):
            return
        tab.fill()
        if way == "back":
            tab.frames.clear()
            page.go_back()
        elif way == "links":
            if group:
                tab.close()
            self._by_links(self.b, tail)
        else:
            tab.frames.clear()
            page.goto(self.b + tail)
        tab.leave()
        tab.there()
        self._compare(name, fresh[""])
        if group in fresh and group:
            tab.press(group)
            self._compare(f"{name}, and its drawer", fresh[group])
            tab.close()

    def _by_links(self, deal: str, tail: str) -> None:
        """As somebody goes: to the board, to the deal, to its page."""
        page = self.tab.page
        page.locator(f"a[href='{self.board}']").first.click()
        self.tab.leave()
        page.wait_for_url(re.compile(f"{self.board}$"))
        page.locator(f"a[href='{deal}']").first.click()
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
        told = [frame for frame in self.tab.frames if MARK in frame or self.a.rpartition("/")[2] in frame]
        if told:
            self.faults.append(f"{name}: {[each[:700] for each in told[:2]]}")


def _deal(page: Page, name: re.Pattern) -> str:
    return page.get_by_role("link", name=name).first.get_attribute("href")


def pages_of_a_deal(portal: Portal) -> list[str]:
    """What comes after the address of a deal, in one portal."""
    routes = [route for route, each in REGISTRY.items() if each.portal is portal and "[deal_id]" in route]
    return [route.partition("[deal_id]")[2] for route in routes]


@pytest.mark.parametrize(
    ("who", "portal", "board"), [("Alice", Portal.BROKER, "/board"), ("Dev", Portal.PARTNER, "/partner")]
)
def test_nothing_of_one_deal_is_in_the_next(people, who, portal, board):
    page = enter_as(people.open(), who)
    walk = Walk(Tab(page), _deal(page, A), _deal(page, B), board)
    for tail in pages_of_a_deal(portal):
        begun = time.monotonic()
        try:
            walk.page(tail)
        except Exception as error:
            walk.faults.append(f"{tail}: {error!r}"[:600])
        print(tail, round(time.monotonic() - begun, 1), len(walk.faults))
    assert not walk.faults, "\n".join(walk.faults)


ROWS = [
    route
    for route, each in REGISTRY.items()
    if each.portal is Portal.BROKER and "[" not in route and route not in ELSEWHERE and route != "/board"
]


def test_nothing_of_one_row_is_in_the_drawer_of_the_next(people):
    """Contacts, partners, users, flows, labels: wherever a page has the same drawer for several."""
    tab, faults, seen = Tab(enter_as(people.open(), "Alice")), [], []
    for path in ROWS:
        begun = time.monotonic()
        try:
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
                seen.append(f"{path} {group.partition(' | ')[2]} {several}")
                different = tab.wait_for(fresh)
                if different or MARK in tab.page.content() or any(MARK in each for each in tab.frames):
                    faults.append(f"{path} {group}: {different}")
                tab.close()
        except Exception as error:
            faults.append(f"{path}: {error!r}"[:600])
        print(path, round(time.monotonic() - begun, 1))
    print(seen)
    assert not faults, "\n".join(faults)


def test_nothing_of_one_firm_is_on_the_pages_of_the_next(people):
    page = enter_as(people.open(), "Dev")
    tab, faults = Tab(page), []
    paths = screens_of("partner", _deal(page, A))
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
        if different or MARK in page.content() or any(MARK in each or OURS in each for each in tab.frames):
            faults.append(f"{path}: {different}")
    assert not faults, "\n".join(faults)
