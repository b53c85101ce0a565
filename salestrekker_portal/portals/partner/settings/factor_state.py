"""A partner's own second step: an app, and passkeys."""

import reflex as rx

from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import HOMES, allow, forgotten_on_load
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.shared.own_factor import OwnFactor
from salestrekker_portal.portals.shared.own_passkeys import OwnPasskeys
from salestrekker_portal.tables.access import Portal


@forgotten_on_load("qr", "letters", "codes")
class PartnerFactorState(OwnFactor, PartnerState, rx.State):
    """Six digits of an app, and recovery codes."""

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    async def load(self):
        """What is so now."""
        await self._open(HOMES[Portal.PARTNER])

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    @once
    @asks_again
    async def begin(self):
        """Show the code to scan."""
        await self._begin_app()

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    @once
    async def confirm(self, form: dict):
        """Switch it on when the six digits are right, and show the recovery codes."""
        await self._with_code(second_step.confirm, form)

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    @once
    async def make_codes(self, form: dict):
        """New recovery codes instead of the old ones."""
        await self._with_code(second_step.fresh_codes, form)

    @rx.event
    @allow(Portal.PARTNER)
    @once
    async def switch_off(self, form: dict):
        """Take the app away, for another phone or for good."""
        if await self._with_code(second_step.switch_off, form, box="off"):
            return Notices.tell("The app is off. Set up your other phone now, if you have one.")
        return None

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            await self._show_factor(session, actor)


@forgotten_on_load("first_codes")
class PartnerPasskeysState(OwnPasskeys, PartnerState, rx.State):
    """Of a partner."""

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    async def load(self):
        """What is so now."""
        await self._open()

    @rx.event
    @allow(Portal.PARTNER)
    @once
    @asks_again
    async def take_away(self, passkey_id: str):
        """One of them lets nobody in any more."""
        return await self._take_away(passkey_id)

    @rx.event
    @allow(Portal.PARTNER, before_consent=True)
    @once
    @asks_again
    async def make_first_codes(self):
        """Recovery codes, for when no passkey is at hand."""
        await self._make_first_codes()
