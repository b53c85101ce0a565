"""How the forecast and the calendar look."""

import reflex as rx

from salestrekker_portal.portals.broker.board.dates_state import (
    BoardDate,
    BoardDay,
    DatesState,
    ForecastCard,
    ForecastMonth,
)
from salestrekker_portal.ui import feedback
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, link, unseen

S = DatesState
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def forecast_view() -> rx.Component:
    """A column for what is overdue, for each of four months, for later and for no day."""
    shown = rx.el.div(rx.foreach(S.months, _month), class_name="board forecast")
    return rx.cond(S.read == "forecast", shown, feedback.skeleton_rows())


def _month(each: rx.Var[ForecastMonth]) -> rx.Component:
    def card(deal: rx.Var) -> rx.Component:
        return rx.el.li(
            link(
                rx.el.span(deal["name"], class_name="deal-card-name"),
                rx.el.span(deal["stage"], class_name="deal-card-people"),
                rx.el.span(
                    rx.el.b(deal["amount"]), rx.el.span(deal["day"], class_name="small muted"),
                    class_name="deal-card-line",
                ),
                to=deal["to"],
                class_name="deal-card forecast-card",
            ),
            key=deal["key"],
        )  # fmt: skip

    head = rx.el.header(
        rx.el.h2(
            optional(each["late"], icon("triangle-alert", size=14)), each["name"], rx.el.span(each["count"]),
            class_name="column-title",
        ),
        rx.el.p(each["total"], " · ", each["weighted"], " weighted", class_name="column-meta"),
        class_name="column-head",
    )  # fmt: skip
    none = rx.el.p("No deals", class_name="column-none")
    cards = rx.el.ul(rx.foreach(each["cards"].to(list[ForecastCard]), card), class_name="column-cards")
    return rx.el.section(
        head,
        rx.cond(each["count"] == "0", none, cards),
        optional(each["left"], rx.el.p(each["left"], class_name="column-meta forecast-left")),
        aria_label=each["name"],
        class_name="column",
        key=each["key"],
    )


def calendar_view() -> rx.Component:
    """A month in weeks; on a phone the days that have something, one under the other."""
    head = rx.el.div(
        link(icon("chevron-left"), unseen("Month before"), to=S.earlier, class_name="button is-icon is-small"),
        rx.el.h2(S.month_words, class_name="calendar-month"),
        link(icon("chevron-right"), unseen("Month after"), to=S.later, class_name="button is-icon is-small"),
        _key(),
        class_name="row is-wrap",
    )
    week = rx.el.div(*[rx.el.span(day) for day in WEEKDAYS], class_name="calendar-week", aria_hidden="true")
    days = rx.el.ol(rx.foreach(S.days, _day), class_name="calendar-days")
    none = rx.el.p("Nothing is due in these weeks.", class_name="small muted calendar-none")
    shown = rx.el.div(head, rx.cond(S.none, none, rx.fragment()), week, days, class_name="stack is-tight")
    return rx.cond(S.read == "calendar", shown, feedback.skeleton_rows())


def _key() -> rx.Component:
    def one(kind: str, words: str) -> rx.Component:
        return rx.el.span(words, class_name=f"calendar-item is-{kind}")

    return rx.el.div(
        one("settlement", "Settles"), one("finance", "Finance due"), one("task", "Task"),
        class_name="row push calendar-key", aria_hidden="true",
    )  # fmt: skip


def _day(each: rx.Var[BoardDay]) -> rx.Component:
    def item(due: rx.Var) -> rx.Component:
        kind = rx.match(due["kind"], ("settlement", "is-settlement"), ("finance", "is-finance"), "is-task")
        return rx.el.li(
            link(unseen(due["what"] + ": "), due["words"], to=due["to"], class_name=["calendar-item", kind]),
            key=due["key"],
        )

    items = each["items"].to(list[BoardDate])
    return rx.el.li(
        rx.el.span(each["number"], aria_hidden="true", class_name="calendar-number"),
        rx.el.span(each["said"], class_name="calendar-said"),
        rx.el.ul(rx.foreach(items, item)),
        class_name=[
            "calendar-day", when(each["other"], "is-other"), when(each["today"], "is-today"),
            rx.cond(items.length() > 0, "", "is-free"),
        ],
        aria_current=rx.cond(each["today"], "date", "false"),
        key=each["key"],
    )  # fmt: skip
