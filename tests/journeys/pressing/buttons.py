"""What a compiled page says about its own buttons: which handlers each would call, and whether it can be pressed."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page

HERE = Path(__file__).parent
# Runs before every page.
LISTEN = (HERE / "listen.js").read_text()
FIND = (HERE / "find.js").read_text()

QUIET = """
(still) => {
  const alive = [...document.querySelectorAll("button")].some(
    (node) => Object.keys(node).some((key) => key.startsWith("__reactProps")));
  return alive && !!document.querySelector("h1, h2")
    && !document.querySelector(".skeleton, [aria-busy=true]")
    && performance.now() - (window.walkWire ? window.walkWire.last : 0) > still;
}
"""


@dataclass(frozen=True)
class Target:
    """A button as it can be found again on a page that was opened anew: the `nth` of its words and handlers."""

    tag: str
    nth: int
    label: str
    events: tuple[str, ...]
    name: str
    inside: bool

    @property
    def short(self) -> str:
        """Its words and its handlers, as a person would name them."""
        return f"“{self.label}” ({', '.join(short(event) for event in self.events)})"


def short(event: str) -> str:
    """ "…share___state____share_state.invite" -> "share_state.invite"."""
    state, _, method = event.rpartition(".")
    return f"{state.split('____')[-1]}.{method}" if state else event


def listen(page: Page) -> None:
    page.add_init_script(LISTEN)


def settle(page: Page, still: int = 300, patience: int = 12_000) -> bool:
    """Wait until nothing has gone over the wire for `still` ms and nothing is busy; False when that never came."""
    for _ in range(3):
        try:
            page.wait_for_function(QUIET, arg=still, timeout=patience, polling=60)
            return True
        except Error as error:
            # A page that is being replaced by another one.
            if "context was destroyed" not in str(error):
                return False
    return False


def targets(page: Page) -> list[Target]:
    """Every button that can be pressed now; inside the topmost dialog, where one is open."""
    return [Target(**{**raw, "events": tuple(raw["events"])}) for raw in page.evaluate(FIND)]


def place(page: Page, target: Target):
    """The locator of a target on this page, after finding again. Raises LookupError when it isn't there."""
    if not any(each.name == target.name for each in targets(page)):
        raise LookupError(target.short)
    return page.locator("[data-walk]").filter(visible=True).and_(page.locator(f'[data-walk="{_quoted(target.name)}"]'))


def sent(page: Page) -> set[str]:
    """The events that left since `forget`."""
    return set((page.evaluate("sessionStorage.walked || ''")).split())


def forget(page: Page) -> None:
    page.evaluate("sessionStorage.removeItem('walked')")


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"').replace("\u0001", "\\1 ")
