"""What the page for lost links knows: whom to call, where the dead link in the address says so, and what was asked."""

import reflex as rx

from salestrekker_portal.domains.access.throttles import LINKS_SENT_PER_ACCESS
from salestrekker_portal.domains.organisations.logo import logo_path
from salestrekker_portal.domains.portal_access.looking import LinkLook, look_at_ended, look_at_link
from salestrekker_portal.domains.portal_access.lost_link import ASK_AGAIN, ask_for_lost_link
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.client.arrival.state import PRODUCT
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import ANYONE, allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import PublicState
from salestrekker_portal.portals.http.secret_links import FIELD, held
from salestrekker_portal.portals.incoming.cookies import cookie_name, cookies_in
from salestrekker_portal.tables.access import Portal

MOST_ASKED = LINKS_SENT_PER_ACCESS


class LostLinkState(PublicState, rx.State):
    """Asking for a link: the same answer for everybody. A firm is shown to who holds one of its links, never to
    somebody who types an address."""

    firm: str = PRODUCT
    logo: str = ""
    phone: str = ""
    broker_first: str = ""
    asked: str = ""
    error: str = ""
    refusal: str = ""
    wait_seconds: int = 0
    times: int = 0
    ready: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """Whose link it was: from the link that led here, or from the session that ended."""
        self._begin()
        header = self.router.headers.cookie or ""
        token = held(header, self._query(FIELD))
        cookie = cookies_in(header).get(cookie_name(Portal.CLIENT), "")
        async with self._looking_as_anybody() as session:
            look = await look_at_link(session, token) if token else await look_at_ended(session, cookie)
            self._show(look)
        self.ready = True

    def _show(self, look: LinkLook) -> None:
        people = look.people
        if people is None:
            return
        self.firm, self.logo = people.organisation.name, logo_path(people.organisation)
        self.phone, self.broker_first = people.firm_phone, people.owner.first_name

    @rx.event
    @allow(ANYONE)
    @once
    async def ask(self, form: dict):
        """Ask for the link of an e-mail or a mobile. What is wrong is said beside the field, which keeps its text."""
        typed = form.get("who") if isinstance(form, dict) else None
        try:
            async with self._acting_as_anybody() as session:
                await ask_for_lost_link(session, typed, address=self._from_address())
        except Invalid as wrong:
            self.error, self.refusal = wrong.errors["who"], ""
            return None
        except Conflict as refused:
            self.error, self.refusal = "", refused.message
            return None
        self.error, self.refusal = "", ""
        self.asked, self.wait_seconds = clean(typed), int(ASK_AGAIN.total_seconds())
        self.times += 1
        return do("focus", "main h1", 50)

    @rx.event
    @allow(ANYONE)
    async def try_another(self):
        """Back to the question, for another address or number."""
        self.asked, self.times = "", 0
        return do("focus", "main h1", 50)
