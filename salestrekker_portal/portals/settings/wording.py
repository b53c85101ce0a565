"""The drawer in which a message gets its words, with the message as its reader would see it: for clients, partners."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from salestrekker_portal.domains.notices.wording import EMAIL_LIMIT, SMS_LIMIT, SUBJECT_LIMIT
from salestrekker_portal.ui import feedback, forms
from salestrekker_portal.ui.forms.insert import insert_menu
from salestrekker_portal.ui.kinds import Child, optional
from salestrekker_portal.ui.marks import icon, outside
from salestrekker_portal.ui.overlay import ask_first, drawer


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the drawer says of its messages: who reads them, where their button leads, when a text goes."""

    reader: str
    button_to: str
    sms_goes: str


FORM = "wording-form"


def wording_fields(M: Any, said: Said) -> rx.Component:
    """The boxes of a message with its previews, inside the form of `M.save`. `M` is a State with `draft`, `shown`,
    `errors`, `form`, the values to insert, and `see`, `send_test`, `standard`, `close`.
    """
    email = rx.fragment(_subject(M, said), _email(M, said), _mail_shown(M, said))
    return forms.fields(
        rx.cond(M.draft["has_email"], email, rx.fragment()),
        rx.cond(M.draft["has_sms"], rx.fragment(_sms(M, said), _sms_shown(M)), rx.fragment()),
    )


def wording_drawer(M: Any, form: rx.Component, *, back: Child) -> rx.Component:
    """Open while a message is being written. `back` stands beside “Use the standard wording”."""
    return drawer(
        rx.el.p(M.draft["about"], class_name="muted"),
        rx.cond(M.may_edit, rx.fragment(), _locked()),
        form,
        id="wording",
        open=M.draft["key"] != "",
        on_close=M.close,
        title=M.draft["title"],
        foot=rx.cond(M.may_edit, _foot(M, back), forms.button("Close", on_click=M.close)),
        wide=True,
    )


def _locked() -> rx.Component:
    return feedback.banner(tone="locked", text="Only a broker or an admin changes these words.", live=False)


def _foot(M: Any, back: Child) -> rx.Component:
    standard = rx.cond(
        M.draft["has_own_words"],
        ask_first(
            forms.button("Use the standard wording", tone="danger", on_click=M.standard(M.draft["key"])),
            press=forms.looks_like_button("Use the standard wording", tone="quiet"),
            title="Use the standard wording?",
            text="The wording that stands here is removed.",
        ),
        rx.fragment(),
    )
    return rx.fragment(
        rx.el.span(standard, back),
        rx.cond(M.draft["has_email"], forms.button("Send me a test", icon="send", on_click=M.send_test), rx.fragment()),
        forms.button("Cancel", on_click=M.close),
        forms.submit("Save", form=FORM),
    )


def _typing(M: Any, name: str) -> dict:
    return {
        "id": f"wording-{name}",
        "name": name,
        "default_value": M.draft[name],
        "error": M.errors[name],
        "read_only": ~M.may_edit,
        "on_change": lambda text: M.see(name, text).debounce(350),
    }


def _insert(M: Any, name: str, values: rx.Var, label: str) -> rx.Component:
    return rx.cond(M.may_edit, insert_menu(into=f"wording-{name}", values=values, label=label), rx.fragment())


def _subject(M: Any, said: Said) -> rx.Component:
    mark = _insert(M, "subject", M.subject_inserts, "the subject")
    return forms.text_input(label="Subject", mark=mark, limit=SUBJECT_LIMIT, **_typing(M, "subject"))


def _email(M: Any, said: Said) -> rx.Component:
    return forms.text_area(
        label="E-mail",
        mark=_insert(M, "email_text", M.email_inserts, "the e-mail"),
        help=f"Each line is a paragraph. The button to {said.button_to} is always there.",
        rows="9",
        limit=EMAIL_LIMIT,
        **_typing(M, "email_text"),
    )


def _sms(M: Any, said: Said) -> rx.Component:
    return forms.text_area(
        label="SMS",
        mark=_insert(M, "sms_text", M.sms_inserts, "the SMS"),
        help=rx.cond(
            M.draft["has_email"],
            said.sms_goes,
            "It always has the PIN, and has to fit into one SMS.",
        ),
        rows="3",
        limit=SMS_LIMIT,
        **_typing(M, "sms_text"),
    )


def _mail_shown(M: Any, said: Said) -> rx.Component:
    return rx.el.section(
        rx.el.div(icon("mail"), rx.el.span("As the ", said.reader, " reads it: ", rx.el.b(M.shown["subject"])),
                  class_name="preview-head"),
        rx.el.div(
            rx.foreach(M.shown["before"], rx.el.p),
            rx.el.p(rx.el.span(M.shown["button"], class_name="button is-primary is-shown")),
            rx.foreach(M.shown["after"], rx.el.p),
            class_name="preview-body is-mail stack is-tight",
        ),
        optional(
            M.drawn,
            rx.el.p(
                outside("See it as a mail program draws it (new tab)", href=M.drawn, target="_blank"),
                class_name="preview-foot",
            ),
        ),
        class_name="preview",
        aria_label="Preview of the e-mail",
    )  # fmt: skip


def _sms_shown(M: Any) -> rx.Component:
    return rx.el.section(
        rx.el.div(icon("smartphone"), rx.el.span("The SMS"), class_name="preview-head"),
        rx.el.div(rx.el.p(M.shown["sms"], class_name="bubble"), class_name="preview-body"),
        rx.el.div(
            rx.el.span(M.shown["size"], class_name="muted"),
            rx.el.span(M.shown["cost"], class_name="push"),
            class_name="preview-foot",
            role="status",
        ),
        class_name="preview",
        aria_label="Preview of the SMS",
    )
