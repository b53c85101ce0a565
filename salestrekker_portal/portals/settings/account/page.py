"""Settings, My details: name, mobile, password."""

import reflex as rx

from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.account.state import MyDetailsState as S
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms


@page(
    "/settings/my-details",
    title="My details",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def my_details_page() -> rx.Component:
    return settings_page(
        data.card(_details()),
        data.card(_password(), title="Password"),
        rx.cond(S.firms, _firms(), rx.fragment()),
        current="my-details",
        title="My details",
        lead="What your clients and colleagues read, and how you sign in.",
        saved=S.saved,
        ready=S.ready,
        admin=False,
    )


def _text(name: str, label: str, **more) -> rx.Component:
    return forms.text_input(
        id=name, name=name, label=label, default_value=S.details[name], error=S.errors[name], **more
    )


def _details() -> rx.Component:
    return rx.el.form(
        forms.filled_from(S.details),
        forms.fields(
            forms.pair(
                _text("first_name", "First name", auto_complete="given-name", limit=PERSON_LIMIT),
                _text("last_name", "Last name", auto_complete="family-name", limit=PERSON_LIMIT),
            ),
            forms.pair(
                _text(
                    "mobile",
                    "Mobile",
                    type="tel",
                    auto_complete="tel",
                    help="A client can’t have the same number: an SMS from a number to itself is lost.",
                ),
                _text("email", "E-mail", type="email", read_only=True, help="How you sign in. It can’t be changed."),
            ),
            rx.el.div(forms.submit("Save"), class_name="button-row"),
        ),
        on_submit=S.save,
        no_validate=True,
        key="details-" + S.form.to_string(),
    )


def _firms() -> rx.Component:
    return data.card(data.rows(rx.foreach(S.firms, _firm)), title="Your firms", flush=True)


def _firm(each: rx.Var) -> rx.Component:
    name, key = each["name"].to(str), each["id"].to(str)
    go = forms.button("Work here", small=True, on_click=S.go_to(key), aria_label="Work at " + name)
    there = rx.el.span("You are here", class_name="row-note")
    words = rx.el.strong(name, class_name="grow breakable")
    return rx.el.li(rx.el.div(words, rx.cond(each["is_here"], there, go), class_name="row"), key=key)


def _password() -> rx.Component:
    def secret(name: str, label: str, hint: str, **more) -> rx.Component:
        return forms.text_input(
            id=name, name=name, label=label, type="password", auto_complete=hint, error=S.errors[name], **more
        )

    return rx.el.form(
        forms.fields(
            secret("current", "Password now", "current-password"),
            secret(
                "password",
                "New password",
                "new-password",
                help="At least 12 characters. A few words in a row work well.",
            ),
            rx.el.div(forms.submit("Change password", tone="second"), class_name="button-row"),
        ),
        on_submit=S.change_password,
        no_validate=True,
        key="password-" + S.form.to_string(),
    )
