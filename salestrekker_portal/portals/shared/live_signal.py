"""The invisible part of a live page: when the tab is bumped, it asks its own State to look again."""

import reflex as rx

from salestrekker_portal.portals.live import LiveState


def live_signal(*, on_change: rx.event.EventType) -> rx.Component:
    """Calls `on_change` each time somebody else changed what this page shows. Renders nothing to see."""
    return rx.cond(
        LiveState.revision > 0,
        rx.el.span(key=LiveState.revision.to_string(), on_mount=on_change, hidden=True),
        rx.fragment(),
    )
