"""The partner's pieces."""

import reflex as rx

from .. import data, forms, frame


def partner_gallery() -> rx.Component:
    """A partner's board."""
    tile = data.tile(
        name="O’Dea and Rewi",
        clients="Siobhán O’Dea, Tāne Rewi",
        to="/partner/deals/1",
        broker="Alice",
        initials="AO",
        since="7 days",
        labels=data.labels(["First home"]),
        state=data.badge("Update due 13 Mar", tone="warn", icon="calendar-clock"),
    )
    columns = [
        data.column(tile, name="Getting details", total=1),
        data.column(name="Comparing lenders", total=0),
        data.column(name="Approved", total=0),
    ]
    return frame.partner_frame(
        frame.page_head(forms.link_to_button("Add new deal", to="#", tone="primary", icon="plus"), title="Your deals"),
        rx.el.div(
            forms.segmented_links(
                label="View", items=[("Board", "#b", "square-kanban"), ("List", "#l", "list")], current="#b"
            ),
            forms.switch(id="closed", label="Show closed"),
            class_name="viewbar",
        ),
        rx.el.div(*columns, class_name="board"),
        current="deals",
        firm="Harbour Finance",
        person="Dev Patel",
        initials="DP",
    )
