"""The timeline of a deal."""

from datetime import datetime
from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.queries import PAGE_SIZE, activity_of_deal
from salestrekker_portal.domains.activity.sentences import sentence_of, who_did
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.letters.taking_back import may_take_back, take_back
from salestrekker_portal.domains.notifications.again import message_again, send_again, why_not_again
from salestrekker_portal.domains.notifications.log import Told, kind_words, told_about
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, day_words, instant_words, local, time_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.outbox import Channel, OutboxMessage

KINDS = {"broker": "Brokerage", "client": "Client", "partner": "Partner", "system": "Portal"}


class Deed(TypedDict):
    """One thing that happened, as it is read."""

    id: str
    initials: str
    who: str
    words: str
    when_at: str
    exact: str
    day: str
    kind: str


def deed_of(activity: Activity, actor: Actor) -> Deed:
    """A row of the timeline in words, in the reader's time zone."""
    name = activity.actor_name or "Portal"
    return {
        "id": str(activity.id),
        "initials": initials(name),
        "who": who_did(activity, you=actor.id),
        "words": f"{who_did(activity, you=actor.id)} {sentence_of(activity)}",
        "when_at": ago_words(activity.created_at, utc_now(), actor.time_zone),
        "exact": instant_words(activity.created_at, actor.time_zone),
        "day": day_words(local(activity.created_at, actor.time_zone).date()),
        "kind": KINDS.get(activity.actor_kind, ""),
    }


class ToldRow(TypedDict):
    """One message, as it is read."""

    id: str
    what: str
    to: str
    when_at: str
    exact: str
    status: str
    why: str
    cost: str


def told_row(told: Told, actor: Actor) -> ToldRow:
    """A message that was sent, or was not, in the reader's time zone."""
    way = {Channel.EMAIL: "by e-mail", Channel.SMS: "by SMS"}.get(told.channel, "")
    on = day_words(local(told.at, actor.time_zone).date())
    return {
        "id": str(told.id),
        "what": told.what,
        "to": " ".join(each for each in ("to", told.to, way) if each),
        "when_at": f"{on}, {time_words(told.at, actor.time_zone)}",
        "exact": instant_words(told.at, actor.time_zone),
        "status": told.status,
        "why": told.why,
        "cost": "" if not told.credits else "1 credit" if told.credits == 1 else f"{told.credits} credits",
    }


class MessageShown(TypedDict):
    """A message that is read again; `why_not` says why it can't be sent again, `waits` that it can be taken back. No
    `id`: none is open."""

    id: str
    what: str
    to: str
    subject: str
    lines: list[str]
    why_not: str
    waits: bool


NO_MESSAGE = MessageShown(id="", what="", to="", subject="", lines=[], why_not="", waits=False)


class ActivityState(BrokerState, rx.State):
    """What happened in the deal at this address, newest first; with ?show=messages, what people were told."""

    view: str = "?show=all"
    messages: list[ToldRow] = []
    deeds: list[Deed] = []
    loaded_id: str = ""
    has_older: bool = False
    message: MessageShown = NO_MESSAGE
    _oldest: datetime | None = None

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the newest rows again."""
        self.view = "?show=messages" if self._query("show") == "messages" else "?show=all"
        try:
            if self.view == "?show=messages":
                await self._read_messages()
                return
            self._show(await self._read(None), older=False)
        except NotFound:  # the frame says so
            self.deeds, self.loaded_id = [], ""

    @rx.event
    @allow(Portal.BROKER)
    async def read(self, message_id: str):
        """Open a message as it was read, without its secrets; an empty id closes it."""
        self.message = NO_MESSAGE
        if message_id:
            async with self._looking() as (session, actor):
                key, deal_id = uuid_from(message_id, "message"), self._path_id(1, "deal")
                sent, content = await message_again(session, actor, deal_id, key)
                self.message = _shown_again(sent, content)

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def send_again(self):
        """The open message once more, to the same person."""
        key, deal_id = uuid_from(self.message["id"], "message"), self._path_id(1, "deal")
        async with self._acting() as (session, actor):
            to = await send_again(session, actor, deal_id, key)
        self.message = NO_MESSAGE
        return [ActivityState.load, Notices.tell(f"On its way to {to} again.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def take_back(self):
        """The open message never leaves: it was written by hand and still waits."""
        key, deal_id = uuid_from(self.message["id"], "message"), self._path_id(1, "deal")
        async with self._acting() as (session, actor):
            to = await take_back(session, actor, deal_id, key)
        self.message = NO_MESSAGE
        return [ActivityState.load, Notices.tell(f"Taken back. {to} gets nothing.")]

    @rx.event
    @allow(Portal.BROKER)
    async def load_older(self):
        """Read on, further back."""
        self._show(await self._read(self._oldest), older=True)

    async def _read(self, before: datetime | None) -> list[tuple[Activity, Deed]]:
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
            rows = await activity_of_deal(session, deal.id, before=before)
        self.loaded_id = str(deal.id)
        return [(row, _timed(deed_of(row, actor), row, actor)) for row in rows]

    async def _read_messages(self) -> None:
        deal_id = self._path_id(1, "deal")
        async with self._looking() as (session, actor):
            self.messages = [told_row(each, actor) for each in await told_about(session, actor, deal_id)]
        self.loaded_id = str(deal_id)

    def _show(self, rows: list[tuple[Activity, Deed]], *, older: bool) -> None:
        deeds = [deed for _, deed in rows]
        self.deeds = [*self.get_value("deeds"), *deeds] if older else deeds
        # At most one press too many, on a timeline that ends with a full page; counting would cost a second look.
        self.has_older = len(rows) == PAGE_SIZE
        self._oldest = rows[-1][0].created_at if rows else None


def _shown_again(sent: OutboxMessage, content: Content) -> MessageShown:
    facts = [f"{name}: {value}" for name, value in content.facts]
    button = [f"[{content.link_label}]"] if content.link_label else []
    return MessageShown(
        id=str(sent.id),
        what=kind_words(sent.kind),
        to=f"{sent.recipient_name}, {sent.recipient}",
        subject=content.subject,
        lines=[*content.paragraphs, *facts, *button],
        why_not=why_not_again(sent),
        waits=may_take_back(sent),
    )


def _timed(deed: Deed, activity: Activity, actor: Actor) -> Deed:
    """The timeline shows the day and the time; a short list shows how long ago."""
    return {**deed, "when_at": f"{deed['day']}, {time_words(activity.created_at, actor.time_zone)}"}
