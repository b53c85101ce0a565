"""Settings, Connect: SMS on or off, the sender, a message to try it."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.words import credits_left
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.connect.state import ConnectState
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link


@page(
    "/settings/connect",
    title="Connect",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, ConnectState.load],
)
def connect_page() -> rx.Component:
    return settings_page(
        _sms(),
        _sender(),
        _test(),
        live_signal(on_change=ConnectState.refresh),
        current="connect",
        title="Connect (SMS)",
        lead="How your organisation reaches clients’ phones.",
        saved=ConnectState.saved,
        ready=ConnectState.ready,
    )


def _sms() -> rx.Component:
    off = feedback.banner(
        tone="warn",
        title="Nobody can be invited while SMS is off",
        text="The PIN that opens the client portal goes by SMS.",
        close=True,
    )
    return data.card(
        forms.switch(
            id="sms",
            label="Send SMS",
            note="PINs, and the messages to clients that you switched on. Each part of 160 characters is one credit; "
            "70 in a text with letters that a plain SMS doesn’t have.",
            checked=ConnectState.on,
            on_change=ConnectState.switch,
        ),
        rx.cond(ConnectState.on, rx.fragment(), off),
        title="SMS",
        end=link(ConnectState.credits, credits_left(ConnectState.credits), to="/settings/billing", class_name="link"),
    )


def _sender() -> rx.Component:
    none = link("Add a phone number", to="/settings/organisation", class_name="link")
    return data.card(
        data.facts(
            [
                ("Messages come from", ConnectState.sender),
                ("Clients call back on", rx.cond(ConnectState.phone != "", ConnectState.phone, none)),
            ]
        ),
        rx.el.p(
            "Both come from Details and branding. A client can’t answer an SMS: give a number that somebody answers.",
            class_name="small muted",
        ),
        title="Sender",
    )


def _test() -> rx.Component:
    where = rx.cond(
        ConnectState.mobile != "",
        rx.el.p("Sends one SMS to your own mobile, ", rx.el.b(ConnectState.mobile), ". It uses a credit."),
        rx.el.p(
            "A test goes to your own mobile. ",
            link("Add it under My details", to="/settings/my-details", class_name="link"),
            ", then come back.",
        ),
    )
    return data.card(
        where,
        optional(ConnectState.error, feedback.banner(tone="bad", text=ConnectState.error, close=True)),
        rx.el.div(
            forms.button("Send a test message", icon="send", on_click=ConnectState.test), class_name="button-row"
        ),
        optional(ConnectState.last_test, rx.el.p(ConnectState.last_test, class_name="small muted", role="status")),
        title="Test message",
    )
