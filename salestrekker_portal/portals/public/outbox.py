"""The on-screen outbox: every e-mail and SMS that would have left, as its recipient would see it."""

from typing import TypedDict

import reflex as rx
from sqlalchemy import select

from salestrekker_portal.config import Mode, settings
from salestrekker_portal.database.session import ReadSession, reading
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, instant_words
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import phone_words, split_address
from salestrekker_portal.portals.events.gate import ANYONE, allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import Channel, OutboxMessage, ShownMessage
from salestrekker_portal.ui import data, feedback, forms, frame, marks
from salestrekker_portal.ui.kinds import optional

MOST_SHOWN = 60


class Paragraph(TypedDict):
    """A paragraph, and the web address that it ends with, if any."""

    words: str
    link: str


class OutboxRow(TypedDict):
    """One message as it is drawn."""

    id: str
    channel: str
    sender: str
    recipient: str
    subject: str
    paragraphs: list[Paragraph]
    link: str
    link_label: str
    # The address of the e-mail as mail programs draw it; "" for an SMS.
    letter: str
    ago: str
    exact: str


class OutboxState(rx.State):
    """The newest messages. Open to anybody in demo and development; to the firm's own staff when embedded."""

    messages: list[OutboxRow] = []
    only: str = "all"
    ready: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self):
        """Subscribe, then read."""
        if settings().mode is Mode.EMBEDDED and await actor_in(Portal.BROKER, self.router.headers.cookie) is None:
            return rx.redirect("/sign-in?next=/outbox")
        subscriptions.watch(self.router.session.client_token, "outbox")
        return OutboxState.refresh

    @rx.event
    @allow(ANYONE)
    async def refresh(self):
        """Read what may be seen from here."""
        if not settings().is_local:
            raise NotFound("page")
        organisation_id = None
        if settings().mode is Mode.EMBEDDED:
            actor = await actor_in(Portal.BROKER, self.router.headers.cookie)
            if actor is None:
                self.messages = []
                return
            organisation_id = actor.organisation_id
        async with reading() as session:
            messages = await _shown(session, organisation_id)
        self.messages, self.ready = messages, True

    @rx.event
    @allow(ANYONE)
    def show_only(self, channel: str):
        """Filter by channel."""
        self.only = channel if channel in ("email", "sms") else "all"


async def _shown(session: ReadSession, organisation_id) -> list[OutboxRow]:
    query = select(ShownMessage).order_by(ShownMessage.created_at.desc()).limit(MOST_SHOWN)
    if organisation_id is not None:
        query = query.join(OutboxMessage, OutboxMessage.id == ShownMessage.message_id).where(
            OutboxMessage.organisation_id == organisation_id
        )
    now = utc_now()
    return [
        OutboxRow(
            id=str(message.id),
            channel=message.channel.value,
            sender=message.sender,
            recipient=_recipient(message),
            subject=message.subject,
            paragraphs=[_line(each) for each in message.paragraphs],
            link=message.link,
            link_label=message.link_label,
            letter=f"/outbox/letter/{message.id}" if message.html else "",
            ago=ago_words(message.created_at, now, "Australia/Sydney"),
            exact=instant_words(message.created_at, "Australia/Sydney"),
        )
        for message in await session.scalars(query)
    ]


def _line(paragraph: str) -> Paragraph:
    words, link = split_address(paragraph)
    return Paragraph(words=words, link=link)


def _recipient(message: ShownMessage) -> str:
    where = phone_words(message.recipient, "AU") if message.channel is Channel.SMS else message.recipient
    return f"{message.recipient_name}, {where}" if message.recipient_name else where


def _head(message: rx.Var[OutboxRow]) -> rx.Component:
    kind = rx.cond(
        message["channel"] == "sms",
        data.badge("SMS", tone="ok", icon="message-square-text"),
        data.badge("E-mail", tone="info", icon="mail"),
    )
    return rx.el.header(
        rx.el.div(
            kind,
            rx.el.time(message["ago"], title=message["exact"], class_name="muted"),
            rx.cond(message["subject"] != "", rx.el.h2(message["subject"], class_name="card-title"), rx.fragment()),
            class_name="outbox-what",
        ),
        rx.el.dl(
            rx.el.div(rx.el.dt("From"), rx.el.dd(message["sender"])),
            rx.el.div(rx.el.dt("To"), rx.el.dd(message["recipient"])),
            class_name="outbox-who",
        ),
        class_name="outbox-head",
    )


def _drawn(line: rx.Var[Paragraph]) -> rx.Component:
    link = rx.cond(line["link"] != "", marks.outside(line["link"], href=line["link"]), rx.fragment())
    return rx.el.p(line["words"], " ", link)


def _body(message: rx.Var[OutboxRow]) -> rx.Component:
    lines = rx.foreach(message["paragraphs"].to(list[Paragraph]), _drawn)
    text = rx.el.div(
        rx.cond(message["channel"] == "sms", rx.el.div(lines, class_name="bubble"), lines),
        rx.cond(
            message["link"] != "",
            # A plain link: it must arrive as it does from a mail program, with a full page load.
            rx.el.p(marks.outside(message["link_label"], href=message["link"], class_name="button is-primary")),
            rx.fragment(),
        ),
        class_name="outbox-text",
    )
    # Fetched when it comes into sight: sixty letters would weigh more than everything else on the page.
    drawn = rx.el.iframe(
        src=message["letter"], title="The e-mail as a mail program draws it", loading="lazy", class_name="outbox-letter"
    )
    return rx.el.div(optional(message["letter"], drawn), text, class_name="card-body outbox-body")


def _article(message: rx.Var[OutboxRow]) -> rx.Component:
    wanted = (OutboxState.only == "all") | (OutboxState.only == message["channel"])
    return rx.cond(
        wanted,
        rx.el.article(_head(message), _body(message), class_name="card outbox-item", key=message["id"]),
        rx.fragment(),
    )


def _filters() -> rx.Component:
    def chosen(value: str, words: str) -> rx.Component:
        return forms.chip(words, on=OutboxState.only == value, on_click=OutboxState.show_only(value))

    return rx.el.div(
        chosen("all", "All"), chosen("email", "E-mails"), chosen("sms", "SMS"), class_name="row outbox-filters"
    )


@page("/outbox", title="Outbox", portal=None, on_load=[OutboxState.load])
def outbox() -> rx.Component:
    nothing = feedback.empty(
        title="Nothing has been sent yet", text="Invite a client from a deal, and the e-mail and SMS appear here."
    )
    return frame.landing_frame(
        frame.page_head(
            title="Outbox",
            lead="Every e-mail and SMS that would have been sent, newest first. Links and PINs work.",
        ),
        _filters(),
        rx.cond(
            OutboxState.ready,
            rx.cond(OutboxState.messages.length() > 0, rx.foreach(OutboxState.messages, _article), nothing),
            feedback.skeleton_card(),
        ),
        live_signal(on_change=OutboxState.refresh),
        firm="Salestrekker Portal",
        end=marks.link(marks.icon("chevron-left"), "Front page", to="/"),
    )
