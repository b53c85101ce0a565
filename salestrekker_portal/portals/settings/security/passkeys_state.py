"""One's own passkeys, on the page "Password and security" and where a second step is asked for."""

import reflex as rx

from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow, forgotten_on_load
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.shared.own_passkeys import OwnPasskeys
from salestrekker_portal.tables.access import Portal


@forgotten_on_load("first_codes")
class PasskeysState(OwnPasskeys, BrokerState, rx.State):
    """Of a member of staff."""

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    async def load(self):
        """What is so now."""
        await self._open()

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def take_away(self, passkey_id: str):
        """One of them lets nobody in any more."""
        return await self._take_away(passkey_id)

    @rx.event
    @allow(Portal.BROKER, before_consent=True)
    @once
    @asks_again
    async def make_first_codes(self):
        """Recovery codes, for when no passkey is at hand."""
        await self._make_first_codes()
