"""Settings, Integrations: bank statements."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.integrations.state import IntegrationsState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.overlay import ask_first

PAGE = "/settings/integrations"


@page(
    PAGE,
    title="Integrations",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def integrations_page() -> rx.Component:
    nothing = feedback.empty(
        title="No provider here",
        text="Whoever runs this installation has to connect one for your country. Clients can upload statements.",
        mark="landmark",
    )
    return settings_page(
        _whose(),
        rx.cond(S.offers.length() > 0, data.card(_form(), title="Bank statements"), nothing),
        current="integrations",
        title="Integrations",
        lead="Clients connect their bank, and the statements arrive in the deal. No bank login ever passes here.",
        saved=S.saved,
        ready=S.ready,
        admin=False,
    )


def _whose() -> rx.Component:
    both = forms.segmented_links(
        label="Whose integration",
        items=[
            ("Organisation", f"{PAGE}?whose=organisation", "building-2"),
            ("My own deals", f"{PAGE}?whose=own", "user"),
        ],
        current=f"{PAGE}?whose=" + S.whose.to(str),
    )
    own = feedback.banner(
        tone="info",
        title="You have a provider of your own",
        text="It applies to the deals that you own.",
        actions=ask_first(
            forms.button("Use the organisation’s", tone="danger", on_click=S.follow_firm),
            press=forms.looks_like_button("Use the organisation’s", small=True),
            title="Use the organisation’s provider?",
            text="Your own provider and its referral code are removed. Your deals use the organisation’s.",
        ),
        live=False,
    )
    default = feedback.banner(
        tone="info",
        text="Your deals use the organisation’s provider. What you save here becomes your own.",
        live=False,
    )
    locked = feedback.banner(
        tone="locked",
        text="You can see this. Only a broker or an admin changes it.",
        actions=forms.button("Ask an admin", small=True, on_click=SettingsHere.ask("integrations")),
        live=False,
    )
    for_me = rx.cond(S.whose == "own", rx.cond(S.is_own, own, default), rx.fragment())
    return rx.fragment(rx.cond(SettingsHere.is_admin, both, rx.fragment()), rx.cond(S.may_edit, for_me, locked))


def _offer(offer: rx.Var) -> rx.Component:
    return forms.choice_card(
        name="provider",
        value=offer["value"],
        label=offer["label"],
        note=offer["note"],
        checked=S.provider == offer["value"],
        disabled=~S.may_edit,
        on_change=S.choose(offer["value"]),
        aria_label=offer["label"],
        key=offer["value"],
    )


def _code() -> rx.Component:
    """What only illion needs."""
    return rx.fragment(
        forms.text_input(
            id="referral_code",
            name="referral_code",
            label="Referral code",
            default_value=S.referral_code,
            error=S.errors["referral_code"],
            help="4 characters, or 8 where several brokers share one illion account.",
            auto_complete="off",
            read_only=~S.may_edit,
        ),
        forms.tick(
            id="multi_bank",
            name="multi_bank",
            label="Multibank: clients may add several banks in one go",
            default_checked=S.multi_bank,
            disabled=~S.may_edit,
        ),
    )


_SHOWN = {
    "provider": S.provider,
    "switched_on": S.on,
    "referral_code": S.referral_code,
    "multi_bank": S.multi_bank,
    "months": S.months,
}


def _form() -> rx.Component:
    providers = forms.group(
        rx.el.div(rx.foreach(S.offers, _offer), class_name="choices"),
        id="provider",
        label="Provider",
        error=S.errors["provider"],
        role="radiogroup",
    )
    return rx.el.form(
        forms.filled_from(_SHOWN),
        forms.fields(
            forms.switch(
                id="switched-on",
                name="switched_on",
                label="Ask clients for bank statements",
                note="Off, the invitation and the deal no longer offer it. Uploading files always works.",
                checked=S.on,
                disabled=~S.may_edit,
                on_change=S.set_on,
            ),
            providers,
            rx.cond(S.provider == "illion", _code(), rx.fragment()),
            forms.select(
                id="months",
                name="months",
                label="Months to ask for",
                choices=[("3", "3 months"), ("6", "6 months")],
                blank=None,
                default_value=S.months,
                error=S.errors["months"],
                disabled=~S.may_edit,
            ),
            rx.cond(S.may_edit, rx.el.div(forms.submit("Save"), class_name="button-row"), rx.fragment()),
        ),
        on_submit=S.save,
        no_validate=True,
        key="bank-" + S.form.to_string(),
    )
