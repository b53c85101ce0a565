"""A partner's results: a year in a few figures, and month by month."""

import reflex as rx

from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, PartnerHere, partner_page
from salestrekker_portal.portals.partner.results.state import PartnerResultsState as S
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card, table
from salestrekker_portal.ui.feedback import empty, skeleton_card
from salestrekker_portal.ui.forms import button, help_more
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import link


def _figures() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        return rx.el.div(
            rx.el.dt(each["name"], class_name="small muted"),
            rx.el.dd(rx.el.b(each["value"], class_name="figure-big"), class_name="stack is-close"),
            rx.el.dd(each["note"], class_name="small muted"),
            key=each["name"],
        )

    return rx.el.section(
        rx.el.h2(S.span, class_name="small muted results-span"),
        rx.el.dl(rx.foreach(S.figures, one), class_name="results-figures"),
    )


def _months() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        return rx.el.tr(
            rx.el.th(each["name"], scope="row", class_name="month-name"),
            rx.el.td(each["sent"], class_name="is-right money"),
            rx.el.td(each["settled"], class_name="is-right money"),
            key=each["name"],
        )

    heads = [("Month", False), ("Sent", True), ("Settled so far", True)]
    shown = table(label="Month by month", columns=heads, body=rx.foreach(S.months, line))
    save = button("CSV", rx.el.span(" of the months", class_name="unseen"), tone="quiet", icon="download", small=True,
                  on_click=S.download)  # fmt: skip
    return card(_columns(), help_more(shown, summary="Show as a table"), title="Month by month", end=save)


def _far() -> rx.Component:
    """A bar for each step from sent to settled."""

    def one(each: rx.Var) -> rx.Component:
        bar = rx.el.span(class_name="chart-part chart-tone is-one", style={"width": each["bar"]})
        return rx.el.li(
            rx.el.span(each["name"], class_name="chart-name"),
            rx.el.span(bar, class_name="chart-track", aria_hidden="true"),
            rx.el.span(each["value"], class_name="chart-value"),
            class_name="chart-bar",
            key=each["name"],
        )

    return card(
        rx.el.ul(rx.foreach(S.far, one), class_name="chart-bars far"),
        optional(S.far_note, rx.el.p(S.far_note, class_name="small muted")),
        title="How far they came",
    )


def _columns() -> rx.Component:
    """The same months as columns, the earliest first; the table below says them to whoever can't see."""

    def column(each: rx.Var) -> rx.Component:
        bars = rx.el.div(
            rx.el.i(style={"height": each["bar"]}),
            rx.el.i(style={"height": each["bar_settled"]}, class_name="is-settled"),
            class_name="month-bars",
        )
        return rx.el.div(bars, rx.el.span(each["letter"]), title=each["name"], key=each["name"])

    marks = rx.el.p(
        rx.el.span(rx.el.i(), "Sent"), rx.el.span(rx.el.i(class_name="is-settled"), "of these, settled so far"),
        class_name="month-marks small",
    )  # fmt: skip
    return rx.el.div(
        marks,
        rx.el.div(rx.foreach(S.months, column), class_name="month-columns", aria_hidden="true"),
        class_name="months",
    )


@page("/partner/results", title="Your results", portal=Portal.PARTNER, on_load=[*PARTNER_LOADS, S.load])
def partner_results_page() -> rx.Component:
    """What came of the clients that one sent."""
    none = empty(
        title="Nothing to count yet",
        text="Once you have sent somebody, what came of it stands here, month by month.",
        mark="chart-column",
    )
    monthly = rx.el.p(
        "“Settled so far” counts those whom you sent in that month. ",
        link("Have it by e-mail each month", to="/partner/settings/updates", class_name="link"),
        ", with who is still open.",
        class_name="small muted",
    )
    shown = rx.el.div(_figures(), _months(), _far(), monthly, class_name="stack")
    return partner_page(
        page_head(title="Your results", lead="Clients whom you sent to " + PartnerHere.firm + "."),
        rx.cond(S.ready, rx.cond(S.any_sent, shown, none), skeleton_card()),
        live_signal(on_change=S.load),
        current="results",
    )
