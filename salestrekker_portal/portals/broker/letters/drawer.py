"""The drawer in which somebody writes an e-mail or a text, with the message as its reader will see it."""

from typing import Any

import reflex as rx

from salestrekker_portal.domains.notices.wording import EMAIL_LIMIT, SMS_LIMIT, SUBJECT_LIMIT
from salestrekker_portal.portals.broker.letters.state import WriteState as S
from salestrekker_portal.ui import forms
from salestrekker_portal.ui.forms.insert import insert_menu
from salestrekker_portal.ui.kinds import Text, optional
from salestrekker_portal.ui.marks import icon, unseen
from salestrekker_portal.ui.overlay import drawer

FORM = "letter-form"
BY_TEXT = S.channel == "sms"


def write_button() -> rx.Component:
    """In the head of a deal."""
    return forms.button("Write", icon="mail", on_click=S.show(""))


def write_to_button(to: Text, *, whom: Text | None = None, **props: Any) -> rx.Component:
    """Beside a person: `to` is their key, `whom` their name where nothing else describes the button."""
    words = rx.fragment() if whom is None else unseen(" to " + whom)
    return forms.button("Write", words, icon="mail", small=True, on_click=S.show(to), **props)


def write_drawer() -> rx.Component:
    """Open while something is being written."""
    return drawer(
        rx.el.div(_way(), _form(), class_name="stack"),
        id="write",
        open=S.shown,
        on_close=S.close,
        title="Write",
        foot=rx.fragment(
            forms.button("Cancel", on_click=S.close),
            forms.submit(icon("send"), rx.cond(BY_TEXT, "Send text", "Send e-mail"), form=FORM),
        ),
        wide=True,
    )


def _form() -> rx.Component:
    hidden = [
        rx.el.input(type="hidden", name=name, value=value, read_only=True)
        for name, value in (("channel", S.channel), ("audience", S.audience), ("template", S.template))
    ]
    return rx.el.form(
        *hidden,
        forms.fields(_readers(), rx.cond(BY_TEXT, rx.fragment(), _subject()), _text(), _shown(), _at_once()),
        id=FORM,
        on_submit=S.send,
        no_validate=True,
        key="letter-" + S.form.to_string(),
    )


def _way() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            forms.segmented_radios(
                label="How", name="way", items=[("email", "E-mail"), ("sms", "Text")], value=S.channel, on_change=S.by
            ),
            forms.segmented_radios(
                label="To whom",
                name="whom",
                items=[("client", "Clients"), ("partner", "Partners")],
                value=S.audience,
                on_change=S.write_to,
            ),
            class_name="row is-wrap",
        ),
        rx.cond(S.templates.length() > 0, _templates(), rx.fragment()),
        class_name="stack is-tight",
    )


def _templates() -> rx.Component:
    return forms.select(
        id="letter-template",
        label="Begin from",
        choices=S.templates,
        blank="No template",
        value=S.template,
        on_change=S.use,
    )


def _readers() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        key = each["key"].to(str)
        return forms.tick(
            id="to-" + key,
            name="to-" + key,
            label=each["name"],
            note=each["note"],
            checked=each["on"].to(bool),
            disabled=~each["can"].to(bool),
            on_change=lambda on: S.choose(key, on),
            key=key,
        )

    nobody = rx.el.p("No partner follows this deal.", class_name="small muted")
    # Whom something goes to is never brought back from an earlier day.
    return rx.el.div(
        forms.ticks(
            rx.cond(S.readers.length() > 0, rx.foreach(S.readers, one), nobody),
            id="letter-to",
            label="To",
            error=S.errors["to"],
        ),
        custom_attrs={"data-keep": "no"},
    )


def _subject() -> rx.Component:
    return forms.text_input(
        id="letter-subject",
        name="subject",
        label="Subject",
        default_value=S.begins["subject"],
        error=S.errors["subject"],
        limit=SUBJECT_LIMIT,
        mark=insert_menu(into="letter-subject", values=S.inserts, label="the subject"),
        on_change=lambda text: S.see("subject", text).debounce(350),
    )


