"""Settings, Billing details: SMS credits."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.words import credits_left
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.billing.state import BillingState
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link


@page(
    "/settings/billing",
    title="Billing details",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, BillingState.load],
)
def billing_page() -> rx.Component:
    return settings_page(
        optional(BillingState.low, feedback.banner(tone="warn", title="SMS credits are low", text=BillingState.low)),
        _credits(),
        _recharge(),
        _purchases(),
        _ledger(),
        current="billing",
        title="Billing details",
        lead="SMS credits of your organisation: what is left, what they went on, and how to get more.",
        saved=BillingState.saved,
        ready=BillingState.ready,
    )


def _credits() -> rx.Component:
    question = feedback.confirm(
        forms.button("Buy 1,000 SMS for $49.99", tone="primary", on_click=BillingState.buy(BillingState.attempt)),
        forms.button("Not now", on_click=BillingState.stop_buying),
        title="Buy 1,000 SMS for $49.99?",
        text=BillingState.gateway,
        show=BillingState.asking,
        danger=False,
    )
    ask = forms.button("Buy 1,000 SMS for $49.99", tone="primary", on_click=BillingState.ask_to_buy)
    return data.card(
        rx.el.p(
            rx.el.b(BillingState.balance, class_name="big-figure figures"),
            credits_left(BillingState.balance),
        ),
        data.facts(
            [
                ("Included", BillingState.allowance),
                ("Added this month", BillingState.granted),
                ("Used this month", BillingState.spent),
            ]
        ),
        rx.el.p(
            "Unused credits stay. One credit is one part of an SMS: up to 160 characters.", class_name="small muted"
        ),
        rx.cond(BillingState.asking, question, rx.el.div(ask, class_name="button-row")),
        title="SMS credits",
        end=link("SMS settings", to="/settings/connect", class_name="link"),
    )


def _recharge() -> rx.Component:
    level = rx.el.form(
        forms.text_input(
            id="below",
            name="below",
            label="Buy a pack when fewer credits are left than",
            default_value=BillingState.below,
            key=BillingState.below,
            error=BillingState.errors["below"],
            input_mode="numeric",
        ),
        rx.el.div(forms.submit("Save", tone="second"), class_name="button-row"),
        forms.filled_from({"below": BillingState.below}, key="shown-" + BillingState.below),
        on_submit=BillingState.save_recharge,
        no_validate=True,
        class_name="fields",
    )
    return data.card(
        forms.switch(
            id="recharge",
            label="Recharge by itself",
            note="Buys 1,000 SMS for $49.99 before clients are kept waiting.",
            checked=BillingState.recharge,
            on_change=BillingState.switch_recharge,
        ),
        rx.cond(BillingState.recharge, level, rx.fragment()),
        title="Automatic recharge",
    )


def _purchases() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        return rx.el.tr(
            rx.el.th(each["at"], scope="row", class_name="nowrap"),
            rx.el.td(each["what"]),
            rx.el.td(each["price"], class_name="is-right"),
            rx.el.td(each["by"]),
            rx.el.td(each["state"]),
            key=each["id"],
        )

    columns = [("When", False), ("What", False), ("Price", True), ("Who", False), ("Payment", False)]
    some = data.table(label="Purchases", columns=columns, body=rx.foreach(BillingState.bought, line))
    none = rx.el.p("Nothing has been bought yet.", class_name="muted card-body")
    return data.card(rx.cond(BillingState.bought.length() > 0, some, none), title="Purchases", flush=True)


def _ledger() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        return rx.el.tr(
            rx.el.th(each["at"], scope="row", class_name="nowrap"),
            rx.el.td(each["what"]),
            rx.el.td(each["to"]),
            rx.el.td(each["credits"], class_name="is-right figures"),
            key=each["id"],
        )

    columns = [("When", False), ("What", False), ("To", False), ("Credits", True)]
    pages = rx.el.nav(
        optional(BillingState.earlier, link("Earlier", to=BillingState.earlier, class_name="button is-small")),
        optional(BillingState.later, link("Later", to=BillingState.later, class_name="button is-small")),
        aria_label="Pages of the ledger",
        class_name="button-row card-body",
    )
    return data.card(
        data.table(label="SMS ledger", columns=columns, body=rx.foreach(BillingState.lines, line)),
        rx.cond((BillingState.earlier != "") | (BillingState.later != ""), pages, rx.fragment()),
        title="Every message",
        flush=True,
    )
