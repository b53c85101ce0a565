"""Settings: my account, and password and security."""

import reflex as rx

from salestrekker_portal.domains.signing_in.own_passkeys import PRODUCT
from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, partner_proof
from salestrekker_portal.portals.partner.settings.factor_state import PartnerFactorState, PartnerPasskeysState
from salestrekker_portal.portals.partner.settings.frame import settings_frame
from salestrekker_portal.portals.partner.settings.state import PartnerAccountState, PartnerPasswordState
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.portals.shared.own_factor import WHY, factor_part, ways_on
from salestrekker_portal.portals.shared.own_passkeys import passkeys_part
from salestrekker_portal.portals.shared.sign_ins import sign_ins_list
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.feedback import banner, skeleton_form
from salestrekker_portal.ui.forms import fields, filled_from, pair, select, submit, text_input
from salestrekker_portal.ui.frame import gate_frame
from salestrekker_portal.ui.kinds import optional

PASSKEY = "/session/partner/passkey"
KEYS = PartnerPasskeysState.keys


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
    return card(form, title="Password")


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
    on_load=[*PARTNER_LOADS, PartnerPasswordState.load, PartnerFactorState.load, PartnerPasskeysState.load],
)
def partner_password_page() -> rx.Component:
    asked = banner(
        tone="info",
        text=rx.Var.create("Your broker’s firm asks partners for a second step. You can go on without it for ")
        + PartnerFactorState.days_left
        + ".",
        live=False,
    )
    app = rx.el.div(optional(PartnerFactorState.days_left, asked), factor_part(PartnerFactorState, KEYS))
    body = rx.el.div(
        _password(),
        card(rx.cond(PartnerFactorState.ready, app, skeleton_form(count=1)), title="Second step: authenticator app"),
        card(passkeys_part(PartnerPasskeysState, action=PASSKEY), title="Second step: passkeys"),
        card(sign_ins_list(PartnerPasswordState), title="Where you are signed in", flush=True),
        class_name="stack",
    )
    return settings_frame(body, current="password")


@page(
    "/partner/second-step",
    title="Second step",
    portal=Portal.PARTNER,
    on_load=[PartnerFactorState.load, PartnerPasskeysState.load],
)
def partner_second_step_page() -> rx.Component:
    """Before everything else, where the firm asks its partners for one."""
    body = rx.el.div(
        rx.el.h1("One more lock on your account"),
        rx.el.p(WHY, class_name="page-lead"),
        factor_part(PartnerFactorState, KEYS),
        rx.el.hr(),
        passkeys_part(PartnerPasskeysState, action=PASSKEY),
        ways_on(PartnerFactorState, KEYS),
        class_name="card-body stack is-loose",
    )
    shown = rx.cond(PartnerFactorState.ready, rx.el.div(body, class_name="card"), skeleton_form(count=1))
    return gate_frame(shown, firm=PRODUCT, around=rx.fragment(notice_region(), partner_proof()))
