"""The way from the share panel to the client's own pages, to look and not to touch."""

import reflex as rx

from salestrekker_portal.portals.broker.share.state import ShareState as S
from salestrekker_portal.ui.forms import submit
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.marks import icon


def preview_as_client() -> rx.Component:
    """Opens the client's own pages beside this one. What is chosen above counts while there is no invitation."""
    hidden = {
        "deal": S.deal_id,
        "contact": S.chosen,
        "flow": S.flow_id,
        "sections": S.only,
        "sees": S.sees,
        "statements": S.statements.to_string(),
        "requests": S.ticked.join(","),
    }
    return post_form(
        *[rx.el.input(type="hidden", name=name, value=value) for name, value in hidden.items()],
        submit(icon("eye"), "Preview as client", tone="second"),
        rx.el.p(
            "Opens their pages in a new tab. Nothing is saved there, and nothing counts as seen by them.",
            class_name="small muted",
        ),
        action="/session/preview",
        target="_blank",
        class_name="stack is-tight",
    )
