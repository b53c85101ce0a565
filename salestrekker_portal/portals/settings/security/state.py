"""Password and security: the second step of signing in, and where one is signed in."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.firm.second_step import (
    grace_days,
    idle_limits,
    set_grace_days,
    set_idle_limits,
)
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow, forgotten_on_load
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.shared.own_factor import OwnFactor
from salestrekker_portal.portals.shared.sign_ins import OwnSignIns
from salestrekker_portal.tables.access import Portal


@forgotten_on_load("qr", "letters", "codes")
class SecurityState(OwnFactor, OwnSignIns, BrokerState, rx.State):
    """How one gets in, and what the firm asks for."""

    is_admin: bool = False
    grace: str = ""
    # Minutes until a session ends that nobody is at.
    idle_clients: str = ""
    idle_staff: str = ""

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def load(self):
        """What is so now."""
        await self._open("/board")

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    @asks_again
    async def begin(self):
        """Show the code to scan."""
        await self._begin_app()

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

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            await self._show_factor(session, actor)
            await self._show_sign_ins(session, actor)
            self.is_admin = actor.may(Permission.ORGANISATION_MANAGE)
            self.grace = str(await grace_days(session, actor))
            limits = await idle_limits(session, actor)
            self.idle_clients, self.idle_staff = str(limits.clients), str(limits.staff)
