"""Settings, Details and branding."""

import reflex as rx

from salestrekker_portal.domains.firm.details import LIMITS
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.organisation.state import OrganisationState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.overlay import ask_first


@page(
    "/settings/organisation",
    title="Details and branding",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def organisation_page() -> rx.Component:
    form = rx.el.form(
        forms.filled_from(S.details),
        forms.fields(
            _text("name", "Name", help="What clients and partners read."),
            forms.pair(
                _text("phone", "Phone", type="tel", help="On every client’s page, to call you back."),
                _text("email", "E-mail", type="email"),
            ),
            forms.pair(
                _text("business_number", S.number_name, help="Its digits are checked."),
                _text("website", "Website", type="url", placeholder="https://"),
            ),
            _text("address", "Address", kind=forms.address_input, land=S.land, help="At the foot of clients’ pages."),
            _text("licence", "Licence", help="For example, Australian Credit Licence 123456, or your FSP number."),
            _text(
                "theme_colour",
                "Theme colour",
                help="Six letters or digits after a #. White words must be readable on it. Leave it empty for ours.",
                mark=_swatch(),
                placeholder="#0f6b66",
            ),
            rx.el.div(forms.submit("Save"), class_name="button-row"),
        ),
        on_submit=S.save,
        no_validate=True,
        key="details-" + S.form.to_string(),
    )
    return settings_page(
        data.card(form),
        _logo(),
        current="organisation",
        title="Details and branding",
        lead="Who clients and partners see behind the portal.",
        saved=S.saved,
        ready=S.ready,
    )


def _logo() -> rx.Component:
    shown = rx.el.div(
        rx.el.img(src=S.logo, alt="The logo that clients see", class_name="logo-shown"),
        ask_first(
            post_form(forms.submit("Remove logo", tone="danger"), action="/session/logo/remove"),
            press=forms.looks_like_button("Remove", tone="quiet"),
            title="Remove the logo?",
            text="Clients and partners see our mark beside your name instead.",
        ),
        class_name="row is-wrap",
    )
    none = rx.el.p("None yet: clients see our mark beside your name.", class_name="muted")
    form = post_form(
        forms.text_input(
            id="logo",
            name="logo",
            label=rx.cond(S.logo != "", "Another picture", "Picture"),
            type="file",
            help="PNG or JPEG, at most 2 MB. Wide ones read best; we make it small.",
            error=S.logo_error,
            accept="image/png,image/jpeg",
        ),
        rx.el.div(forms.submit("Use this logo", tone="second"), class_name="button-row"),
        action="/session/logo",
        enc_type="multipart/form-data",
        class_name="fields",
    )
    lead = rx.el.p(
        "On clients’ and partners’ pages, and in e-mails. Mail programs that show no pictures show your name.",
        class_name="small muted",
    )
    return data.card(rx.cond(S.logo != "", shown, none), form, lead, title="Logo")


def _swatch() -> rx.Component:
    return rx.cond(
        S.details["theme_colour"] != "",
        rx.el.span(class_name="swatch", style={"background": S.details["theme_colour"]}, aria_hidden="true"),
        rx.fragment(),
    )


def _text(name: str, label: str, kind=forms.text_input, **more) -> rx.Component:
    return kind(
        id=name,
        name=name,
        label=label,
        default_value=S.details[name],
        error=S.errors[name],
        limit=LIMITS.get(name, 0),
        **more,
    )
