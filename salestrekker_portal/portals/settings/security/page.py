"""Settings, Password and security; and the page that asks for a second step before everything else."""

import reflex as rx

from salestrekker_portal.domains.signing_in.second_step import MOST_LETTERS
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.security.idle import idle_form
from salestrekker_portal.portals.settings.security.passkeys import passkeys_part
from salestrekker_portal.portals.settings.security.passkeys_state import PasskeysState
from salestrekker_portal.portals.settings.security.state import SecurityState as S
from salestrekker_portal.portals.shared.notice_region import notice_region
from salestrekker_portal.portals.shared.proof_dialog import proof_dialog
from salestrekker_portal.portals.shared.sign_ins import sign_ins_list
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame

PRODUCT = "Salestrekker Portal"
WHY = "Papers of your clients lie behind your password. Six digits of an app on your phone keep them safe if it leaks."


@page(
    "/settings/security",
    title="Password and security",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load, PasskeysState.load],
)
def security_page() -> rx.Component:
    password = forms.link_to_button("Change password", to="/settings/my-details", small=True)
    return settings_page(
        data.card(_factor(), title="Second step: authenticator app"),
        data.card(passkeys_part(), title="Second step: passkeys"),
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
    later = rx.cond(
        S.is_due,
        rx.fragment(),
        forms.link_to_button(
            rx.cond(S.days_left, rx.Var.create("Later, ") + S.days_left + " left", "Later"), to=S.onward, wide=True
        ),
    )
    onward = forms.link_to_button("Go on", to=S.onward, tone="primary", wide=True)
    body = rx.el.div(
        rx.el.h1("One more lock on your account"),
        rx.el.p(WHY, class_name="page-lead"),
        _factor(),
        rx.el.hr(),
        passkeys_part(),
        rx.cond(S.is_on | (PasskeysState.keys.length() > 0), onward, later),
        class_name="card-body stack is-loose",
    )
    waiting = feedback.skeleton_form(count=1)
    around = rx.fragment(notice_region(), proof_dialog())
    return frame.gate_frame(rx.cond(S.ready, rx.el.div(body, class_name="card"), waiting), firm=PRODUCT, around=around)


def _factor() -> rx.Component:
    return rx.el.div(
        rx.cond(S.codes.length() > 0, _codes(), rx.fragment()),
        rx.cond(S.is_on, _on(), rx.cond(S.qr != "", _scan(), _off())),
        class_name="stack",
    )


def _off() -> rx.Component:
    due = feedback.banner(tone="warn", text="Your firm asks for it now: set it up to go on.", live=False)
    return rx.el.div(
        rx.cond(S.is_due, due, rx.fragment()),
        rx.cond(
            PasskeysState.keys.length() > 0,
            rx.el.p("Off. A passkey is your second step."),
            rx.el.p("Off. Your password alone opens your account."),
        ),
        rx.el.div(
            forms.button("Set up an authenticator app", tone="primary", on_click=S.begin), class_name="button-row"
        ),
        class_name="stack",
    )


def _code(label: str, help: str) -> rx.Component:
    return forms.text_input(
        id="code",
        name="code",
        label=label,
        input_mode="numeric",
        auto_complete="one-time-code",
        help=help,
        error=S.errors["code"],
    )


def _scan() -> rx.Component:
    return rx.el.form(
        forms.fields(
            rx.el.p("Scan this with the app on your phone, then type the six digits that it shows."),
            rx.el.img(src=S.qr, alt="Code for your authenticator app", width="200", height="200"),
            rx.el.p(
                "Can’t scan? Type this: ", rx.el.code(S.letters, class_name="breakable"), translate="no",
                class_name="small",
            ),
            _code("Six digits", "A new number comes every 30 seconds."),
            rx.el.div(forms.submit("Switch on"), class_name="button-row"),
        ),
        on_submit=S.confirm,
        no_validate=True,
        key="scan-" + S.form.to_string(),
    )  # fmt: skip


def _codes() -> rx.Component:
    each = rx.foreach(S.codes, lambda code: rx.el.li(rx.el.code(code)))
    words = "Each lets you in once when the phone is gone. Print them or write them down; keep them out of your e-mail."
    return feedback.banner(
        rx.el.ul(each, class_name="bullets", translate="no"), tone="ok", title="Your recovery codes, shown this once",
        text=words,
    )  # fmt: skip


def _on() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong("On"), ", since ", S.since, ". Recovery codes: ", S.codes_left, "."),
        rx.el.form(
            forms.fields(
                _code("Six digits or a recovery code", "To make new recovery codes."),
                rx.el.div(forms.submit("Make new recovery codes", tone="second"), class_name="button-row"),
            ),
            on_submit=S.make_codes,
            no_validate=True,
            key="codes-" + S.form.to_string(),
        ),
        rx.el.form(
            forms.fields(
                forms.text_input(
                    id="off-code",
                    name="code",
                    label="Six digits or a recovery code, to switch it off",
                    auto_complete="one-time-code",
                    limit=MOST_LETTERS,
                    help="For another phone: switch it off, then set up the new one.",
                    error=S.errors["off"],
                ),
                rx.el.div(forms.submit("Switch off", tone="danger"), class_name="button-row"),
            ),
            on_submit=S.switch_off,
            no_validate=True,
            key="off-" + S.form.to_string(),
        ),
        class_name="stack",
    )


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
