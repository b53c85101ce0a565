"""The dialog in which a message gets its words, with the message as its reader would see it."""

import reflex as rx

from salestrekker_portal.domains.notices.wording import EMAIL_LIMIT, SMS_LIMIT, SUBJECT_LIMIT
from salestrekker_portal.portals.settings.client_portal.messages_state import ClientMessagesState as M
from salestrekker_portal.ui import feedback, forms
from salestrekker_portal.ui.forms.insert import insert_menu
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import ask_first, drawer

DRAFT, SHOWN = M.draft, M.shown


def wording_dialog() -> rx.Component:
    """Open while a message is being written."""
    return drawer(
        rx.el.p(DRAFT["about"], class_name="muted"),
        rx.cond(M.may_edit, rx.fragment(), _locked()),
        rx.el.form(
            rx.el.input(type="hidden", name="key", value=DRAFT["key"]),
            forms.filled_from(DRAFT),
            forms.fields(
                rx.cond(DRAFT["has_email"], rx.fragment(_subject(), _email(), _mail_shown()), rx.fragment()),
                rx.cond(DRAFT["has_sms"], rx.fragment(_sms(), _sms_shown()), rx.fragment()),
            ),
            id="wording-form",
            on_submit=M.save,
            no_validate=True,
            key="wording-" + M.form.to_string(),
        ),
        id="wording",
        open=DRAFT["key"] != "",
        on_close=M.close,
        title=DRAFT["title"],
        foot=rx.cond(M.may_edit, _foot(), forms.button("Close", on_click=M.close)),
        wide=True,
    )


def _locked() -> rx.Component:
    return feedback.banner(tone="locked", text="Only a broker or an admin changes these words.", live=False)


def _foot() -> rx.Component:
    back = rx.el.span(
        rx.cond(
            DRAFT["has_own_words"],
            ask_first(
                forms.button("Use the standard wording", tone="danger", on_click=M.standard(DRAFT["key"])),
                press=forms.looks_like_button("Use the standard wording", tone="quiet"),
                title="Use the standard wording?",
                text="The wording that stands here is removed.",
            ),
            rx.fragment(),
        ),
        rx.cond(
            DRAFT["is_mine"],
            ask_first(
                forms.button("Use the organisation’s", tone="danger", on_click=M.follow(DRAFT["key"])),
                press=forms.looks_like_button("Use the organisation’s", tone="quiet"),
                title="Use the organisation’s wording?",
                text="The wording of your own is removed.",
            ),
            rx.fragment(),
        ),
    )
    return rx.fragment(
        back,
        rx.cond(DRAFT["has_email"], forms.button("Send me a test", icon="send", on_click=M.send_test), rx.fragment()),
        forms.button("Cancel", on_click=M.close),
        forms.submit("Save", form="wording-form"),
    )


def _typing(name: str) -> dict:
    return {
        "id": f"wording-{name}",
        "name": name,
        "default_value": DRAFT[name],
        "error": M.errors[name],
        "read_only": ~M.may_edit,
        "on_change": lambda text: M.see(name, text).debounce(350),
    }


def _insert(name: str, values: rx.Var, label: str) -> rx.Component:
    return rx.cond(M.may_edit, insert_menu(into=f"wording-{name}", values=values, label=label), rx.fragment())


def _subject() -> rx.Component:
    mark = _insert("subject", M.subject_inserts, "the subject")
    return forms.text_input(label="Subject", mark=mark, limit=SUBJECT_LIMIT, **_typing("subject"))


def _email() -> rx.Component:
    return forms.text_area(
        label="E-mail",
        mark=_insert("email_text", M.email_inserts, "the e-mail"),
        help="Each line is a paragraph. The button to their page is always there.",
        rows="9",
        limit=EMAIL_LIMIT,
        **_typing("email_text"),
    )


def _sms() -> rx.Component:
    return forms.text_area(
        label="SMS",
        mark=_insert("sms_text", M.sms_inserts, "the SMS"),
        help=rx.cond(
            DRAFT["has_email"],
            "Sent where SMS is ticked. It never has a link: the link and the PIN travel separately.",
            "It always has the PIN, and has to fit into one SMS.",
        ),
        rows="3",
        limit=SMS_LIMIT,
        **_typing("sms_text"),
    )


def _mail_shown() -> rx.Component:
    return rx.el.section(
        rx.el.div(icon("mail"), rx.el.span("As the client reads it: ", rx.el.b(SHOWN["subject"])),
                  class_name="preview-head"),
        rx.el.div(
            rx.foreach(SHOWN["before"], rx.el.p),
            rx.el.p(rx.el.span(SHOWN["button"], class_name="button is-primary is-shown")),
            rx.foreach(SHOWN["after"], rx.el.p),
            class_name="preview-body is-mail stack is-tight",
        ),
        class_name="preview",
        aria_label="Preview of the e-mail",
    )  # fmt: skip


def _sms_shown() -> rx.Component:
    return rx.el.section(
        rx.el.div(icon("smartphone"), rx.el.span("The SMS"), class_name="preview-head"),
        rx.el.div(rx.el.p(SHOWN["sms"], class_name="bubble"), class_name="preview-body"),
        rx.el.div(
            rx.el.span(SHOWN["size"], class_name="muted"),
            rx.el.span(SHOWN["cost"], class_name="push"),
            class_name="preview-foot",
            role="status",
        ),
        class_name="preview",
        aria_label="Preview of the SMS",
    )
