"""A partner's results: a year in a few figures, and month by month."""

import reflex as rx

from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, PartnerHere, partner_page
from salestrekker_portal.portals.partner.results.state import PartnerResultsState as S
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card, table
from salestrekker_portal.ui.feedback import empty, skeleton_card
from salestrekker_portal.ui.forms import button
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.marks import link


def _figures() -> rx.Component:
    def one(each: rx.Var) -> rx.Component:
        return rx.el.div(
            rx.el.dt(each["name"], class_name="small muted"),
            rx.el.dd(rx.el.b(each["value"], class_name="figure-big"), class_name="stack is-close"),
            rx.el.dd(each["note"], class_name="small muted"),
            key=each["name"],
        )

    return card(rx.el.dl(rx.foreach(S.figures, one), class_name="results-figures"), title=S.span)


def _months() -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        bar = rx.el.div(rx.el.div(style={"width": each["bar"]}), class_name="figure-bar", aria_hidden="true")
        return rx.el.tr(
            rx.el.th(each["name"], bar, scope="row", class_name="month-name"),
            rx.el.td(each["sent"], class_name="is-right money"),
            rx.el.td(each["settled"], class_name="is-right money"),
            key=each["name"],
        )

    heads = [("Month", False), ("Sent", True), ("Settled so far", True)]
    shown = table(label="Month by month", columns=heads, body=rx.foreach(S.months, line))
    save = button("CSV", rx.el.span(" of the months", class_name="unseen"), tone="quiet", icon="download", small=True,
                  on_click=S.download)  # fmt: skip
    return card(shown, title="Month by month", end=save)


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
    shown = rx.el.div(_figures(), _months(), monthly, class_name="stack")
    return partner_page(
        page_head(title="Your results", lead="Clients whom you sent to " + PartnerHere.firm + "."),
        rx.cond(S.ready, rx.cond(S.any_sent, shown, none), skeleton_card()),
        live_signal(on_change=S.load),
        current="results",
    )
