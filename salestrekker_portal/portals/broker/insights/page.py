"""Insights: what is under way, what settled, how long things take, and who brings deals."""

import reflex as rx

from salestrekker_portal.portals.broker.around.shell import broker_page
from salestrekker_portal.portals.broker.around.shell_state import ShellState
from salestrekker_portal.portals.broker.insights.state import InsightsState, ReportLine
from salestrekker_portal.portals.pages import page
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui import data, feedback, forms, frame
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import unseen

S = InsightsState


@page("/insights", title="Insights", portal=Portal.BROKER, on_load=[ShellState.load, InsightsState.load])
def insights_page() -> rx.Component:
    few = feedback.banner(
        tone="info", text="With so few deals in a year, shares and averages say little yet.", live=False
    )
    shown = rx.el.div(
        optional(S.few, few),
        _report("pipeline", "Pipeline", S.pipeline, ("Stage", "Open deals", "Value", "Weighted")),
        _report("settled", "Settled by month", S.settled, ("Month", "Settled", "Value", "")),
        _report("days", "Days in a stage, last 12 months", S.days, ("Stage", "Days on average", "Deals", "")),
        _report("sources", "Who brings deals, last 12 months", S.sources, ("Source", "Deals", "Settled", "Value")),
        class_name="stack",
    )
    return broker_page(
        frame.broker_main(
            frame.page_head(title="Insights", lead="Over all deals of the firm, as of now."),
            rx.cond(S.loaded, shown, feedback.skeleton_card()),
        ),
        current="insights",
    )


def _report(key: str, title: str, rows: rx.Var, heads: tuple[str, str, str, str]) -> rx.Component:
    name, *figures = heads
    said = [(words, field) for words, field in zip(figures, ("first", "second", "third"), strict=True) if words]

    def line(each: rx.Var[ReportLine]) -> rx.Component:
        bar = rx.el.div(rx.el.div(style={"width": each["bar"]}), class_name="figure-bar", aria_hidden="true")
        return rx.el.tr(
            rx.el.th(each["name"], bar, scope="row", class_name="figure-name"),
            *[rx.el.td(each[field], class_name="is-right money") for _, field in said],
            key=each["key"],
        )

    columns = [(name, False), *[(words, True) for words, _ in said]]
    none = rx.el.p("Nothing yet.", class_name="small muted card-none")
    table = data.table(label=title, columns=columns, body=rx.foreach(rows, line))
    save = forms.button(
        "CSV", unseen(f" of {title}"), tone="quiet", icon="download", small=True, on_click=S.download(key)
    )
    return data.card(rx.cond(rows.length() > 0, table, none), title=title, end=save)
