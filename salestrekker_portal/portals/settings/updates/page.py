"""Settings, My updates and reminders."""

import reflex as rx

from salestrekker_portal.kernel.days import TIME_ZONES
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.settings.here import SettingsHere, settings_page
from salestrekker_portal.portals.settings.updates.state import Group
from salestrekker_portal.portals.settings.updates.state import UpdatesState as S
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.forms.prompt import choice_input
from salestrekker_portal.ui.marks import icon

WAYS = {"bell": "in the bell", "email": "by e-mail", "sms": "by SMS"}


@page(
    "/settings/account/updates",
    title="My updates and reminders",
    portal=Portal.BROKER,
    on_load=[ShellState.load, SettingsHere.load, S.load],
)
def updates_page() -> rx.Component:
    return settings_page(
        data.card(
            rx.el.div(
                forms.segmented_radios(
                    label="How e-mails come",
                    name="mail",
                    items=[("each", "For each event"), ("summary", "Daily summary")],
                    value=S.mail,
                    on_change=S.choose_mail,
                ),
                rx.el.p(
                    rx.cond(
                        S.mail == "summary",
                        "At 7 in the morning, everything of the day before that is ticked under E-mail.",
                        "Each event that is ticked under E-mail sends one at once.",
                    ),
                    class_name="small muted",
                ),
                rx.cond(S.mail == "summary", _where(), rx.fragment()),
                rx.cond(S.sms_reason != "", _no_sms(), rx.fragment()),
                class_name="stack is-tight",
            ),
            title="E-mails",
        ),
        rx.foreach(S.groups, _group),
        current="updates",
        title="My updates and reminders",
        lead="For you alone, about the deals that you own or have written a note on. You are never told of what you "
        "did yourself.",
        saved=S.saved,
        ready=S.ready,
        admin=False,
    )


def _where() -> rx.Component:
    return forms.select(
        id="summary-zone",
        label="Seven in the morning in",
        choices=TIME_ZONES,
        blank="Where the organisation is",
        value=S.zone,
        on_change=S.choose_place,
        error=S.zone_error,
    )


def _no_sms() -> rx.Component:
    mobile = forms.link_to_button("Enter your mobile", to="/settings/my-details", small=True)
    on = forms.link_to_button("Switch on SMS", to="/settings/connect", small=True)
    ask = forms.button("Ask an admin", small=True, on_click=SettingsHere.ask("connect"))
    said = feedback.banner(
        tone="info",
        title="No SMS for now",
        text=S.sms_reason,
        actions=rx.cond(S.sms_needs_mobile, mobile, rx.cond(SettingsHere.is_admin, on, ask)),
        live=False,
    )
    return rx.el.div(said, id="no-sms")


def _group(group: rx.Var[Group]) -> rx.Component:
    head = rx.el.tr(
        rx.el.th("When", scope="col"),
        rx.el.th("Bell", scope="col", class_name="is-way"),
        rx.el.th(rx.cond(S.mail == "summary", "Summary", "E-mail"), scope="col", class_name="is-way"),
        rx.el.th("SMS", scope="col", class_name="is-way"),
    )
    table = rx.el.table(
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(group["rows"], _row)),
        class_name="table is-matrix",
        aria_label=group["name"],
    )
    return data.card(table, title=group["name"], flush=True, key=group["name"])


def _row(row: rx.Var) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row["label"], class_name="strong"),
            rx.el.span(row["note"], class_name="row-note block"),
            scope="row",
        ),
        *[rx.el.td(_way(row, way), class_name="is-way") for way in WAYS],
        key=row["key"],
    )


def _way(row: rx.Var, way: str) -> rx.Component:
    """A tick, or the word that there is no choice."""
    more = {}
    if way == "sms":
        # What was ticked before can still be taken away.
        more = {
            "disabled": (S.sms_reason != "") & (row[way] != "on"),
            "aria_describedby": rx.cond(S.sms_reason != "", "no-sms", ""),
        }
    box = choice_input(
        type="checkbox",
        class_name="tick-input",
        checked=row[way] == "on",
        on_change=lambda on: S.switch(row["key"].to(str), way, on),
        aria_label=row["label"].to(str) + f" {WAYS[way]}",
        **more,
    )
    always = rx.el.span(icon("lock", size=14), title="Always", role="img", aria_label="Always", class_name="way-fixed")
    return rx.cond(row[way] == "always", always, box)
