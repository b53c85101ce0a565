"""One tab of one person that is taken back to the start of everything before each press."""

from collections.abc import Collection
from contextlib import suppress

from playwright.sync_api import Error, Page

from tests.journeys.pressing.buttons import LISTEN, STILL_MS, Target, place, said_something, sends, settle
from tests.journeys.pressing.filling import Filler
from tests.journeys.pressing.rewind import Rewind
from tests.support.browsers import CONTEXT

CLICK_MS = 5_000
LEAVES_MS = 4_000
FORGET = "() => { sessionStorage.clear(); localStorage.clear(); }"


class Stage:
    """The browser keeps what it has loaded; the database, the cookies and what the tab remembers begin anew."""

    def __init__(self, browser, url: str, cookies: list, rewind: Rewind, fills: tuple[Collection[str], str]) -> None:
        self.rewind, self.cookies, self.fills = rewind, cookies, fills
        self.context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 1000}, **CONTEXT)
        self.context.set_default_timeout(6_000)
        self.context.add_init_script(LISTEN)
        self.page: Page | None = None
        self.filler = Filler(*fills)

    def open(self, path: str, chain: tuple[Target, ...] = ()) -> Page:
        """The page at `path` with a chain of buttons pressed on it. Raises LookupError when one isn't there."""
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        page = self._bare()
        self.rewind.to_start()
        self.context.clear_cookies()
        self.context.add_cookies(self.cookies)
        self.filler = Filler(*self.fills)
        page.goto(path, timeout=20_000)
        settle(page)
        for target in chain:
            try:
                self.press(page, target)
            except Error as error:
                raise LookupError(f"{target.short}: {error.message[:120]}") from error
        return page

    def _bare(self) -> Page:
        """The tab, with nothing in it of the press before."""
        if self.page is not None and not self.page.is_closed():
            try:
                self.page.evaluate(FORGET)
                return self.page
            except Error:
                self.page.close()
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        return self.page

    def fill(self, page: Page, target: Target) -> None:
        """What is around the button, so that pressing it comes to something.

        Looked at twice: what was filled may show more fields, and a drawer that is still arriving may lose some.
        """
        if self.filler.fill(place(page, target)):
            settle(page)
            if not self.filler.fill(place(page, target)):
                return
            settle(page)
        elif self.filler.change(place(page, target)):
            settle(page)

    def press(
        self, page: Page, target: Target, clicks: int = 1, *, filled: bool = False, still: int = STILL_MS
    ) -> None:
        """Click as a person does, and wait for the answers to all of it."""
        if not filled and not target.leads:
            self.fill(page, target)
        leaves = any(event.startswith("POST ") for event in target.events)
        left: list[object] = []
        page.once("load", lambda there: left.append(there))
        before = sends(page)
        place(page, target).click(click_count=clicks, timeout=CLICK_MS)
        if target.events and not leaves:
            said_something(page, before)
        waited = 0
        while leaves and not left and waited < LEAVES_MS:
            page.wait_for_timeout(50)
            waited += 50
            left += self._beside(page)
        settle(page, still)

    def _beside(self, page: Page) -> list[Page]:
        """Tabs that the press opened, each with its answer."""
        others = [each for each in self.context.pages if each is not page]
        for each in others:
            with suppress(Error):
                each.wait_for_load_state("load", timeout=LEAVES_MS)
        return others

    def close(self) -> None:
        self.context.close()
