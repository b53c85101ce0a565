"""What a compiled page says about its own buttons: which handlers each would call, and whether it can be pressed."""

import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from tests.journeys.pressing import still as still_server

HERE = Path(__file__).parent
# Runs before every page.
LISTEN = (HERE / "listen.js").read_text()
FIND = (HERE / "find.js").read_text()

# Every press was answered, nothing moves on the page, and the server has nothing to do for it any more. What was sent
# without an answer (a page that asks and learns nothing new) may still be on its way to the server.
QUIET = """
([still, silent]) => {
  const wire = window.walkWire;
  if (!wire || document.readyState !== "complete" || wire.owed.size) return false;
  if (!document.querySelector("h1, h2") || document.querySelector(".skeleton, [aria-busy=true]")) return false;
  // The first two words only open the wire; then comes what the page knows. A page without scripts has none.
  if (document.scripts.length && wire.answers < 3) return false;
  return performance.now() - Math.max(wire.sent, wire.heard) > (wire.heard >= wire.sent ? still : silent);
}
"""
WORDS = "window.walkWire ? window.walkWire.sends + window.walkWire.answers : 0"
STILL_MS, SILENT_MS, PATIENCE_MS = 120, 800, 8_000
APPEARS_MS = 2_500
# A press that says anything to the server says it within this time.
SAYS_MS = 1_500
SAID = "before => !window.walkWire || window.walkWire.sends > before"


@dataclass(frozen=True)
class Target:
    """A button as it can be found again on a page that was opened anew: the `nth` of its words and handlers."""

    tag: str
    nth: int
    label: str
    events: tuple[str, ...]
    # Handlers of the buttons in the menu or the question that this one opens.
    leads: tuple[str, ...]
    name: str
    # "page" for what stands on every page, "deal" on every page of a deal, "" for what is this page's own.
    frame: str

    @property
    def short(self) -> str:
        """Its words and its handlers, as a person would name them."""
        return f"“{self.label}” ({', '.join(short(event) for event in self.events)})"


def short(event: str) -> str:
    """ "…share___state____share_state.invite" -> "share_state.invite"."""
    state, _, method = event.rpartition(".")
    return f"{state.split('____')[-1]}.{method}" if state else event


def settle(page: Page, still: int = STILL_MS) -> bool:
    """Wait until page and server have nothing left to do for `still` ms; False when that never came."""
    give_up = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < give_up:
        try:
            page.wait_for_function(QUIET, arg=[still, SILENT_MS], timeout=PATIENCE_MS, polling=40)
            before = page.evaluate(WORDS)
            if server_is_quiet(page.url) and page.evaluate(WORDS) == before:
                return True
        except Error as error:
            # A page that is being replaced by another one.
            if "context was destroyed" not in str(error):
                return False
    return False


def server_is_quiet(url: str) -> bool:
    """Whether the server of this address has no event of any tab left to deal with."""
    origin = urlsplit(url)
    with urllib.request.urlopen(f"{origin.scheme}://{origin.netloc}{still_server.QUIET}", timeout=5) as answer:
        return answer.read() == b"quiet"


def sends(page: Page) -> int:
    """How much this page has said so far."""
    return page.evaluate("window.walkWire ? window.walkWire.sends : 0")


def said_something(page: Page, before: int) -> None:
    """Wait until the page says more than `before`, as far as it has anything to say."""
    with suppress(Error):
        page.wait_for_function(SAID, arg=before, timeout=SAYS_MS, polling=30)


def targets(page: Page) -> list[Target]:
    """Every button that can be pressed now; inside the topmost dialog, where one is open."""
    lists = ("events", "leads")
    return [Target(**{**raw, **{name: tuple(raw[name]) for name in lists}}) for raw in page.evaluate(FIND)]


def place(page: Page, target: Target):
    """The locator of a target on this page, after finding again. Raises LookupError when it doesn't come."""
    give_up = time.monotonic() + APPEARS_MS / 1000
    while not any(each.name == target.name for each in targets(page)):
        if time.monotonic() > give_up:
            raise LookupError(target.short)
        page.wait_for_timeout(60)
    return page.locator("[data-walk]").filter(visible=True).and_(page.locator(f'[data-walk="{_quoted(target.name)}"]'))


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"').replace("\u0001", "\\1 ")
