"""What stands around every broker's page: whose firm, whose menu."""

import reflex as rx

from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.events.about import stands_around
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.shared.closing import close_what_lay_open
from salestrekker_portal.tables.access import Portal

ROLE_WORDS = {"admin": "Broker, admin", "broker": "Broker", "assistant": "Assistant"}


@stands_around
class ShellState(BrokerState, rx.State):
    """Names for the frame. Put `load` first in a page's `on_load`."""

    firm: str = ""
    person: str = ""
    role: str = ""
    initials: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read who is signed in, and where. What lay open over the page before stays behind."""
        actor = self._actor()
        self.firm, self.person, self.initials = actor.organisation_name, actor.name, initials(actor.name)
        self.role = ROLE_WORDS.get(actor.role or "", "")
        await close_what_lay_open(self)
