"""Short notices at the foot of the screen: what was done, or why it was not."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.portals.events.aside import late
from salestrekker_portal.portals.events.gate import ANYONE, allow, forgotten_on_load

# What a notice may offer to undo: its name -> the event that does it, given the id of what it is about. Each passes
# the gate as any event does, so an offer gives nobody a right.
UNDOES: dict[str, Callable[[str], Any]] = {}


@forgotten_on_load("text")
class Notices(rx.State):
    """The notice on screen in this tab. `tone` is "ok" or "bad"; an empty text shows nothing."""

    text: str = ""
    tone: str = "ok"
    # Counts up so that the same words twice are announced twice.
    number: int = 0
    undoable: bool = False
    _undo: tuple[str, str] = ("", "")

    def _show(self, text: str, tone: str) -> None:
        # A refusal may quote what somebody typed, which can be long.
        self.text, self.tone, self.number = shortened(text, 400), tone, self.number + 1
        self.undoable, self._undo = False, ("", "")

    @rx.event
    @allow(ANYONE)
    @late("dropped")
    def tell(self, text: str) -> None:
        self._show(str(text), "ok")

    @rx.event
    @allow(ANYONE)
    @late("told")
    def refuse(self, text: str) -> None:
        self._show(str(text), "bad")

    @rx.event
    @allow(ANYONE)
    @late("dropped")
    def offer_undo(self, text: str, what: str, about: str) -> None:
        """Say what was done, with the way back: `what` is a name in UNDOES, `about` the id of the thing."""
        self._show(str(text), "ok")
        # The handler is open to anybody, as notices are; a name that isn't in the list offers nothing.
        if isinstance(what, str) and isinstance(about, str) and what in UNDOES:
            self.undoable, self._undo = True, (what, about)

    @rx.event
    @allow(ANYONE)
    def undo(self) -> Any:
        """Take back what the notice tells of, once."""
        # Taken before it is done: a second press finds nothing.
        (what, about), self._undo = self._undo, ("", "")
        self.text, self.undoable = "", False
        return UNDOES[what](about) if what in UNDOES else None

    @rx.event
    @allow(ANYONE)
    def dismiss(self) -> None:
        self.text, self.undoable, self._undo = "", False, ("", "")
