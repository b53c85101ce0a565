"""Settings, Partner Portal."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.partner_portal.state import PartnerPortalSettingsState as S
from salestrekker_portal.portals.settings.partner_portal.wording import partner_wording_drawer
from salestrekker_portal.portals.settings.partner_portal.wording_state import PartnerWordingState
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.marks import unseen


@page(
    "/settings/partner-portal",
    title="Partner Portal settings",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load, PartnerWordingState.load],
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
        _way_in(),
        _views(),
        _actions(),
        _events(),
        partner_wording_drawer(),
        current="partner-portal",
        title="Partner Portal",
        lead="For every partner of your organisation. A change counts at once, on open pages too.",
        saved=S.saved,
        ready=S.ready,
    )


def _switch(name: str, label: str, note: str, on: rx.Var) -> rx.Component:
    return forms.switch(id=name, label=label, note=note, checked=on, on_change=lambda value: S.switch(name, value))


def _way_in() -> rx.Component:
    return data.card(
        forms.switch(
            id="asks_factor",
            label="Ask for a second step",
            note=rx.Var.create("A passkey or an app beside the password. Off, it is only offered. On, they have ")
            + S.grace
            + " to set it up, and read at each sign-in how many are left.",
            checked=S.asks_factor,
            on_change=S.ask_for_factor,
        ),
        title="How they sign in",
    )


def _views() -> rx.Component:
    rows = rx.foreach(
        S.details,
        lambda row: forms.switch(
            id="detail-" + row["key"].to(str),
            label=row["label"],
            checked=row["on"],
            on_change=lambda on: S.show(row["key"].to(str), on),
            key=row["key"],
        ),
    )
    return data.card(
        forms.select(
            id="view",
            label="Their deals open as",
            help="Partners change it for themselves on their page. With few deals each, a list reads faster.",
            choices=[("board", "Board"), ("list", "List")],
            value=S.view,
            on_change=S.set_view,
        ),
        rx.el.p(
            "Beside names, stages and dates, a partner who opens a deal also reads what is on here. "
            "Amounts are never shown.",
            class_name="small muted",
        ),
        rows,
        title="What partners see",
    )


def _actions() -> rx.Component:
    no_sign_in = feedback.banner(
        tone="warn",
        title="New partners can’t sign in by themselves",
        text="They get no e-mail with a link to choose a password. After adding one, send it by hand, or copy the "
        "sign-in link, from the partner’s menu under Partners.",
        actions=forms.link_to_button("Partners", to="/partners", small=True),
        live=False,
    )
    return data.card(
        _switch(
            "tells_partner_added",
            "Partner added",
            "Account mail, not a notification: the e-mail with which a new partner chooses a password. It leaves when "
            "the partner is assigned to a broker.",
            S.tells_partner_added,
        ),
        rx.cond(S.tells_partner_added, rx.fragment(), no_sign_in),
        _switch(
            "tells_deal_shared",
            "Deal shared with partner",
            "Word to a partner that you put a deal on their board. Off, nobody is told, whatever they chose.",
            S.tells_deal_shared,
        ),
        title="Actions",
    )


def _event(row: rx.Var) -> rx.Component:
    key, of_it = row["key"].to(str), unseen(" of " + row["label"].to(str))
    wording = forms.button("Wording", of_it, small=True, tone="quiet", on_click=PartnerWordingState.edit(key))
    test = forms.button("Send me a test", of_it, icon="send", small=True, tone="quiet", on_click=S.try_out(key))
    return rx.el.div(
        forms.switch(
            id="event-" + key,
            label=row["label"],
            note=row["note"],
            checked=row["on"],
            on_change=lambda on: S.allow_event(key, on),
        ),
        rx.el.div(
            rx.cond(row["own_words"].to(bool), data.badge("Own words", tone="info"), rx.fragment()),
            wording,
            test,
            class_name="row is-wrap is-tight",
        ),
        class_name="row is-apart is-wrap",
        key=row["key"],
    )


def _events() -> rx.Component:
    return data.card(
        rx.el.p(
            "What partners may turn on for themselves, by e-mail or SMS. Off, they read “Turned off by” your "
            "organisation, and get nothing even if they had turned it on. SMS spends your credits.",
            class_name="small muted",
        ),
        rx.foreach(S.events, _event),
        title="Notifications",
    )
