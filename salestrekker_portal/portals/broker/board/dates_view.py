"""How the forecast looks."""

import reflex as rx

from salestrekker_portal.portals.broker.board.carry_state import CarryState
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.broker.board.forecast_months import ForecastCard, ForecastMonth
from salestrekker_portal.ui import data, feedback
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link

S, C = DatesState, CarryState


def forecast_view() -> rx.Component:
    """A column for what is overdue, for each of four months, for later and for no day; what holds nothing is not
    there, but for the months."""
    months = data.carried_months(
        rx.foreach(S.months, _month), on_carry=C.carry, class_name="forecast-months", label="Months"
    )
    shown = rx.el.div(_legend(), months, class_name="forecast")
    return rx.cond(S.read == "forecast", shown, feedback.skeleton_rows())


def _legend() -> rx.Component:
    return rx.el.p(
        rx.el.span("Settled", class_name="forecast-key is-settled"),
        rx.el.span("Likely, by chance of stage", class_name="forecast-key is-likely"),
        rx.el.span("Full amount", class_name="forecast-key"),
        rx.el.span("Drag a deal to the month in which it should settle", class_name="only-wide"),
        class_name="forecast-legend",
    )


def _month(each: rx.Var[ForecastMonth]) -> rx.Component:
    title = rx.el.div(
        rx.el.h2(
            rx.cond(each["kind"] == "late", icon("triangle-alert", size=14), rx.fragment()),
            each["name"],
            rx.el.span(each["count"]),
            class_name="column-title",
        ),
        optional(each["aside"], rx.el.span(each["aside"], class_name="small muted")),
        class_name="forecast-line",
    )
    total = rx.el.div(
        rx.el.span(each["sum"], class_name="forecast-sum"),
        optional(each["of"], rx.el.span(each["of"], class_name="small muted")),
        class_name="forecast-line",
    )
    return rx.el.section(
        rx.el.header(
            title,
            total,
            rx.cond(each["kind"] == "month", _bar(each), rx.fragment()),
            _below(each),
            class_name="forecast-head",
        ),
        rx.cond(
            each["count"] == "0",
            rx.el.p("No deals", class_name="forecast-none"),
            rx.el.ul(rx.foreach(each["cards"].to(list[ForecastCard]), _card), class_name="forecast-cards"),
        ),
        optional(each["left"], rx.el.p(each["left"], class_name="forecast-left")),
        _refused(each),
        aria_label=each["name"],
        class_name="forecast-month is-" + each["kind"].to(str),
        custom_attrs=_place(each),
        key=each["key"],
    )


def _bar(each: rx.Var[ForecastMonth]) -> rx.Component:
    return rx.el.div(
        rx.el.span(class_name="is-settled", style={"width": each["settled"]}),
        rx.el.span(class_name="is-likely", style={"width": each["likely"]}),
        class_name="forecast-bar",
        aria_hidden="true",
    )


def _place(each: rx.Var[ForecastMonth]) -> dict:
    """Where cards come from; but for what is overdue or has no day, where they may go, too."""
    shut = rx.cond(each["day"] == "", "true", rx.Var("undefined"))
    return {"data-day": each["day"].to(str), "data-shut": shut, "data-said": each["name"].to(str)}


def _refused(each: rx.Var[ForecastMonth]) -> rx.Component:
    why = rx.el.p(icon("circle-alert"), C.refused, role="alert", class_name="field-error")
    return rx.cond((C.refused != "") & (C.refused_on == each["day"]), why, rx.fragment())


def _below(each: rx.Var[ForecastMonth]) -> rx.Component:
    """What has settled, and what should in all; nothing where neither is known."""
    words = rx.el.p(rx.el.span(each["note"]), rx.el.span(each["goal"]), class_name="small muted forecast-line")
    return rx.cond((each["note"] != "") | (each["goal"] != ""), words, rx.fragment())


def _card(deal: rx.Var[ForecastCard]) -> rx.Component:
    day = rx.el.span(rx.el.b(deal["day"]), rx.el.span(deal["month"]), class_name="forecast-day")
    return rx.el.li(
        link(
            rx.cond(deal["day"] == "", rx.el.span(icon("calendar", size=16), class_name="forecast-day"), day),
            rx.el.span(deal["name"], class_name="forecast-name"),
            rx.el.span(deal["stage"], class_name="forecast-stage"),
            rx.el.span(deal["amount"], class_name="forecast-amount"),
            to=deal["to"],
            title=deal["name"],
            class_name="forecast-card",
            custom_attrs={"data-carry": "settlement:" + deal["key"].to(str), "data-seen": deal["seen"].to(str)},
        ),
        key=deal["key"],
    )
