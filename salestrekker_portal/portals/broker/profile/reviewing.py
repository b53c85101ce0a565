"""Looking through a page of answers: approved, sent back with a note, or filled in for somebody on the phone."""

import reflex as rx

from salestrekker_portal.domains.clients.reviewing import NOTE_LIMIT
from salestrekker_portal.portals.broker.profile.state import BrokerProfileState as S
from salestrekker_portal.ui.data.marks import badge
from salestrekker_portal.ui.forms import button, submit, text_area
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.overlay import modal


def news() -> rx.Component:
    """What others changed since this person looked, with the press that says it is seen."""
    words = rx.el.div(
        badge(S.fresh_words, tone="info", icon="pencil"),
        button("I have seen it", small=True, icon="check", on_click=S.seen),
        class_name="profile-reviewing no-print",
    )
    return rx.el.div(optional(S.fresh_words, words), role="status")


def reviewing() -> rx.Component:
    """Whether this page is approved, what was changed since, and in whose words it is being filled in."""
    approve = button("Approve this page", small=True, icon="check", on_click=S.approve(True))
    again = button("Approve again", small=True, icon="check", on_click=S.approve(True))
    back = button("Take the approval back", small=True, tone="quiet", icon="undo-2", on_click=S.approve(False))
    calls = button("Fill in on the phone", small=True, icon="phone", on_click=S.take_call(True))
    ends = button("End of the call", small=True, icon="phone-off", on_click=S.take_call(False))
    return rx.el.div(
        optional(S.approved, badge(S.approved, tone="ok", icon="check")),
        optional(S.changed_since, badge(S.changed_since, tone="warn", icon="pencil")),
        rx.cond(S.by_phone, badge("What you type is marked “on the phone”.", tone="info", icon="phone"), rx.fragment()),
        rx.el.div(
            rx.cond(S.approved == "", approve, rx.fragment(rx.cond(S.changed_since != "", again, back))),
            rx.cond(S.by_phone, ends, calls),
            class_name="button-row push",
        ),
        class_name="profile-reviewing no-print",
        role="group",
        aria_label="Looking through",
    )


def sending_back() -> rx.Component:
    """The note that a section is sent back with."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="block", value=S.asking_of, read_only=True),
        text_area(
            id="send-back-note",
            name="note",
            label="What should they look at again?",
            help="They read this above the section, and get it as a message, once. They can change the section then.",
            error=S.asking_error,
            limit=NOTE_LIMIT,
            auto_focus=True,
        ),
        rx.el.div(
            submit("Ask again"), button("Cancel", tone="quiet", on_click=S.ask_about("")), class_name="button-row"
        ),
        on_submit=S.send_back,
        key=S.asking_of,
        class_name="stack",
    )
    return modal(
        form,
        id="send-back",
        title=rx.cond(S.asking_title != "", f"Ask again: {S.asking_title}", "Ask again"),
        open=S.asking_of != "",
        on_close=S.ask_about(""),
    )
