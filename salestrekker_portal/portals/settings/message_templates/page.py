"""Settings, Message templates."""

import reflex as rx

from salestrekker_portal.domains.letters.templates import NAME_LIMIT
from salestrekker_portal.domains.notices.wording import EMAIL_LIMIT, SMS_LIMIT, SUBJECT_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.message_templates.state import MessageTemplatesState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.insert import insert_menu
from salestrekker_portal.ui.marks import icon
from salestrekker_portal.ui.overlay import drawer


@page(
    "/settings/message-templates",
    title="Message templates",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def message_templates_page() -> rx.Component:
    none = feedback.empty(
        title="No templates yet",
        text="Keep the words that your team writes again and again: a first call, a valuation that is booked, a "
        "thank-you after settlement.",
        mark="mail",
    )
    return settings_page(
        rx.cond(S.lines.length() > 0, data.card(data.rows(rx.foreach(S.lines, _line)), flush=True), none),
        _drawer(),
        current="message-templates",
        title="Message templates",
        lead="Words to begin from when somebody presses Write on a deal. Whoever writes can still change them.",
        saved=S.saved,
        end=forms.button("Add template", icon="plus", tone="primary", on_click=S.edit("new")),
        ready=S.ready,
    )


def _line(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    shown = rx.el.div(
        rx.el.div(
            rx.el.span(name, class_name="row-name"),
            rx.el.span(each["note"], class_name="row-note block"),
            class_name="grow breakable",
        ),
        forms.icon_button(name="pencil", label="Change " + name, small=True, on_click=S.edit(key)),
        forms.icon_button(name="trash-2", label="Delete " + name, small=True, on_click=S.ask_remove(key)),
        class_name="row",
    )
    question = feedback.confirm(
        forms.button("Delete template", tone="danger", on_click=S.remove(key)),
        forms.button("Keep it", on_click=S.ask_remove("")),
        title="Delete “" + name + "”?",
        text="Messages that began from it stay as they were sent.",
    )
    return rx.el.li(rx.cond(S.removing == key, question, shown), key=key)


def _drawer() -> rx.Component:
    return drawer(
        rx.el.form(
            rx.el.input(type="hidden", name="template", value=S.editing, read_only=True),
            forms.filled_from(S.facts),
            forms.fields(_head(), _subject(), _email(), _email_shown(), _sms(), _sms_shown()),
            id="template-form",
            on_submit=S.save,
            no_validate=True,
            key="template-" + S.form.to_string(),
        ),
        id="message-template",
        open=S.editing != "",
        on_close=S.close,
        title=rx.cond(S.editing == "new", "New template", "Template"),
        foot=rx.fragment(forms.button("Cancel", on_click=S.close), forms.submit("Save", form="template-form")),
        wide=True,
    )


def _typing(name: str) -> dict:
    return {
        "id": f"template-{name}",
        "name": name,
        "default_value": S.facts[name],
        "error": S.errors[name],
        "on_change": lambda text: S.see(name, text).debounce(350),
    }


def _head() -> rx.Component:
    audience = {**_typing("audience"), "on_change": lambda value: S.see("audience", value)}
    return forms.pair(
        forms.text_input(label="Name", limit=NAME_LIMIT, **_typing("name")),
        forms.select(
            label="Who reads it", choices=[("client", "Clients"), ("partner", "Partners")], blank=None, **audience
        ),
    )


def _subject() -> rx.Component:
    mark = insert_menu(into="template-subject", values=S.email_inserts, label="the subject")
    return forms.text_input(label="Subject", mark=mark, limit=SUBJECT_LIMIT, **_typing("subject"))


def _email() -> rx.Component:
    mark = insert_menu(into="template-email_text", values=S.email_inserts, label="the e-mail")
    return forms.text_area(
        label="E-mail", mark=mark, rows="8", limit=EMAIL_LIMIT,
        help="Empty, it is offered for texts only. Answers go to whoever sends it.", **_typing("email_text"),
    )  # fmt: skip


def _sms() -> rx.Component:
    mark = insert_menu(into="template-sms_text", values=S.sms_inserts, label="the text")
    return forms.text_area(
        label="Text", mark=mark, rows="3", limit=SMS_LIMIT, help="Empty, it is offered for e-mails only.",
        **_typing("sms_text"),
    )  # fmt: skip


def _email_shown() -> rx.Component:
    lines = S.shown["lines"].to(list[str])
    shown = rx.el.section(
        rx.el.div(
            icon("mail"), rx.el.span("As they read it: ", rx.el.b(S.shown["subject"])), class_name="preview-head"
        ),
        rx.el.div(rx.foreach(lines, rx.el.p), class_name="preview-body is-mail stack is-tight"),
        class_name="preview",
        aria_label="Preview of the e-mail",
    )
    return rx.cond(lines.length() > 0, shown, rx.fragment())


def _sms_shown() -> rx.Component:
    shown = rx.el.section(
        rx.el.div(icon("smartphone"), rx.el.span("The text"), class_name="preview-head"),
        rx.el.div(rx.el.p(S.shown["sms"], class_name="bubble"), class_name="preview-body"),
        rx.el.div(rx.el.span(S.shown["size"], class_name="muted"), class_name="preview-foot", role="status"),
        class_name="preview",
        aria_label="Preview of the text",
    )
    return rx.cond(S.shown["sms"] != "", shown, rx.fragment())
