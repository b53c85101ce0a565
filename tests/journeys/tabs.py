"""A browser tab that walks, fills and forgets, and says how its page differs from what it should be."""

import difflib
import re
import time

from playwright.sync_api import Error, Page, expect

from tests.journeys.marks import FILL, MARK, OPENERS, PRESS, SIGNATURE
from tests.journeys.steps import PATIENT_MS
from tests.journeys.test_screens import BUSY

# Things that would take A, or the person, away; and what opens outside of the page.
NOT_PRESSED = re.compile(
    r"sign out|revoke|archive|settle|remove|stop|preview|print|choose files|leave|delete|copy|switch|buy|send", re.I
)

# Within the page, as a link goes; Back then leads to where it came from.
HOP = "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }"

LONG_MS = 30_000  # everything that was typed in A is on its way to the server first
ARRIVES = re.compile(r"on_load_internal|hydrate")


def near(frame: str, secrets: tuple[str, ...]) -> str:
    """The words around the first of these that is in a frame, or ""."""
    places = [frame.find(each) for each in secrets if each in frame]
    return frame[max(0, min(places) - 200) : min(places) + 60] if places else ""


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

    def told(self, *secrets: str, here: str = "") -> list[str]:
        """Frames with one of these in them, since the page that stands here was answered: with `here` in the answer.

        What the page before had still to do is done first, in order, and is that page's: its answers may come after
        the question of this page, but never after the answer.
        """
        asked = [at for at, each in enumerate(self.frames) if each.startswith("sent") and ARRIVES.search(each)]
        start = asked[-1] if asked else 0
        answered = [at for at, each in enumerate(self.frames) if at > start and each.startswith("received")
                    and here in each]  # fmt: skip
        after = self.frames[answered[0] if answered else start :]
        return [f"{each[:90]} … {near(each, secrets)}" for each in after if near(each, secrets)]

    def open(self, path: str) -> None:
        """By a typed address."""
        self.page.goto(path)
        self.there()

    def afresh(self, path: str) -> None:
        """As in a tab that has never shown anything."""
        self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")
        self.open(path)

    def there(self, name: re.Pattern | None = None) -> None:
        """The page has come, with this in its heading, and all of it."""
        heading = self.page.get_by_role("heading", level=1).first
        expect(heading).to_be_visible(timeout=LONG_MS)
        if name:
            expect(heading).to_contain_text(name, timeout=LONG_MS)
        expect(self.page.locator(BUSY)).to_have_count(0, timeout=LONG_MS)

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

    def has_dialog(self) -> bool:
        return self.page.locator("dialog[open]").count() > 0

    def fill(self) -> int:
        done = self.page.evaluate(FILL, MARK)
        self.page.wait_for_timeout(150)
        return done

    def close(self) -> None:
        """The dialog, and whatever was typed in it."""
        self.page.locator("dialog[open] .drawer-head button").last.click()
        give_up = time.monotonic() + PATIENT_MS / 1000
        while self.has_dialog() and time.monotonic() < give_up:
            self.leave()  # it may ask at once, or when a busy page has found the words again
        expect(self.page.locator("dialog[open]")).to_have_count(0, timeout=PATIENT_MS)

    def leave(self) -> None:
        """Say so, when asked about unsent words."""
        self.page.wait_for_timeout(80)
        button = self.page.locator("dialog.ask").get_by_role("button", name="Leave")
        if button.count():
            button.click()

    def wait_for(self, wanted: list[str]) -> list[str]:
        """How the page differs from what it should be, after some patience."""
        give_up = time.monotonic() + PATIENT_MS / 1000  # thirty ticks that A left are carried out one by one
        while True:
            found = self.page.evaluate(SIGNATURE)
            if found == wanted or time.monotonic() > give_up:
                break
            self.page.wait_for_timeout(60)
        lines = difflib.unified_diff(wanted, found, "fresh", "after A", lineterm="", n=0)
        return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")][:8]


def openers(tab: Tab, limit: int = 12) -> list[tuple[str, int]]:
    """The groups of buttons that open a dialog here, and how many are in each."""
    path, found = tab.page.url, []
    if tab.has_dialog():
        return found
    for each in tab.page.evaluate(OPENERS, limit):
        if NOT_PRESSED.search(each["name"]):
            continue
        if tab.press(each["group"]):
            found.append((each["group"], each["several"]))
            tab.close()
        if tab.page.url != path:
            tab.open(path)
    return found
