"""News of a partner's deals: what the bell leads to."""

import reflex as rx

from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.partner.here import PARTNER_LOADS, back_link, partner_page
from salestrekker_portal.portals.partner.news.state import PartnerNewsState as S
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.data import card, rows
from salestrekker_portal.ui.feedback import empty, skeleton_rows
from salestrekker_portal.ui.forms import button
from salestrekker_portal.ui.frame import page_head
from salestrekker_portal.ui.marks import icon, link, unseen


def _row(row: rx.Var) -> rx.Component:
    line = link(
        rx.el.span(icon("bell"), class_name="news-mark", aria_hidden="true"),
        rx.el.span(
            rx.cond(row["unread"], unseen("New: "), rx.fragment()),
            rx.el.span(row["about"], class_name="row-name"),
            rx.el.span(row["words"], class_name="row-note"),
            class_name="grow breakable",
        ),
        rx.el.time(row["when_at"], title=row["exact"], class_name="small muted nowrap"),
        to=row["to"].to(str),
        class_name="row-link",
    )
    return rx.el.li(line, class_name=rx.cond(row["unread"], "news-line is-new", "news-line"), key=row["id"])


@page("/partner/news", title="News", portal=Portal.PARTNER, on_load=[*PARTNER_LOADS, S.load])
def partner_news_page() -> rx.Component:
    """What happened with the clients that one sent."""
    all_read = button("Mark all as read", icon="check-check", on_click=S.mark_all)
    nothing = empty(title="Nothing yet", text="What happens on the deals that you follow appears here.", mark="bell")
    some = card(rows(rx.foreach(S.rows, _row)), flush=True)
    return partner_page(
        page_head(rx.cond(S.any_unread, all_read, rx.fragment()), title="News", above=back_link()),
        rx.cond(S.ready, rx.cond(S.rows.length() > 0, some, nothing), skeleton_rows()),
        live_signal(on_change=S.load),
        current="deals",
    )
