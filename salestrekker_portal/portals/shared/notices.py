"""Short notices at the foot of the screen: what was done, or why it was not."""

import reflex as rx

from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.portals.gate import ANYONE, allow, forgotten_on_load


@forgotten_on_load("text")
class Notices(rx.State):
    """The notice on screen in this tab. `tone` is "ok" or "bad"; an empty text shows nothing."""

    text: str = ""
    tone: str = "ok"
    # Counts up so that the same words twice are announced twice.
    number: int = 0

    def _show(self, text: str, tone: str) -> None:
        self.text, self.tone, self.number = shortened(text, 400), tone, self.number + 1

    @rx.event
    @allow(ANYONE)
    def tell(self, text: str) -> None:
        self._show(str(text), "ok")

    @rx.event
    @allow(ANYONE)
    def refuse(self, text: str) -> None:
        self._show(str(text), "bad")

    @rx.event
    @allow(ANYONE)
    def dismiss(self) -> None:
        self.text = ""
