"""How the forecast looks."""

import reflex as rx

from salestrekker_portal.portals.broker.board.dates_state import DatesState, ForecastCard, ForecastMonth
from salestrekker_portal.ui import feedback
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link

S = DatesState


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
