"""Settings, Partner Portal."""

import reflex as rx

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.portals.broker.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.broker.settings.partner_portal.state import PartnerPortalSettingsState as S
from salestrekker_portal.portals.broker.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.ui import data, forms


@page(
    "/settings/partner-portal",
    title="Partner Portal settings",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def partner_portal_page() -> rx.Component:
    return settings_page(
        data.card(
            forms.select(
                id="workflow",
                label="Leads from partners arrive in",
                help="A workflow of its own, such as Leads, keeps them apart from your deals.",
                choices=S.workflows,
                blank="The first workflow",
                value=S.workflow,
                on_change=S.choose,
            ),
            title="Default workflow",
        ),
        data.card(
            _switch("can_add_deals", "Add deals", "Partners refer clients. Off, the button is gone.", S.can_add_deals),
            _switch("can_add_notes", "Write notes", "Partners write to the broker in a deal.", S.can_add_notes),
            _switch("can_add_files", "Add files", "Partners send files to the broker in a deal.", S.can_add_files),
            title="What partners may do",
        ),
        current="partner-portal",
        title="Partner Portal",
        lead="For every partner of your organisation. A change counts at once, on open pages too.",
        saved=S.saved,
        ready=S.ready,
    )


def _switch(name: str, label: str, note: str, on: rx.Var) -> rx.Component:
    return forms.switch(id=name, label=label, note=note, checked=on, on_change=lambda value: S.switch(name, value))
