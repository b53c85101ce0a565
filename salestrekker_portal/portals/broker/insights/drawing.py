"""How bars, ranges and columns look: plain HTML, so that they read out, wrap and take the colours of the page."""

import reflex as rx

from salestrekker_portal.portals.broker.insights.shapes import (
    BarPart,
    ChartBar,
    ChartLegend,
    FigureLine,
    MonthColumns,
    ScaleTick,
    StageSpan,
)
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import link, unseen


def bars(chart: rx.Var, *, under: bool = False) -> rx.Component:
    """A bar in pieces for each line, beside its name or `under` it."""

    def piece(part: rx.Var[BarPart]) -> rx.Component:
        return rx.el.span(
            class_name=["chart-part chart-tone", part["tone"]], style={"width": part["width"]}, key=part["key"]
        )

    def row(each: rx.Var[ChartBar]) -> rx.Component:
        parts = each["parts"].to(list[BarPart])
        return rx.el.li(
            _name(each),
            rx.el.span(rx.foreach(parts, piece), class_name="chart-track", aria_hidden="true"),
            _value(each),
            title=each["said"],
            class_name="chart-bar",
            key=each["key"],
        )

    classes = "chart-bars is-under" if under else "chart-bars"
    return rx.fragment(
        rx.el.ul(rx.foreach(chart["bars"].to(list[ChartBar]), row), class_name=classes, role="list"), legend(chart)
    )


def spans(chart: rx.Var) -> rx.Component:
    """Where most lie, their middle, and the limit, over one scale."""
    ticks = chart["ticks"].to(list[ScaleTick])

    def grid(tick: rx.Var[ScaleTick]) -> rx.Component:
        return rx.el.span(class_name="span-grid", style={"left": tick["at"]}, key=tick["key"])

    def words(tick: rx.Var[ScaleTick]) -> rx.Component:
        return rx.el.span(tick["words"], class_name="span-tick", style={"left": tick["at"]}, key=tick["key"])

    def row(each: rx.Var[StageSpan]) -> rx.Component:
        limit = rx.el.span(class_name="span-limit", style={"left": each["limit"]})
        track = rx.el.span(
            rx.foreach(ticks, grid),
            rx.el.span(class_name="span-range", style={"left": each["left"], "width": each["width"]}),
            optional(each["limit"], limit),
            rx.el.span(class_name=["span-dot", when(each["late"], "is-late")], style={"left": each["middle"]}),
            class_name="span-track",
            aria_hidden="true",
        )
        return rx.el.li(_name(each), track, _value(each), title=each["said"], class_name="chart-bar", key=each["key"])

    scale = rx.el.div(
        rx.el.span(), rx.el.span(rx.foreach(ticks, words), class_name="span-scale"), class_name="chart-bar",
        aria_hidden="true",
    )  # fmt: skip
    keys = rx.el.p(
        _key("is-dot", "Median"), _key("is-dot is-late", "Median over the limit"), _key("is-range", "8 of 10 deals"),
        _key("is-limit", "Too long after"), class_name="chart-legend", aria_hidden="true",
    )  # fmt: skip
    drawn = rx.el.ul(rx.foreach(chart["spans"].to(list[StageSpan]), row), class_name="chart-bars", role="list")
    return rx.fragment(rx.el.div(drawn, scale, class_name="chart-spans"), keys)


def columns(chart: rx.Var) -> rx.Component:
    """A column for each month, the year before beside it."""

    def grid(tick: rx.Var[ScaleTick]) -> rx.Component:
        return rx.el.span(
            rx.el.span(tick["words"]), class_name="column-grid", style={"bottom": tick["at"]}, key=tick["key"]
        )

    def month(each: rx.Var[MonthColumns]) -> rx.Component:
        before = rx.el.span(class_name="month-bar chart-tone is-three", style={"height": each["last"]})
        now = rx.el.span(
            rx.el.span(each["value"], class_name="month-value"), class_name="month-bar chart-tone is-one",
            style={"height": each["height"]},
        )  # fmt: skip
        return rx.el.li(
            rx.el.span(optional(each["last"], before), now, class_name="month-pair", aria_hidden="true"),
            rx.el.span(each["name"], class_name="month-said", aria_hidden="true"),
            unseen(each["said"]),
            title=each["said"],
            class_name="chart-month",
            key=each["key"],
        )

    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.foreach(chart["ticks"].to(list[ScaleTick]), grid), class_name="columns-grid", aria_hidden="true"
            ),
            rx.el.ul(rx.foreach(chart["months"].to(list[MonthColumns]), month), class_name="chart-months", role="list"),
            class_name="columns-chart",
        ),
        legend(chart),
    )  # fmt: skip


def legend(chart: rx.Var) -> rx.Component:
    """What each tone means."""

    def one(each: rx.Var[ChartLegend]) -> rx.Component:
        return rx.el.span(
            rx.el.span(class_name=["legend-key chart-tone", each["tone"]], aria_hidden="true"), each["words"],
            class_name="legend-item", key=each["key"],
        )  # fmt: skip

    shown = rx.el.p(rx.foreach(chart["legend"].to(list[ChartLegend]), one), class_name="chart-legend")
    return optional(chart["legend"].to(list[ChartLegend]).length(), shown)


def table(chart: rx.Var, *, label: str) -> rx.Component:
    """The same figures in lines."""

    def cell(words: rx.Var) -> rx.Component:
        return rx.el.td(words, class_name="is-right money")

    def row(each: rx.Var[FigureLine]) -> rx.Component:
        name = rx.cond(each["to"] != "", link(each["name"], to=each["to"], class_name="table-name"), each["name"])
        return rx.el.tr(
            rx.el.th(name, scope="row"),
            rx.foreach(each["cells"].to(list[str]), cell),
            class_name=when(each["all"], "is-all"),
            key=each["key"],
        )

    def head(words: rx.Var, at: rx.Var) -> rx.Component:
        return rx.el.th(words, scope="col", class_name=rx.cond(at == 0, "", "is-right"), key=words)

    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.foreach(chart["heads"].to(list[str]), head))),
            rx.el.tbody(rx.foreach(chart["lines"].to(list[FigureLine]), row)),
            aria_label=label,
            class_name="table",
        ),
        class_name="table-wrap chart-table",
        role="region",
        aria_label=label,
        tab_index=0,
    )


def _name(each: rx.Var) -> rx.Component:
    return rx.el.span(each["name"], class_name="chart-name", title=each["name"])


def _value(each: rx.Var) -> rx.Component:
    return rx.el.span(
        each["value"], optional(each["said"], unseen(": " + each["said"].to(str))), class_name="chart-value"
    )


def _key(look: str, words: str) -> rx.Component:
    return rx.el.span(rx.el.span(class_name=f"span-key {look}"), words, class_name="legend-item")
