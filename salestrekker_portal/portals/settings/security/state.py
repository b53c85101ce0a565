"""Password and security: the second step of signing in, and where one is signed in."""

import reflex as rx
import segno

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm.second_step import (
    grace_days,
    idle_limits,
    set_grace_days,
    set_idle_limits,
)
from salestrekker_portal.domains.security_log.service import note_apart
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow, forgotten_on_load
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.http.requests import safe_next
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.shared.sign_ins import OwnSignIns
from salestrekker_portal.tables.access import Portal


@forgotten_on_load("qr", "letters", "codes")
class SecurityState(OwnSignIns, BrokerState, rx.State):
    """How one gets in. The secret of an app is in here only while it is being set up."""

    ready: bool = False
    is_on: bool = False
    since: str = ""
    codes_left: str = ""
    # "13 days", while the firm lets somebody go on without; "" when it asks now, or nothing.
    days_left: str = ""
    is_due: bool = False
    qr: str = ""
    letters: str = ""
    codes: list[str] = []
    errors: dict[str, str] = {}
    is_admin: bool = False
    grace: str = ""
    # Minutes until a session ends that nobody is at.
    idle_clients: str = ""
    idle_staff: str = ""
    onward: str = "/board"
    # Another number empties the boxes.
    form: int = 0

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def load(self):
        """What is so now."""
        await self._read()
        self.qr, self.letters, self.codes, self.errors = "", "", [], {}
        self.onward, self.ready = safe_next(self._query("next"), "/board"), True

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    @asks_again
    async def begin(self):
        """Show the code to scan."""
        async with self._acting() as (session, actor):
            made = await second_step.begin_set_up(session, actor)
        self.qr, self.letters = segno.make(made.address).svg_data_uri(scale=5, border=2, light="#fff"), made.letters
        self.errors, self.form = {}, self.form + 1

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    async def confirm(self, form: dict):
        """Switch it on when the six digits are right, and show the recovery codes."""
        await self._with_code(second_step.confirm, form)

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    async def make_codes(self, form: dict):
        """New recovery codes instead of the old ones."""
        await self._with_code(second_step.fresh_codes, form)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def switch_off(self, form: dict):
        """Take the app away, for another phone."""
        if await self._with_code(second_step.switch_off, form, box="off"):
            return Notices.tell("The second step is off. Set up your other phone now.")
        return None

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def sign_out(self, session_id: str):
        """Sign out of one other browser."""
        return await self._sign_out(session_id)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def sign_out_others(self):
        """Sign out everywhere but here."""
        return await self._sign_out_others()

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def set_grace(self, form: dict):
        """For how many days the firm's people may go on without a second step."""
        try:
            async with self._acting() as (session, actor):
                await set_grace_days(session, actor, form_from(form).get("days"))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        await self._read()
        self.errors = {}
        return Notices.tell("Saved. It counts for everybody from their next press on.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def set_idle(self, form: dict):
        """After how many minutes a session ends that nobody is at."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                await set_idle_limits(session, actor, typed.get("clients"), typed.get("staff"))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        await self._read()
        self.errors = {}
        return Notices.tell("Saved. It counts for everybody from now on.")

    async def _with_code(self, deed, form: dict, *, box: str = "code") -> bool:
        """Do what takes a number of the app; what is wrong with it stays beside its `box`."""
        try:
            async with self._acting() as (session, actor):
                codes = await deed(session, actor, form_from(form).get("code"))
        except (Conflict, Invalid) as refusal:
            # Whoever sits before somebody else's open session and guesses is seen too.
            by = self._actor()
            await note_apart("factor:refused", organisation_id=by.organisation_id, by=by, why=refusal.message)
            self.errors = {box: refusal.message}
            return False
        self.codes, self.qr, self.letters = codes or [], "", ""
        self.errors, self.form = {}, self.form + 1
        await self._read()
        return True

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            stands = await second_step.how_it_stands(session, actor)
            await self._show_sign_ins(session, actor)
            self.is_admin = actor.may(Permission.ORGANISATION_MANAGE)
            self.grace = str(await grace_days(session, actor))
            limits = await idle_limits(session, actor)
            self.idle_clients, self.idle_staff = str(limits.clients), str(limits.staff)
            self.is_on = stands.since is not None
            self.since = instant_words(stands.since, actor.time_zone) if stands.since else ""
            self.is_due = actor.lacks_factor
            left = stands.required_from - utc_now() if stands.required_from else None
            self.days_left = counted(left.days + 1, "day") if left and left.days >= 0 else ""
        self.codes_left = f"{stands.codes_left} of {second_step.CODES} left"
