"""How long a session is left alone, as the firm says it."""

import reflex as rx

from salestrekker_portal.domains.signing_in.idle import CLIENTS, LEAST, STAFF
from salestrekker_portal.portals.settings.security.state import SecurityState as S
from salestrekker_portal.ui import forms


def idle_form() -> rx.Component:
    """Two numbers of minutes."""
    return rx.el.form(
        forms.fields(
            rx.el.p(
                "Whoever goes away without signing out is signed out. The page says so a minute before, and what was "
                "typed is kept."
            ),
            forms.text_input(
                id="idle-clients",
                name="clients",
                label="Minutes for clients",
                default_value=S.idle_clients,
                input_mode="numeric",
                help=f"From {LEAST} to {CLIENTS}.",
                error=S.errors["clients"],
            ),
            forms.text_input(
                id="idle-staff",
                name="staff",
                label="Minutes for staff and partners",
                default_value=S.idle_staff,
                input_mode="numeric",
                help=f"From {LEAST} to {STAFF}.",
                error=S.errors["staff"],
            ),
            rx.el.div(forms.submit("Save minutes", tone="second"), class_name="button-row"),
        ),
        on_submit=S.set_idle,
        no_validate=True,
        key="idle-" + S.idle_clients + "-" + S.idle_staff,
    )
