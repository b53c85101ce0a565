"""Updates and reminders of a partner, for the firm that they look at."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.activity.service import partner_topic
from salestrekker_portal.domains.partners.preferences import EventChoice, choose_update, own_updates
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import time_words
from salestrekker_portal.kernel.text import masked_phone
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import Channel


class UpdateRow(TypedDict):
    """`allowed`: the firm lets partners choose this one."""

    key: str
    label: str
    note: str
    allowed: bool
    email: bool
    sms: bool
    # Whether it goes by text at all.
    texts: bool


class PartnerUpdatesState(PartnerState, rx.State):
    """The switches. `no_text` says why SMS can't be chosen, or is empty."""

    ready: bool = False
    firm: str = ""
    where: str = ""
    no_text: str = ""
    any_off: bool = False
    rows: list[UpdateRow] = []
    saved: str = ""

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """What applies now; from then on this tab hears when the firm changes its mind."""
        self.saved = ""
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    async def refresh(self):
        """Look again: the firm allowed something, or no longer does."""
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("a switch is set to a value")
    async def switch(self, key: str, channel: str, on: bool):
        """Be told of an event that way, or no longer."""
        way = choice_from(channel, Channel, "channel")
        async with self._acting() as (session, actor):
            await choose_update(session, actor, key=key, channel=way, on=bool_from(on))
            zone = actor.time_zone
        await self._read()
        self.saved = f"Saved {time_words(utc_now(), zone)}"

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            found = await own_updates(session, actor)
        subscriptions.watch(self.router.session.client_token, partner_topic(actor.id))
        self.firm, self.rows = found.firm, [_row(choice) for choice in found.choices]
        self.any_off = not all(choice.allowed for choice in found.choices)
        self.no_text = ""
        if not found.may_text:
            self.no_text = f"{found.firm} doesn’t send texts."
        elif not found.phone:
            self.no_text = "For texts, add your phone number under My account."
        texts = f", texts to {masked_phone(found.phone)}" if found.may_text and found.phone else ""
        self.where = f"E-mails go to {found.email}{texts}."
        self.ready = True


def _row(choice: EventChoice) -> UpdateRow:
    return UpdateRow(
        key=choice.event.key,
        label=choice.event.label,
        note=choice.event.explanation,
        allowed=choice.allowed,
        email=choice.wanted.email,
        sms=choice.wanted.sms,
        texts=choice.event.offered.sms,
    )
