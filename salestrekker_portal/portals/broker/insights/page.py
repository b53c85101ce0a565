"""Insights: what is under way, what settled, how long things take, who brings deals, and who has how much to do."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.insights import drawing
from salestrekker_portal.portals.broker.insights.shapes import DRAWN, TITLES, FigureLine, FigureTile, InsightsChoice
from salestrekker_portal.portals.broker.insights.state import InsightsState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import feedback, forms, frame, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, unseen

S = InsightsState


@page("/insights", title="Insights", portal=Portal.BROKER, on_load=[ShellState.load, InsightsState.load])
def insights_page() -> rx.Component:
    few = feedback.banner(
        tone="info", text="With so few deals in this time, shares and medians say little yet.", live=False
    )
    shown = rx.el.div(
        optional(S.few, few),
        rx.el.dl(rx.foreach(S.tiles, _tile), class_name="stats"),
        rx.el.div(
            _card("pipeline", drawing.bars(_chart("pipeline")), "is-half"),
            _card("turnaround", drawing.spans(_chart("turnaround")), "is-half"),
            _card("settled", drawing.columns(_chart("settled")), "is-wide"),
            _card("sources", drawing.bars(_chart("sources"), under=True), "is-narrow"),
            _card("papers", drawing.bars(_chart("papers")), "is-wide"),
            _card("finished", drawing.bars(_chart("finished")), "is-narrow"),
            _workload(),
            class_name="charts",
        ),
        class_name="stack",
    )
    return broker_page(
        frame.broker_main(
            frame.page_head(*_filters(), title="Insights"),
            rx.cond(S.loaded, shown, feedback.skeleton_card()),
        ),
        current="insights",
    )


def _filters() -> list[rx.Component]:
    against = link(
        "Against last year", to=S.against_path, class_name=["chip", rx.cond(S.against, "is-on", "")],
        aria_current=rx.cond(S.against, "true", "false"),
    )  # fmt: skip
    return [
        rx.el.nav(
            _menu("Workflow", S.workflow_words, S.workflows),
            _menu("Broker", S.broker_words, S.brokers),
            _menu("Since when", S.since_words, S.sinces, mark="calendar"),
            optional(S.against_path, against),
            aria_label="Filters",
            class_name="chips",
        ),
        forms.button("All as CSV", icon="download", on_click=S.download("all")),
    ]


def _menu(label: str, words: rx.Var, choices: rx.Var, mark: str = "") -> rx.Component:
    def one(each: rx.Var[InsightsChoice]) -> rx.Component:
        return overlay.menu_link(each["words"], to=each["to"], current=each["on"], key=each["key"])

    drawn = icon(mark, size=14) if mark else rx.fragment()
    # A name is as long as somebody made it; until it is read the chip says what it is for.
    said = rx.el.span(rx.cond(words != "", words, label), class_name="chip-words")
    summary = rx.el.span(unseen(f"{label}: "), drawn, said, icon("chevron-down", size=14), class_name="chip")
    return overlay.menu(rx.foreach(choices, one), summary=summary, head=label)


def _tile(each: rx.Var[FigureTile]) -> rx.Component:
    tone = rx.match(each["tone"], ("ok", "is-ok"), ("warn", "is-warn"), "")
    return rx.el.div(
        rx.el.dt(each["name"]),
        rx.el.dd(each["value"], class_name="stat-value"),
        rx.el.dd(each["note"], class_name=["stat-note", tone]),
        class_name="stat",
        key=each["key"],
    )


def _chart(key: str) -> rx.Var:
    return S.charts[key]


def _head(key: str) -> rx.Component:
    title = TITLES[key]
    save = forms.icon_button(name="download", label=f"CSV of {title}", small=True, on_click=S.download(key))
    drawn = forms.icon_button(name="image", label=f"Picture of {title}", small=True, on_click=S.picture(key))
    # Without figures there is nothing to draw.
    some = _chart(key)["lines"].to(list[FigureLine]).length() > 0
    return rx.el.header(
        rx.el.div(rx.el.h2(title), rx.el.p(_chart(key)["lead"].to(str), class_name="small muted"), class_name="grow"),
        rx.cond(some, drawn, rx.fragment()) if key in DRAWN else rx.fragment(),
        save,
        class_name="chart-head",
    )


def _card(key: str, drawn: rx.Component, width: str) -> rx.Component:
    """A chart with its table behind a press; without figures, why there are none."""
    chart, title = _chart(key), TITLES[key]
    more = chart["more"].to(str)
    shown = rx.fragment(
        rx.el.div(drawn, class_name="chart-body"),
        rx.el.details(
            rx.el.summary(
                icon("chevron-right", size=14),
                rx.el.span("Show table", class_name="when-shut"),
                rx.el.span("Hide table", class_name="when-open"),
                unseen(f" of {title}"),
                rx.el.span(chart["count"].to(str), class_name="push small muted"),
            ),
            drawing.table(chart, label=title),
            optional(more, rx.el.p(more, class_name="small muted card-none")),
            class_name="chart-details",
        ),
    )
    return rx.el.section(
        _head(key),
        rx.cond(chart["lines"].to(list[FigureLine]).length() > 0, shown, _none(chart)),
        aria_label=title,
        class_name=f"card chart-card {width}",
    )


def _workload() -> rx.Component:
    """A table from the beginning: there is nothing to draw that its figures don't say."""
    chart, title = _chart("workload"), TITLES["workload"]
    warn = chart["more"].to(str)
    banner = rx.el.p(
        icon("triangle-alert"), rx.el.span(warn, " ", link("Share them out", to="/tasks?whose=team")),
        class_name="chart-warning",
    )  # fmt: skip
    some = rx.fragment(drawing.table(chart, label=title), optional(warn, banner))
    return rx.el.section(
        _head("workload"),
        rx.cond(chart["lines"].to(list[FigureLine]).length() > 0, some, _none(chart)),
        aria_label=title,
        class_name="card chart-card is-whole",
    )


def _none(chart: rx.Var) -> rx.Component:
    return rx.el.p(icon("chart-column", size=20), chart["none"].to(str), class_name="chart-none")
