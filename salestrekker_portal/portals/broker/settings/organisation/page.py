"""Settings, Details and branding."""

import reflex as rx

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.portals.broker.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.broker.settings.organisation.state import OrganisationState as S
from salestrekker_portal.portals.broker.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui import data, forms


@page(
    "/settings/organisation",
    title="Details and branding",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def organisation_page() -> rx.Component:
    form = rx.el.form(
        forms.fields(
            _text("name", "Name", help="What clients and partners read."),
            forms.pair(
                _text("phone", "Phone", type="tel", help="On every client’s page, to call you back."),
                _text("email", "E-mail", type="email"),
            ),
            _text("licence", "Licence", help="For example, Australian Credit Licence 123456, or your FSP number."),
            _text(
                "theme_colour",
                "Theme colour",
                help="Six letters or digits after a #. White words must be readable on it. Leave it empty for ours.",
                mark=_swatch(),
                placeholder="#0f6b66",
                max_length=20,
            ),
            rx.el.div(forms.submit("Save"), class_name="button-row"),
        ),
        on_submit=S.save,
        no_validate=True,
        key="details-" + S.form.to_string(),
    )
    return settings_page(
        data.card(form),
        current="organisation",
        title="Details and branding",
        lead="Who clients and partners see behind the portal.",
        saved=S.saved,
        ready=S.ready,
    )


def _swatch() -> rx.Component:
    return rx.cond(
        S.details["theme_colour"] != "",
        rx.el.span(class_name="swatch", style={"background": S.details["theme_colour"]}, aria_hidden="true"),
        rx.fragment(),
    )


def _text(name: str, label: str, **more) -> rx.Component:
    return forms.text_input(
        id=name, name=name, label=label, default_value=S.details[name], error=S.errors[name], **more
    )
