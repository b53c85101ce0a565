"""Addresses that hear of what happens: added, watched, ended."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notices.published import EVENT_WORDS
from salestrekker_portal.domains.webhooks import service
from salestrekker_portal.kernel.days import day_words, local, time_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.webhooks import HookDelivery, HookState

EVENT = "event-"


class DeliveryLine(TypedDict):
    id: str
    what: str
    state: str
    failed: bool


class AddressLine(TypedDict):
    id: str
    url: str
    events: str
    log: list[DeliveryLine]


class WebhooksState(KeptAtOnce, rx.State):
    """The live addresses with their newest deliveries. `made` is the secret of one that was added just now."""

    ready: bool = False
    lines: list[AddressLine] = []
    errors: dict[str, str] = {}
    made: str = ""
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the addresses."""
        self.made, self.saved, self.errors = "", "", {}
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def add(self, form: dict):
        """Add an address and show the secret that signs."""
        typed = form_from(form)
        events = [name.removeprefix(EVENT) for name, on in typed.items() if name.startswith(EVENT) and bool_from(on)]
        try:
            async with self._keeping() as (session, actor):
                _, secret = await service.add_webhook(session, actor, url=typed.get("url"), events=events)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors, self.form = {}, self.form + 1
        self.made = secret

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def end(self, address_id: str):
        """Nothing more is sent there."""
        async with self._keeping() as (session, actor):
            await service.end_webhook(session, actor, uuid_from(address_id, "address"))
        self.made = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def again(self, delivery_id: str):
        """Send once more what was given up."""
        async with self._acting() as (session, actor):
            await service.send_again(session, actor, uuid_from(delivery_id, "delivery"))
        await self._read()
        return Notices.tell("It is on its way again. Look here in a minute.")

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            self.lines = [_line(each, actor) for each in await service.webhooks_of(session, actor)]
        self.ready = True


def _line(listed: service.ListedWebhook, actor: Actor) -> AddressLine:
    return AddressLine(
        id=str(listed.webhook.id),
        url=listed.webhook.url,
        events=" · ".join(EVENT_WORDS[event] for event in listed.webhook.events if event in EVENT_WORDS),
        log=[_delivery(each, actor.time_zone) for each in listed.log],
    )


def _delivery(sent: HookDelivery, zone: str) -> DeliveryLine:
    at = sent.delivered_at or sent.created_at
    tries = counted(sent.attempts, "try", "tries")
    words = {
        HookState.DELIVERED: f"arrived, answered {sent.answered}",
        HookState.FAILED: f"given up after {tries}: {sent.problem}",
        HookState.WAITING: f"{tries} so far: {sent.problem}" if sent.attempts else "on its way",
    }
    return DeliveryLine(
        id=str(sent.id),
        what=f"{EVENT_WORDS.get(sent.event, sent.event)}, {day_words(local(at, zone).date())}, {time_words(at, zone)}",
        state=words[sent.state],
        failed=sent.state is HookState.FAILED,
    )
