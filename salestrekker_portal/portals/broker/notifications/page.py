"""Notifications: the list behind the bell."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.notifications.state import NotificationsState as S
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import bell_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame
from salestrekker_portal.ui.marks import icon, link, unseen


@page("/notifications", title="Notifications", portal=Portal.BROKER, on_load=[ShellState.load, S.load])
def notifications_page() -> rx.Component:
    older = rx.cond(S.has_older, forms.button("Show older", on_click=S.load_older), rx.fragment())
    some = rx.el.div(data.card(data.rows(rx.foreach(S.rows, _row)), flush=True), older,
                     class_name="stack")  # fmt: skip
    return broker_page(
        bell_signal(on_change=S.load),
        frame.broker_main(
            frame.page_head(
                forms.link_to_button("My updates and reminders", to="/settings/account/updates"),
                title="Notifications",
                lead="What happened on the deals that you own, or have written a note on.",
            ),
            rx.el.div(
                forms.segmented_links(
                    label="Which ones",
                    items=[("All", "?show=all", None), ("Unread", "?show=unread", None)],
                    current=S.view,
                ),
                rx.cond(
                    S.any_unread,
                    forms.button("Mark all as read", icon="check-check", on_click=S.mark_all),
                    rx.fragment(),
                ),
                class_name="row is-wrap news-bar",
            ),
            rx.cond(S.ready, rx.cond(S.rows, some, _nothing()), feedback.skeleton_rows()),
        ),
        current="notifications",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        S.view == "?show=unread",
        feedback.empty(
            link("See all of them", to="?show=all", class_name="button"),
            title="Nothing new",
            text="You have read everything.",
            mark="bell",
        ),
        feedback.empty(
            title="Nothing yet",
            text="What clients, partners and your team do on your deals appears here.",
            mark="bell",
        ),
    )


def _row(row: rx.Var) -> rx.Component:
    mark = rx.match(
        row["mark"],
        ("upload", icon("file-up")),
        ("message", icon("message-square")),
        ("date", icon("calendar-days")),
        icon("bell"),
    )
    line = link(
        rx.el.span(mark, class_name="news-mark", aria_hidden="true"),
        rx.el.span(
            rx.cond(row["unread"], unseen("New: "), rx.fragment()),
            rx.el.span(row["words"], class_name="row-name"),
            rx.cond(row["about"], rx.el.span(row["about"], class_name="row-note"), rx.fragment()),
            class_name="grow breakable",
        ),
        rx.el.time(row["when_at"], title=row["exact"], class_name="small muted nowrap"),
        to=row["to"].to(str),
        on_click=S.mark(row["id"].to(str), True),
        class_name="row-link",
    )
    turn = rx.cond(
        row["unread"],
        forms.icon_button(name="check", label="Mark as read", on_click=S.mark(row["id"].to(str), True)),
        forms.icon_button(name="mail", label="Mark as new", on_click=S.mark(row["id"].to(str), False)),
    )
    return rx.el.li(line, turn, class_name=rx.cond(row["unread"], "news-line is-new", "news-line"), key=row["id"])
