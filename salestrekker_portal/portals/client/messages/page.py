"""Messages between the client and their broker."""

import reflex as rx

from salestrekker_portal.domains.notes.service import MOST_LETTERS
from salestrekker_portal.portals.client.frame import ClientShell, client_page
from salestrekker_portal.portals.client.messages.state import MessagesState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.note_files import attaching, files_under
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import avatar
from salestrekker_portal.ui.feedback import empty, skeleton_rows
from salestrekker_portal.ui.forms import submit, text_area
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon


def message(row: rx.Var) -> rx.Component:
    """One message in its place in the thread; one's own stand at the right."""
    bubble = rx.el.div(
        rx.cond(row["mine"], rx.fragment(), avatar(row["initials"], size="small", tone="accent")),
        rx.el.div(rx.el.b(row["author"]), rx.el.time(row["at"], title=row["exact"]), class_name="msg-by"),
        rx.el.div(row["text"], files_under(row["files"]), class_name="msg-body"),
        class_name=["msg", when(row["mine"], "is-mine")],
    )
    return rx.fragment(
        optional(row["day"], rx.el.p(row["day"], class_name="day")),
        rx.cond(row["is_first_new"], rx.el.p("New", class_name="day is-new"), rx.fragment()),
        bubble,
        key=row["id"],
    )


def _composer() -> rx.Component:
    field = text_area(
        id="message",
        name="text",
        label="Message",
        rows="2",
        error=S.error,
        key=S.sent.to_string() + S.draft,
        default_value=S.draft,
        limit=MOST_LETTERS,
        placeholder=rx.Var.create("Write to ") + S.broker_first,
    )
    clip = attaching(
        S.drafts,
        box="message",
        fields={"portal": "client", "with": "note"},
        known=S.known,
        on_done=S.load,
        on_discard=S.leave_out,
        hint=S.broker_first + " gets them with the message. They are under Documents then.",
    )
    return rx.el.form(
        rx.el.div(field, submit(icon("send"), "Send"), class_name="composer-in"),
        rx.cond(S.may_attach, clip, rx.fragment()),
        on_submit=S.send,
        class_name="composer",
    )


@page("/portal/messages", title="Messages", portal=Portal.CLIENT, on_load=[ClientShell.load, S.load])
def messages_page() -> rx.Component:
    none = empty(
        title="No messages yet",
        text="Ask anything about your application. You and your " + ClientShell.broker_word + "’s team see it here.",
        mark="message-circle",
    )
    thread = rx.el.div(
        rx.foreach(S.messages, message), class_name="thread", role="log", aria_label="Conversation", aria_live="polite"
    )
    body = rx.el.div(
        page_head(title="Messages", lead=S.lead),
        rx.cond(S.messages.length() > 0, thread, none),
        _composer(),
        class_name="reading-width",
    )
    return client_page(rx.cond(S.ready, body, skeleton_rows()), current="messages", on_change=S.load)
