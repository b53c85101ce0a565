"""What the deal asks for, beside its files: each request, and what of it has come."""

import reflex as rx

from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.documents.all_state import DealDocumentsState as S
from salestrekker_portal.portals.broker.documents.review import BADGES
from salestrekker_portal.portals.broker.documents.rows import RequestRow
from salestrekker_portal.ui.data import avatar, status_badge
from salestrekker_portal.ui.marks import link


def asked_card() -> rx.Component:
    """The requests by person; nothing where the deal asks for nothing."""
    card = rx.el.section(
        rx.el.div(
            rx.el.h3("Asked for"),
            rx.el.span(S.asked_words, class_name="muted small figures"),
            link("Required documents", to=DealFrameState.deal_path + "/required-documents", class_name="link push"),
            class_name="section-head",
        ),
        rx.el.div(rx.foreach(S.asked, _group), class_name="card"),
        class_name="asked",
    )
    return rx.cond(S.asked.length() > 0, card, rx.fragment())


def _group(group: rx.Var) -> rx.Component:
    return rx.el.section(
        rx.el.h4(avatar(group["initials"], size="tiny"), rx.el.b(group["name"]), class_name="request-group"),
        rx.el.ul(rx.foreach(group["rows"].to(list[RequestRow]), _row)),
        key=group["key"],
    )


def _row(row: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.span(row["name"]), rx.el.small(row["note"]), class_name="grow breakable"),
        status_badge(row["state"], cases=BADGES),
        class_name="request",
        key=row["id"],
    )
