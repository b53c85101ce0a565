"""The broker's figures on the client profile: a glance, and each opens what it is made of."""

import reflex as rx

from salestrekker_portal.portals.broker.profile.state import BrokerProfileState as S
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link


def figures() -> rx.Component:
    """Every figure of the deal, counted anew while answers come in."""
    more = rx.el.details(
        rx.el.summary(icon("chevron-right"), "More figures"),
        rx.el.div(rx.foreach(S.more_figures, _figure), class_name="broker-figures"),
        class_name="help",
    )
    shown = card(
        rx.el.div(rx.foreach(S.figures, _figure), class_name="broker-figures"),
        more,
        title="Position",
        end=rx.el.span("Our count, to talk about. The lender’s own decides.", class_name="small muted"),
    )
    return rx.cond(S.figures.length() > 0, shown, rx.fragment())


def _figure(figure: rx.Var) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(figure["label"], class_name="small muted block"),
            rx.el.strong(figure["words"], class_name="figures"),
            id="figure-" + figure["key"].to(str),
        ),
        optional(figure["note"], rx.el.p(figure["note"], class_name="small muted")),
        rx.el.ul(rx.foreach(figure["rows"].to(list[dict[str, str]]), _row)),
        open=S.figure_wanted == figure["key"],
        class_name="broker-figure",
        key=figure["key"],
    )


def _row(row: rx.Var) -> rx.Component:
    named = rx.cond(row["path"] != "", link(row["label"], to=row["path"]), rx.el.span(row["label"]))
    return rx.el.li(named, rx.el.span(row["words"], class_name="figures"), key=row["id"])
