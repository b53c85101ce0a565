"""Connect: SMS for the whole firm."""

import reflex as rx

from salestrekker_portal.domains.firm.sms import connect_of, send_test, set_sms
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import phone_words
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.incoming.parse import bool_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import Delivery

WORDS = {
    Delivery.QUEUED: "waiting to be sent",
    Delivery.SENDING: "being sent",
    Delivery.SENT: "sent",
    Delivery.FAILED: "not sent",
}


class ConnectState(KeptAtOnce, rx.State):
    """SMS on or off, who messages come from, and the last message that tried it."""

    ready: bool = False
    on: bool = False
    sender: str = ""
    phone: str = ""
    mobile: str = ""
    credits: str = ""
    last_test: str = ""
    error: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read it, and hear when a message has left."""
        self.saved = self.error = ""
        await self._read()
        subscriptions.watch(self.router.session.client_token, "outbox")

    @rx.event
    @allow(Portal.BROKER)
    async def refresh(self):
        """Look again: a message left, or could not."""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    @asks_again
    async def switch(self, on: bool):
        """Switch SMS on or off for everybody."""
        async with self._keeping() as (session, actor):
            await set_sms(session, actor, on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def test(self):
        """Send the person a message, to see that it arrives."""
        try:
            async with self._acting() as (session, actor):
                await send_test(session, actor)
        except Invalid as refusal:
            self.error = refusal.message
            return None
        self.error = ""
        await self._read()
        return Notices.tell(f"A test message is on its way to {self.mobile}.")

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            found = await connect_of(session, actor)
            zone = actor.time_zone
        self.on, self.sender = found.on, found.sender
        self.phone, self.mobile = phone_words(found.phone, actor.country), phone_words(found.mobile, actor.country)
        self.credits = f"{found.credits:,}"
        self.last_test = ""
        if found.last_test is not None:
            test = found.last_test
            problem = f": {test.problem}" if test.problem else ""
            state = WORDS.get(test.status, test.status.value)
            self.last_test = (
                f"Last test to {test.recipient_name}, {instant_words(test.created_at, zone)}: {state}{problem}"
            )
        self.ready = True
