"""Settings, Required document lists."""

import reflex as rx

from salestrekker_portal.domains.documents.lists import NAME_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.document_lists.state import DocumentListsState as S
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.overlay import drawer


@page(
    "/settings/document-lists",
    title="Required document lists",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def document_lists_page() -> rx.Component:
    none = rx.el.p("None yet. Add one, or copy one of ours below.", class_name="muted card-body")
    own = rx.cond(S.own.length() > 0, data.rows(rx.foreach(S.own, _own)), none)
    return settings_page(
        data.card(own, title="Your lists", flush=True),
        data.card(data.rows(rx.foreach(S.ours, _ours)), title="Lists that come with the portal", flush=True),
        _form(),
        current="document-lists",
        title="Required document lists",
        lead="Ready lists to ask for in a deal. A deal that asked already keeps what it asked for.",
        saved=S.saved,
        ready=S.ready,
        end=forms.button("Add list", icon="plus", tone="primary", on_click=S.edit("")),
    )


def _words(each: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.h3(each["name"], class_name="row-name"),
        rx.el.p(each["facts"], class_name="row-note"),
        class_name="grow breakable",
    )


def _ours(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    copy = forms.icon_button(name="copy", label="Copy and change " + name, small=True, on_click=S.edit(key))
    return rx.el.li(rx.el.div(_words(each), copy, class_name="row"), key=key)


def _own(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    question = feedback.confirm(
        forms.button("Delete list", tone="danger", on_click=S.remove(key)),
        forms.button("Keep it", on_click=S.close),
        title="Delete “" + name + "”?",
        text="Deals that asked for its documents keep their requests.",
        show=S.removing == key,
    )
    acts = rx.el.div(
        forms.icon_button(name="pencil", label="Change " + name, small=True, on_click=S.edit(key)),
        forms.icon_button(name="trash-2", label="Delete " + name, small=True, on_click=S.ask_remove(key)),
        class_name="row is-tight",
    )
    return rx.el.li(rx.el.div(_words(each), acts, class_name="row"), question, key=key)


def _form() -> rx.Component:
    form = rx.el.form(
        forms.fields(
            rx.el.input(type="hidden", name="list", value=S.draft["id"]),
            forms.filled_from(S.draft),
            forms.text_input(
                id="list-name",
                name="name",
                label="Name",
                default_value=S.draft["name"],
                error=S.errors["name"],
                limit=NAME_LIMIT,
            ),
            forms.text_area(
                id="list-lines",
                name="lines",
                label="Documents",
                help="One a line: name | why you ask for it | one for all. The last two may be left out; without "
                "“one for all” each applicant sends their own.",
                rows="14",
                default_value=S.draft["lines"],
                error=S.errors["lines"],
            ),
            rx.el.div(forms.submit("Save list"), forms.button("Cancel", on_click=S.close), class_name="button-row"),
        ),
        on_submit=S.save,
        no_validate=True,
    )
    title = rx.cond(S.draft["id"] != "", "Change list", "Add list")
    return drawer(form, id="list", open=S.open, on_close=S.close, title=title, wide=True)