def _text() -> rx.Component:
    more = {
        "name": "text",
        "default_value": S.begins["text"],
        "error": S.errors["text"],
        "on_change": lambda text: S.see("text", text).debounce(350),
    }
    mark = insert_menu(into="letter-text", values=S.inserts, label="the message")
    mail = forms.text_area(
        id="letter-text", label="E-mail", rows="10", limit=EMAIL_LIMIT, mark=mark,
        help="Answers come to you. Never write a PIN, a password or a bank account in it.", **more,
    )  # fmt: skip
    sms = forms.text_area(
        id="letter-text", label="Text", rows="4", limit=SMS_LIMIT, mark=mark,
        help="Nobody can answer a text: say how to reach you.", **more,
    )  # fmt: skip
    return rx.cond(BY_TEXT, sms, mail)


def _shown() -> rx.Component:
    """As one of them reads it; with several, a press on a name shows theirs."""
    whose = rx.foreach(
        S.readers,
        lambda each: rx.cond(
            each["on"].to(bool),
            forms.chip(
                each["name"], on=S.seen["whom"] == each["name"], on_click=S.look_as(each["key"].to(str)),
                key=each["key"],
            ),
            rx.fragment(),
        ),
    )  # fmt: skip
    head = rx.el.div(
        rx.cond(BY_TEXT, icon("smartphone"), icon("mail")),
        rx.el.span("As ", S.seen["whom"], " reads it", optional(S.seen["subject"], rx.el.b(": ", S.seen["subject"]))),
        class_name="preview-head",
    )
    lines = S.seen["lines"].to(list[str])
    sms = rx.foreach(lines, lambda line: rx.el.p(line, class_name="bubble lines"))
    mail = rx.foreach(lines, lambda line: rx.el.p(line, class_name="lines"))
    body = rx.el.div(
        rx.cond(BY_TEXT, sms, mail),
        class_name=rx.cond(BY_TEXT, "preview-body", "preview-body is-mail stack is-tight"),
    )
    foot = rx.el.div(
        rx.el.span(S.seen["size"], class_name="muted"),
        rx.el.span(S.seen["cost"], class_name="push"),
        rx.el.span(S.seen["left"], class_name="muted"),
        class_name="preview-foot",
        role="status",
    )
    shown = rx.el.section(
        head, body, rx.cond(BY_TEXT, foot, rx.fragment()), class_name="preview", aria_label="Preview of the message"
    )
    several = rx.cond(
        S.seen["several"].to(bool), rx.el.div(whose, class_name="row is-wrap is-tight", role="group",
                                          aria_label="Read it as"), rx.fragment(),
    )  # fmt: skip
    return rx.cond(S.seen["whom"] != "", rx.el.div(several, shown, class_name="stack is-tight"), rx.fragment())


def _at_once() -> rx.Component:
    """Who is asleep now, and when theirs leaves; and a way not to wait while most people are still up."""
    waits = S.seen["waits"].to(list[str])
    said = rx.el.div(
        rx.foreach(waits, lambda line: rx.el.p(icon("clock", size=14), " ", line, class_name="small")),
        role="status",
        class_name="stack is-tight",
    )
    tick = forms.tick(
        id="letter-at-once",
        name="at_once",
        label="Send it now all the same",
        note="Nobody is texted between 10 in the evening and 7 in the morning.",
        checked=S.at_once,
        on_change=S.set_at_once,
    )
    may = S.seen["may_now"].to(bool)
    return rx.cond(
        BY_TEXT,
        rx.el.div(
            rx.cond(waits.length() > 0, said, rx.fragment()),
            rx.cond(may, rx.el.div(tick, custom_attrs={"data-keep": "no"}), rx.fragment()),
            class_name="stack is-tight",
        ),
        rx.fragment(),
    )
