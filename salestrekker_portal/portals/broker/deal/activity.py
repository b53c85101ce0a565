"""The timeline of a deal as a page."""

import reflex as rx

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.portals.broker.deal.activity_state import ActivityState
from salestrekker_portal.portals.broker.deal.frame import DEAL_LOADS, deal_frame
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.pages import page
from salestrekker_portal.portals.shared.live_signal import live_signal
from salestrekker_portal.ui import data, feedback, forms


@page(
    "/deals/[deal_id]/activity",
    title="Activity",
    portal=Portal.BROKER,
    on_load=[*DEAL_LOADS, ActivityState.load],
)
def activity_page() -> rx.Component:
    rows = rx.foreach(
        ActivityState.deeds,
        lambda each: data.activity_row(
            initials=each["initials"],
            words=each["words"],
            when_at=each["when_at"],
            exact=each["exact"],
            key=each["id"],
        ),
    )
    older = rx.cond(
        ActivityState.has_older, forms.button("Show older", on_click=ActivityState.load_older), rx.fragment()
    )
    shown = rx.el.div(data.card(rows, title="Activity", flush=True), older, class_name="stack")
    return deal_frame(
        live_signal(on_change=ActivityState.load),
        rx.cond(ActivityState.loaded_id == DealFrameState.deal_id, shown, feedback.skeleton_card()),
        active="activity",
    )
