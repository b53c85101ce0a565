"""How a client is told of what: their own switches, within what the brokerage sends."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.notifications.client_preferences import (
    TOPIC_WORDS,
    Topic,
    TopicChoice,
    choose,
    own_choices,
)
from salestrekker_portal.kernel.text import masked_email, masked_phone
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import repeatable
from salestrekker_portal.portals.events.session import ClientState
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.outbox import Channel


class TopicRow(TypedDict):
    """`email` and `sms`: on, off, or "" where the brokerage never sends it that way."""

    topic: str
    label: str
    note: str
    email: str
    sms: str


class ReachState(ClientState, rx.State):
    """The switches, and where messages go."""

    ready: bool = False
    topics: list[TopicRow] = []
    where: str = ""

    @rx.event
    @allow(Portal.CLIENT)
    async def load(self):
        """What applies now."""
        async with self._looking() as (session, actor):
            await self._show(session, actor)
        self.ready = True

    @rx.event
    @allow(Portal.CLIENT)
    @repeatable("a switch is set to a value")
    async def switch(self, topic: str, channel: str, on: bool):
        """Hear of a topic that way, or no longer."""
        about, way = choice_from(topic, Topic, "topic"), choice_from(channel, Channel, "channel")
        async with self._acting() as (session, actor):
            await choose(session, actor, topic=about, channel=way, on=bool_from(on))
            await self._show(session, actor)

    async def _show(self, session: ReadSession, actor: Actor) -> None:
        choices = await own_choices(session, actor)
        contact = await session.get(Contact, actor.id)
        self.topics = [_row(choice) for choice in choices]
        texts = any(choice.offered.sms for choice in choices) and contact.mobile
        phone = f", texts to {masked_phone(contact.mobile)}" if texts else ""
        self.where = f"E-mails go to {masked_email(contact.email)}{phone}." if contact.email else ""


def _row(choice: TopicChoice) -> TopicRow:
    label, note = TOPIC_WORDS[choice.topic]
    ways = {
        way.value: ("on" if getattr(choice.wanted, way) else "off") if getattr(choice.offered, way) else ""
        for way in Channel
    }
    return TopicRow(topic=choice.topic.value, label=label, note=note, **ways)
