"""The event handlers by the names that the table uses, and trying one as somebody."""

from typing import Any

from reflex_base.registry import RegistrationContext

from salestrekker_portal.portals.events.notices import Notices
from tests.architecture.test_handlers import our_handlers
from tests.refusals.case import Case, filled
from tests.refusals.place import Place
from tests.support.harness import Harness


def handlers_by_key() -> dict[str, Any]:
    """ "state.method" -> event handler."""
    registered = RegistrationContext.get().event_handlers
    return {key_of(name): registered[name].handler for name in our_handlers()}


def key_of(name: str) -> str:
    state, method = name.rsplit(".", 2)[-2:]
    return f"{state.split('____')[-1]}.{method}"


class Tab:
    """One person's tab on the page of a case, or at another `path`."""

    def __init__(self, browser: Harness, case: Case, place: Place, name: str, *, tab: str = "", path: str = "") -> None:
        self.browser, self.case, self.ids = browser, case, place.ids
        self.name = f"{case.handler}-{name}-{tab}"
        self.seat = {"cookie": place.cookies[name], "path": path or filled(case.path, place.ids), "tab": self.name}
        # Everything that went to the browser, whether the last call was refused, and whether any got past the gate.
        self.told = ""
        self.refused = False
        self.got_in = False

    async def prepare(self) -> None:
        """Open the page first, where the row says so."""
        for handler, payload in self.case.after:
            await self.call(handler, filled(payload, self.ids))

    async def act(self) -> None:
        await self.call(self.case.handler, filled(self.case.payload, self.ids))

    async def call(self, handler: str, payload: dict[str, Any], *, strictly: bool = True) -> None:
        """Send one event. Raises what is no refusal, unless the caller looks at `browser.errors` itself."""
        before = (await self._notice()).number
        await self.browser.call(handlers_by_key()[handler], payload, **self.seat)
        self.told += repr(self.browser.out)
        self.got_in = self.got_in or not self.browser.was_stopped
        if strictly:
            notice = await self._notice()
            said_no = notice.number != before and notice.tone == "bad"
            self.refused = bool(self.browser.refusal) or self.browser.was_stopped or said_no

    async def _notice(self) -> Notices:
        return await self.browser.state(Notices, tab=self.name)
