"""What the arrival page knows about a link, before its holder has given the PIN."""

from urllib.parse import urlsplit

import reflex as rx

from salestrekker_portal.config import settings
from salestrekker_portal.domains.organisations.logo import logo_path
from salestrekker_portal.domains.portal_access.delivery import pin_wait_seconds
from salestrekker_portal.domains.portal_access.entry import LOCKED
from salestrekker_portal.domains.portal_access.looking import (
    Leaving,
    LinkLook,
    LinkState,
    look_at_ended,
    look_at_link,
)
from salestrekker_portal.domains.portal_access.pins import MOST_WRONG_PINS, is_taken_here
from salestrekker_portal.domains.signing_in.devices import is_known
from salestrekker_portal.domains.signing_in.passkeys import has_passkey
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.text import initials, joined, masked_email, masked_phone, shortened
from salestrekker_portal.portals.events.gate import ANYONE, allow
from salestrekker_portal.portals.events.session import PublicState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.answers import LEFT_COOKIE
from salestrekker_portal.portals.http.secret_links import held, is_name
from salestrekker_portal.portals.incoming.cookies import cookie_name, cookies_in, device_in
from salestrekker_portal.tables.access import Portal

PRODUCT = "Salestrekker Portal"
# The address says which link, and this browser doesn't hold it.
ELSEWHERE = "elsewhere"


class ArrivalState(PublicState, rx.State):
    """One link: who invited whom, where the PIN went, and what the last try said."""

    link_state: str = ""
    # The name of the link, as the address has it; the link itself is in a cookie.
    token: str = ""
    # The page of the client's that the message was about.
    to: str = ""
    firm: str = PRODUCT
    logo: str = ""
    phone: str = ""
    broker: str = ""
    broker_first: str = ""
    broker_initials: str = ""
    hello: str = ""
    lead: str = ""
    host: str = ""
    mobile_hint: str = ""
    email_hint: str = ""
    newest_sent: str = ""
    wait_seconds: int = 0
    pin_error: str = ""
    # The PIN was used on another device, or not for a month: a fresh one has to be asked for.
    asks_fresh: bool = False
    # A phone or computer of theirs lets them in; whether they were in here before, so that it stands first.
    has_passkey: bool = False
    is_known: bool = False
    refusal: str = ""
    done: str = ""
    leaving: str = ""

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """Look at the link in the address. Nothing here lets anybody in."""
        path = self._path()
        named, cookie = path[1] if len(path) > 1 else "", self.router.headers.cookie or ""
        token = held(cookie, named)
        said, _ = flash.read(cookie, f"/portal/{named}")
        async with self._looking_as_anybody() as session:
            look = await look_at_link(session, token)
            device = device_in(cookie)
            known = look.access is not None and await is_known(session, look.access.id, device)
            self._show(look, known=known)
            live = look.state is LinkState.LIVE and look.access is not None
            self.has_passkey = live and await has_passkey(session, look.access.id)
            self.is_known = known
        if is_name(named) and not token:
            self.link_state = ELSEWHERE
        self.token = named if look.state is not LinkState.UNKNOWN else ""
        self.to = shortened(self._query("to"), 20)
        self.pin_error = said.get("pin", self.pin_error)
        self.refusal, self.done = said.get("", ""), said.get("done", "")

    @rx.event
    @allow(ANYONE)
    async def load_ended(self):
        """After a session has ended: signed out, timed out, or access revoked."""
        cookies = cookies_in(self.router.headers.cookie or "")
        async with self._looking_as_anybody() as session:
            look = await look_at_ended(session, cookies.get(cookie_name(Portal.CLIENT), ""))
            self._show(look)
            self.token = ""
        # After signing out the cookie is gone, here and in every other tab: another one says so.
        has_left = bool(self._query("signed-out")) or LEFT_COOKIE in cookies
        self.leaving = look.leaving.value or (Leaving.SIGNED_OUT.value if has_left else "")

    def _show(self, look: LinkLook, *, known: bool = False) -> None:
        self.link_state = look.state.value
        self.pin_error, self.asks_fresh = "", False
        people, access = look.people, look.access
        if people is None:
            self.firm, self.phone, self.broker, self.broker_first = PRODUCT, "", "", ""
            self.logo = ""
            return
        self.firm, self.logo = people.organisation.name, logo_path(people.organisation)
        self.phone = people.firm_phone
        self.broker, self.broker_first = people.owner.name, people.owner.first_name
        self.broker_initials = initials(people.owner.name)
        self.hello = people.greeted
        who = joined(["you", *people.others])
        self.lead = f"This is where {who} share what a lender needs. You can stop at any time and come back."
        self.host = urlsplit(settings().public_origin).netloc
        self.mobile_hint = masked_phone(people.mobile)
        self.email_hint = masked_email(people.email)
        self.newest_sent = instant_words(look.newest_sent_at, people.organisation.time_zone)
        self.wait_seconds = pin_wait_seconds(access) if access else 0
        if access is not None and look.state is LinkState.LIVE:
            self.asks_fresh = not is_taken_here(access, known=known, now=utc_now())
            if access.wrong_pins >= MOST_WRONG_PINS and not known:
                self.pin_error = LOCKED
