"""Settings, Password and security; and the page that asks for a second step before everything else."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.security.idle import idle_form
from salestrekker_portal.portals.settings.security.passkeys_state import PasskeysState
from salestrekker_portal.portals.settings.security.state import SecurityState as S
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.portals.shared.own_factor import WHY, factor_part, ways_on
from salestrekker_portal.portals.shared.own_passkeys import passkeys_part
from salestrekker_portal.portals.shared.proof_dialog import proof_dialog
from salestrekker_portal.portals.shared.sign_ins import sign_ins_list
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame

PRODUCT = "Salestrekker Portal"


@page(
    "/settings/security",
    title="Password and security",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load, PasskeysState.load],
)
def security_page() -> rx.Component:
    password = forms.link_to_button("Change password", to="/settings/my-details", small=True)
    return settings_page(
        data.card(factor_part(S, PasskeysState.keys), title="Second step: authenticator app"),
        data.card(passkeys_part(PasskeysState), title="Second step: passkeys"),
        data.card(sign_ins_list(S), title="Where you are signed in", flush=True),
        rx.cond(S.is_admin, data.card(_grace(), title="What your firm asks for"), rx.fragment()),
        rx.cond(S.is_admin, data.card(idle_form(), title="Left alone"), rx.fragment()),
        current="security",
        title="Password and security",
        lead="How you get in, and where you are in now.",
        ready=S.ready,
        end=password,
        admin=False,
    )


@page("/second-step", title="Second step", portal=Portal.BROKER, on_load=[S.load, PasskeysState.load])
def second_step_page() -> rx.Component:
    body = rx.el.div(
        rx.el.h1("One more lock on your account"),
        rx.el.p(WHY, class_name="page-lead"),
        factor_part(S, PasskeysState.keys),
        rx.el.hr(),
        passkeys_part(PasskeysState),
        ways_on(S, PasskeysState.keys),
        class_name="card-body stack is-loose",
    )
    waiting = feedback.skeleton_form(count=1)
    around = rx.fragment(notice_region(), proof_dialog())
    return frame.gate_frame(rx.cond(S.ready, rx.el.div(body, class_name="card"), waiting), firm=PRODUCT, around=around)


def _grace() -> rx.Component:
    return rx.el.form(
        forms.fields(
            rx.el.p("Everybody of your firm is asked for a second step. They may go on without it for a while."),
            forms.text_input(
                id="days",
                name="days",
                label="Days without a second step",
                default_value=S.grace,
                input_mode="numeric",
                help="From the first sign-in at which they were asked. 14 unless you change it; 0 asks at once.",
                error=S.errors["days"],
            ),
            rx.el.div(forms.submit("Save", tone="second"), class_name="button-row"),
        ),
        on_submit=S.set_grace,
        no_validate=True,
        key="grace-" + S.grace,
    )
