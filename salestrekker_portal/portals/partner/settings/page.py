"""Settings: my account, and password and security."""

import reflex as rx

from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS
from salestrekker_portal.portals.partner.settings.frame import settings_frame
from salestrekker_portal.portals.partner.settings.state import PartnerAccountState, PartnerPasswordState
from salestrekker_portal.portals.shared.sign_ins import sign_ins_list
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import skeleton_form
from salestrekker_portal.ui.forms import fields, filled_from, pair, select, submit, text_input


def _text(name: str, label: str, **more) -> rx.Component:
    kept = PartnerAccountState.account[name]
    return text_input(
        id=name, name=name, label=label, default_value=kept, error=PartnerAccountState.errors[name], **more
    )


def _account() -> rx.Component:
    country = select(
        id="country",
        name="country",
        label="Country",
        choices=[("AU", "Australia"), ("NZ", "New Zealand")],
        blank=None,
        default_value=PartnerAccountState.account["country"],
        error=PartnerAccountState.errors["country"],
    )
    form = rx.el.form(
        filled_from(PartnerAccountState.account),
        fields(
            pair(
                _text("first_name", "First name", auto_complete="given-name", limit=PERSON_LIMIT),
                _text("last_name", "Last name", auto_complete="family-name", limit=PERSON_LIMIT),
            ),
            pair(country, _text("phone", "Phone", type="tel", auto_complete="tel")),
            _text(
                "email",
                "Email",
                type="email",
                read_only=True,
                help="Your e-mail is how you sign in and can't be changed. Ask your broker for a new invitation.",
            ),
            rx.el.div(submit("Save"), class_name="button-row"),
        ),
        on_submit=PartnerAccountState.save,
        no_validate=True,
        key="account-" + PartnerAccountState.form.to_string(),
    )
    return card(rx.cond(PartnerAccountState.ready, form, skeleton_form()), title="My account")


def _password() -> rx.Component:
    errors = PartnerPasswordState.errors
    form = rx.el.form(
        fields(
            text_input(
                id="current",
                name="current",
                label="Password now",
                type="password",
                auto_complete="current-password",
                error=errors["current"],
            ),
            text_input(
                id="password",
                name="password",
                label="New password",
                type="password",
                auto_complete="new-password",
                help="At least 12 characters. A few words in a row work well.",
                error=errors["password"],
            ),
            rx.el.div(submit("Change password"), class_name="button-row"),
        ),
        on_submit=PartnerPasswordState.save,
        no_validate=True,
        key="password-" + PartnerPasswordState.form.to_string(),
    )
    return card(form, title="Password and security")


def _account_page() -> rx.Component:
    return settings_frame(_account(), current="account")


for _route in ("/partner/settings", "/partner/settings/account"):
    page(
        _route,
        title="My account",
        portal=Portal.PARTNER,
        on_load=[*PARTNER_LOADS, PartnerAccountState.load],
    )(_account_page)


@page(
    "/partner/settings/password",
    title="Password and security",
    portal=Portal.PARTNER,
    on_load=[*PARTNER_LOADS, PartnerPasswordState.load],
)
def partner_password_page() -> rx.Component:
    where = card(sign_ins_list(PartnerPasswordState), title="Where you are signed in", flush=True)
    return settings_frame(rx.el.div(_password(), where, class_name="stack"), current="password")
