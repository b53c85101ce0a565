"""The first page of an empty installation: make the first organisation and its admin."""

import reflex as rx

from salestrekker_portal.domains.firm.details import LIMITS
from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.public.account_pages import card, refusal_banner
from salestrekker_portal.portals.public.account_state import SetUpState
from salestrekker_portal.ui.feedback import banner, skeleton_form
from salestrekker_portal.ui.forms import fields, link_to_button, pair, select, submit, text_input
from salestrekker_portal.ui.forms.post import post_form

COUNTRIES = [("AU", "Australia"), ("NZ", "New Zealand")]


def _text(name: str, label: str, **more) -> rx.Component:
    return text_input(
        id=name,
        name=name,
        label=label,
        required=more.pop("required", True),
        default_value=SetUpState.typed[name],
        error=SetUpState.errors[name],
        **more,
    )


def _choice(name: str, label: str, choices: list[tuple[str, str]]) -> rx.Component:
    return select(
        id=name,
        name=name,
        label=label,
        choices=choices,
        blank=None,
        default_value=rx.cond(SetUpState.typed[name], SetUpState.typed[name], choices[0][0]),
        # A drop-down takes its default once, and this tab may still show the form from before the refusal.
        key=SetUpState.typed[name],
        error=SetUpState.errors[name],
    )


def _form() -> rx.Component:
    password = text_input(
        id="password",
        name="password",
        label="Password",
        type="password",
        auto_complete="new-password",
        required=True,
        help="At least 12 characters. A few words in a row work well.",
        error=SetUpState.errors["password"],
    )
    return post_form(
        fields(
            _text(
                "code",
                "Set-up code",
                auto_complete="off",
                help="The console where the portal was started shows it, and so does its log.",
            ),
            rx.el.h2("Your firm"),
            _text("organisation", "Organisation name", auto_complete="organization", limit=LIMITS["name"]),
            pair(_choice("country", "Country", COUNTRIES), _choice("time_zone", "Time zone", TIME_ZONES)),
            rx.el.h2("You, its first admin"),
            pair(
                _text("first_name", "First name", auto_complete="given-name", required=False, limit=PERSON_LIMIT),
                _text("last_name", "Last name", auto_complete="family-name", required=False, limit=PERSON_LIMIT),
            ),
            _text("email", "Email", type="email", auto_complete="username"),
            password,
            submit("Set up and sign in", wide=True),
        ),
        action="/session/set-up",
    )


def _done() -> rx.Component:
    return rx.el.div(
        banner(tone="info", text="This portal has been set up already. Ask your admin for an account.", live=False),
        link_to_button("Sign in", to="/sign-in", tone="primary", wide=True),
        class_name="stack",
    )


@page("/setup", title="Set up", portal=None, on_load=[SetUpState.load])
def set_up_page() -> rx.Component:
    body = rx.cond(SetUpState.open, rx.fragment(refusal_banner(SetUpState.refusal), _form()), _done())
    return card(
        rx.cond(SetUpState.ready, body, skeleton_form(count=5)),
        title="Set up your portal",
        lead="Two workflows, client wording and 100 SMS credits come with it. You can change everything later.",
    )
