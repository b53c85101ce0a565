"""What the pages in front of a sign-in know: refusals of the last post, what was typed, where to go on."""

import reflex as rx

from salestrekker_portal.domains.firm.founding import is_first_run
from salestrekker_portal.domains.signing_in.sign_in import LINK_GONE, link_is_good, whose_link
from salestrekker_portal.portals.events.gate import ANYONE, allow
from salestrekker_portal.portals.events.session import PublicState
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.http.secret_links import FIELD, held


class SignInState(PublicState, rx.State):
    """Sign-in and forgotten password, of staff and partners alike."""

    refusal: str = ""
    errors: dict[str, str] = {}
    email: str = ""
    next_path: str = ""
    sent: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """Read what the last post left behind for this page."""
        errors, typed = flash.read(self.router.headers.cookie or "", "/" + "/".join(self._path()))
        self.refusal = errors.pop("", "")
        self.errors = errors
        self.email = typed.get("email", "")
        self.next_path = self._query("next")
        self.sent = bool(self._query("sent"))


class PasswordLinkState(PublicState, rx.State):
    """The page behind a one-time link."""

    # The name of the link; the link itself is in a cookie.
    token: str = ""
    page: str = ""
    errors: dict[str, str] = {}
    gone: str = ""
    email: str = ""
    firm: str = ""
    ready: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """See whether the link still works, before somebody thinks of a password."""
        path, named, cookie = "/" + "/".join(self._path()), self._query(FIELD), self.router.headers.cookie or ""
        errors, _ = flash.read(cookie, path)
        async with self._looking_as_anybody() as session:
            link = await link_is_good(session, held(cookie, named))
            email, firm = await whose_link(session, link) if link is not None else ("", "")
        self.token, self.page, self.errors = named, f"{path}?{FIELD}={named}", errors
        self.email, self.firm = email, firm
        self.gone = "" if link is not None else errors.get("", LINK_GONE)
        self.ready = True


class SetUpState(PublicState, rx.State):
    """The very first page of an empty installation."""

    refusal: str = ""
    errors: dict[str, str] = {}
    typed: dict[str, str] = {}
    open: bool = False
    ready: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """Open only while there is no organisation at all."""
        cookie = self.router.headers.cookie or ""
        errors, typed = flash.read(cookie, "/setup")
        async with self._looking_as_anybody() as session:
            self.open = await is_first_run(session)
        self.refusal = errors.pop("", "")
        # The console's line has the code in its address.
        typed.setdefault("code", held(cookie, self._query(FIELD)))
        self.errors, self.typed, self.ready = errors, typed, True
