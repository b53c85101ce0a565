"""Settings, Users and roles."""

import reflex as rx

from salestrekker_portal.kernel.names import PERSON_LIMIT
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.users.state import UsersState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.overlay import ask_first, modal

ROLES = [("admin", "Admin"), ("broker", "Broker"), ("assistant", "Assistant")]
STATES = {
    "here": ("Active", "ok", "check"),
    "invited": ("Invited", "info", "send"),
    "off": ("Switched off", "plain", "ban"),
}


@page("/settings/users", title="Users and roles", portal=Portal.BROKER,
      on_load=[ShellState.load, SettingsHere.load, S.load])  # fmt: skip
def users_page() -> rx.Component:
    return settings_page(
        data.card(data.rows(rx.foreach(S.people, _line)), flush=True),
        rx.el.p(
            "Admins change settings and everything that brokers do. Brokers invite clients, share and settle. "
            "Assistants prepare deals; what leaves the firm stays a broker’s decision.",
            class_name="small muted",
        ),
        _invite(),
        _disable(),
        current="users",
        title="Users and roles",
        lead="Who works here, and what they may do.",
        saved=S.saved,
        ready=S.ready,
        end=forms.button("Invite someone", icon="user-plus", on_click=S.ask_invite),
    )


def _line(each: rx.Var) -> rx.Component:
    key, name = each["id"].to(str), each["name"].to(str)
    acts = rx.cond(
        each["state"] == "off",
        forms.button("Switch on", small=True, on_click=S.enable(key)),
        rx.fragment(
            _role(each, name, key),
            rx.cond(
                each["state"] == "invited",
                forms.button("Send link again", small=True, on_click=S.resend(key)),
                rx.fragment(),
            ),
            rx.cond(each["is_you"] | ~each["has_factor"].to(bool), rx.fragment(), _lost_factor(name, key)),
            rx.cond(
                each["is_you"],
                rx.fragment(),
                forms.button("Switch off", small=True, tone="quiet", on_click=S.ask_disable(key)),
            ),
        ),
    )
    words = rx.el.div(
        rx.el.div(
            rx.el.span(name, rx.cond(each["is_you"], " (you)", ""), class_name="row-name"),
            data.status_badge(each["state"], cases=STATES),
            class_name="row is-tight is-wrap",
        ),
        rx.el.p(each["email"], " · ", each["deals"], class_name="row-note"),
        class_name="grow breakable",
    )
    return rx.el.li(
        rx.el.div(words, rx.el.div(acts, class_name="row is-tight is-wrap"), class_name="row is-wrap"), key=key
    )


def _role(each: rx.Var, name: rx.Var, key: rx.Var) -> rx.Component:
    return rx.el.select(
        *[rx.el.option(words, value=value) for value, words in ROLES],
        value=each["role"].to(str),
        aria_label="Role of " + name,
        class_name="input is-role",
        on_change=lambda value: S.choose_role(key, value),
    )


def _lost_factor(name: rx.Var, key: rx.Var) -> rx.Component:
    return ask_first(
        forms.button("Take it away", tone="danger", on_click=S.reset_factor(key)),
        press=forms.looks_like_button("Lost phone", small=True),
        title="Take the second step of " + name + " away?",
        text="Only once you have spoken to them. They are signed out, and told by e-mail.",
    )


def _foot(words: str, tone: str = "primary") -> rx.Component:
    return rx.el.div(forms.submit(words, tone=tone), forms.button("Cancel", on_click=S.close), class_name="button-row")


def _invite() -> rx.Component:
    def text(name: str, label: str, **more) -> rx.Component:
        return forms.text_input(id=name, name=name, label=label, error=S.errors[name], **more)

    form = rx.el.form(
        forms.fields(
            forms.pair(
                text("first_name", "First name", limit=PERSON_LIMIT), text("last_name", "Last name", limit=PERSON_LIMIT)
            ),
            text("email", "E-mail", type="email", help="They get a link to choose a password. It works once."),
            forms.select(
                id="role", name="role", label="Role", choices=ROLES, blank=None, default_value="broker",
                error=S.errors["role"],
            ),
            _foot("Send invitation"),
        ),
        on_submit=S.invite,
        no_validate=True,
    )  # fmt: skip
    return modal(form, id="invite", open=S.inviting, on_close=S.close, title="Invite someone")


def _disable() -> rx.Component:
    form = rx.el.form(
        forms.fields(
            rx.el.input(type="hidden", name="user", value=S.leaving),
            rx.el.p(
                S.leaving_name,
                " is signed out at once and can’t sign in any more. What they did stays under their name.",
            ),
            forms.select(
                id="to_user",
                name="to_user",
                label="Who takes over",
                help="Their deals and partners: " + S.leaving_deals.to(str) + ". Flows of their own go along.",
                choices=S.colleagues,
                error=S.errors["to_user"],
            ),
            _foot("Switch off", "danger"),
        ),
        on_submit=S.disable,
        no_validate=True,
    )
    return modal(form, id="disable", open=S.leaving != "", on_close=S.close, title="Switch off this account?")
