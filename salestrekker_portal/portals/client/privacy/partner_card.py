"""The card of the privacy page with which a client says what partners may see."""

import reflex as rx

from salestrekker_portal.portals.client.privacy.partner_state import PartnersSeeState as P
from salestrekker_portal.ui.data import card
from salestrekker_portal.ui.forms import choice_card
from salestrekker_portal.ui.forms.fields import group
from salestrekker_portal.ui.kinds import optional


def partners_card() -> rx.Component:
    """Who sent them, four choices, and that amounts are none of them."""

    def who(row: rx.Var) -> rx.Component:
        return rx.el.li(
            rx.el.b(row["name"], class_name="breakable"),
            rx.el.span(row["how"], class_name="small muted block"),
            key=row["id"],
        )

    def one(row: rx.Var) -> rx.Component:
        return choice_card(
            name="partners-see",
            value=row["value"],
            label=row["label"],
            note=row["note"],
            checked=P.chosen == row["value"],
            on_change=P.choose,
            key=row["value"],
        )

    body = rx.el.div(
        rx.el.ul(rx.foreach(P.referrers, who), class_name="stack is-tight"),
        group(
            rx.el.div(rx.foreach(P.choices, one), class_name="choices"),
            id="partners-see",
            label="They may see",
            role="radiogroup",
        ),
        optional(P.others, rx.el.p(P.others, class_name="small")),
        rx.el.p(
            "It counts at once. Amounts, your answers and your papers are shown to no partner, whatever you choose.",
            class_name="small muted",
        ),
        class_name="stack",
    )
    shown = card(body, title="What partners may see", id="partners")
    return rx.cond(P.referrers.length() > 0, shown, rx.fragment())
