"""Settings: updates and reminders. What the firm turned off says so, and by whom."""

import reflex as rx

from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS
from salestrekker_portal.portals.partner.settings.frame import settings_frame
from salestrekker_portal.portals.partner.settings.updates_state import PartnerUpdatesState as S
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.feedback import banner, saved_mark, skeleton_rows
from salestrekker_portal.ui.forms.prompt import choice_input
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon


@page(
    "/partner/settings/updates",
    title="Updates and reminders",
    portal=Portal.PARTNER,
    on_load=[*PARTNER_LOADS, S.load],
)
def partner_updates_page() -> rx.Component:
    body = rx.el.div(
        rx.el.div(rx.el.h2("Updates and reminders"), saved_mark(S.saved), class_name="row is-apart is-wrap"),
        rx.el.p("Choose what ", S.firm, " tells you about your deals. ", S.where, class_name="muted"),
        optional(S.no_text, rx.el.p(icon("message-square-off", size=16), " ", S.no_text, class_name="small muted")),
        rx.el.ul(rx.foreach(S.rows, _row), class_name="updates"),
        rx.cond(S.any_off, _why(), rx.fragment()),
        live_signal(on_change=S.refresh),
        class_name="stack",
    )
    return settings_frame(rx.cond(S.ready, body, skeleton_rows()), current="updates")


def _why() -> rx.Component:
    text = S.firm + " decides which updates its partners can get. Ask your broker there to turn it on."
    return banner(tone="info", title="Why is one turned off?", text=text, live=False)


def _row(row: rx.Var) -> rx.Component:
    text = rx.cond(row["texts"], _way(row, "sms", "Text"), rx.fragment())
    ways = rx.el.div(_way(row, "email", "E-mail"), text, class_name="update-ways")
    off = rx.el.p(icon("ban", size=16), "Turned off by ", S.firm, class_name="update-off small muted")
    return rx.el.li(
        rx.el.div(
            rx.el.h3(row["label"], class_name=rx.cond(row["allowed"], "row-name", "row-name muted")),
            rx.el.p(row["note"], class_name="small muted"),
            class_name="grow",
        ),
        rx.cond(row["allowed"], ways, off),
        key=row["key"],
    )


def _way(row: rx.Var, channel: str, words: str) -> rx.Component:
    shut = (S.no_text != "") & ~row[channel].to(bool) if channel == "sms" else False
    return rx.el.label(
        choice_input(
            type="checkbox",
            role="switch",
            class_name="switch",
            checked=row[channel].to(bool),
            disabled=shut,
            on_change=lambda on: S.switch(row["key"].to(str), channel, on),
        ),
        words,
        rx.el.span(", ", row["label"], class_name="unseen"),
        class_name="update-way",
    )
