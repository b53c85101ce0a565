"""Sign-in, forgotten password and new password, for staff and for partners: the same pages, two addresses each."""

import reflex as rx

from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.public.account_state import PasswordLinkState, SignInState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.feedback import banner, skeleton_form
from salestrekker_portal.ui.forms import fields, link_to_button, submit, text_input
from salestrekker_portal.ui.forms.passkey import ANYWHERE, passkey_form
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.frame import gate_frame
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link

PRODUCT = "Salestrekker Portal"


def card(*children: rx.Component, title: str, lead: str = "") -> rx.Component:
    """One question on an otherwise empty page."""
    words = rx.el.p(lead, class_name="page-lead") if lead else rx.fragment()
    return gate_frame(
        rx.el.div(
            rx.el.div(
                rx.el.div(rx.el.h1(title), words, class_name="stack is-tight"),
                *children,
                class_name="card-body stack is-loose",
            ),
            class_name="card",
        ),
        firm=PRODUCT,
    )


def refusal_banner(sentence: rx.Var) -> rx.Component:
    return optional(sentence, banner(tone="bad", text=sentence))


def _email() -> rx.Component:
    return text_input(
        id="email",
        name="email",
        label="Email",
        type="email",
        auto_complete="username",
        required=True,
        default_value=SignInState.email,
        key=SignInState.email,
        error=SignInState.errors["email"],
    )


def _sign_in(*, action: str, forgot: str, lead: str) -> rx.Component:
    form = post_form(
        rx.el.input(type="hidden", name="next", value=SignInState.next_path),
        fields(
            _email(),
            text_input(
                id="password",
                name="password",
                label="Password",
                type="password",
                auto_complete="current-password",
                required=True,
            ),
            submit("Sign in", wide=True),
        ),
        action=action,
    )
    away = rx.cond(
        (SignInState.next_path != "") & (SignInState.refusal == ""),
        banner(tone="info", text="Sign in to go on to the page you asked for."),
        rx.fragment(),
    )
    return card(
        refusal_banner(SignInState.refusal),
        away,
        form,
        rx.el.p(link("Forgotten password?", to=forgot)),
        title="Sign in",
        lead=lead,
    )


def _forgot(*, action: str, back: str) -> rx.Component:
    form = post_form(fields(_email(), submit("Send me a link", wide=True)), action=action)
    sent = banner(
        tone="ok",
        title="Check your e-mail",
        text="If we know that address, a link is on its way. It works for 7 days, once.",
    )
    return card(
        refusal_banner(SignInState.refusal),
        rx.cond(SignInState.sent, sent, form),
        rx.el.p(link("Back to sign in", to=back)),
        title="Forgotten password",
        lead="We send you a link to choose a new one.",
    )


def _new_password(*, forgot: str) -> rx.Component:
    form = post_form(
        rx.el.input(type="hidden", name="token", value=PasswordLinkState.token),
        rx.el.input(type="hidden", name="page", value=PasswordLinkState.page),
        fields(
            text_input(
                id="password",
                name="password",
                label="New password",
                type="password",
                auto_complete="new-password",
                required=True,
                help="At least 12 characters. A few words in a row work well.",
                error=PasswordLinkState.errors["password"],
            ),
            submit("Save and sign in", wide=True),
        ),
        action="/session/password",
    )
    gone = rx.el.div(
        banner(tone="warn", text=PasswordLinkState.gone, live=False),
        link_to_button("Send me a new link", to=forgot, tone="primary", wide=True),
        class_name="stack",
    )
    whose = rx.el.p("You sign in at ", rx.el.b(PasswordLinkState.firm), " with ", rx.el.b(PasswordLinkState.email), ".")
    body = rx.cond(PasswordLinkState.gone != "", gone, rx.fragment(optional(PasswordLinkState.email, whose), form))
    return card(rx.cond(PasswordLinkState.ready, body, skeleton_form(count=1)), title="Choose your password")


@page("/sign-in", title="Sign in", portal=None, on_load=[SignInState.load])
def sign_in_page() -> rx.Component:
    return _sign_in(action="/session/broker", forgot="/forgot-password", lead="For brokers and their teams.")


@page("/partner/sign-in", title="Partner sign in", portal=None, on_load=[SignInState.load])
def partner_sign_in_page() -> rx.Component:
    lead = "For partners: refer clients and follow their progress."
    return _sign_in(action="/session/partner", forgot="/partner/forgot-password", lead=lead)


def _second_step(*, back: str, portal: Portal, lost: str) -> rx.Component:
    whose = rx.el.input(type="hidden", name="portal", value=portal.value, read_only=True)
    form = post_form(
        whose,
        fields(
            text_input(
                id="code",
                name="code",
                label="Six digits",
                input_mode="numeric",
                auto_complete="one-time-code",
                required=True,
                auto_focus=True,
                help="The number that your authenticator app shows now, or one of your recovery codes.",
                error=SignInState.errors["code"],
            ),
            submit("Go on", wide=True),
        ),
        action="/session/code",
    )
    passkey = passkey_form(
        whose,
        submit("Use a passkey", wide=True, tone="second"),
        kind="use",
        ask="/session/code/passkey/ask",
        action="/session/code/passkey",
        said_no="Your device said no, or you stopped it. Try again, or type a number instead.",
        class_name=ANYWHERE,
    )
    return card(
        refusal_banner(SignInState.refusal),
        form,
        passkey,
        rx.el.p("Lost your phone, and no recovery code? ", lost, class_name="small muted"),
        rx.el.p(link("Back to sign in", to=back)),
        title="Second step",
        lead="Your password was right. One more thing.",
    )


@page("/sign-in/code", title="Second step", portal=None, on_load=[SignInState.load])
def second_step_page() -> rx.Component:
    lost = "An admin of your firm can take the second step away."
    return _second_step(back="/sign-in", portal=Portal.BROKER, lost=lost)


@page("/partner/sign-in/code", title="Second step", portal=None, on_load=[SignInState.load])
def partner_second_step_page() -> rx.Component:
    lost = "Call your broker: they can take the second step away."
    return _second_step(back="/partner/sign-in", portal=Portal.PARTNER, lost=lost)


@page("/forgot-password", title="Forgotten password", portal=None, on_load=[SignInState.load])
def forgot_page() -> rx.Component:
    return _forgot(action="/session/forgot", back="/sign-in")


@page("/partner/forgot-password", title="Forgotten password", portal=None, on_load=[SignInState.load])
def partner_forgot_page() -> rx.Component:
    return _forgot(action="/session/partner/forgot", back="/partner/sign-in")


@page("/set-password", title="Choose your password", portal=None, on_load=[PasswordLinkState.load])
def set_password_page() -> rx.Component:
    return _new_password(forgot="/forgot-password")


@page("/partner/set-password", title="Choose your password", portal=None, on_load=[PasswordLinkState.load])
def partner_set_password_page() -> rx.Component:
    return _new_password(forgot="/partner/forgot-password")
