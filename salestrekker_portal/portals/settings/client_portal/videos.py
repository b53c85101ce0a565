"""The two kinds of videos on the Client Portal settings: on or off, and the way to them."""

import reflex as rx

from salestrekker_portal.portals.settings.client_portal.state import ClientPortalSettingsState as S
from salestrekker_portal.ui import data, forms
from salestrekker_portal.ui.marks import icon, link

PAGE = "/settings/client-portal/videos"


def videos_card() -> rx.Component:
    """Switches, each with a pen beside it."""
    return data.card(
        rx.el.p(
            "From YouTube or Vimeo. Nothing is loaded from there before a client presses play.", class_name="muted"
        ),
        _line(
            "stage_videos",
            S.stage_videos,
            label="Dashboard videos",
            note="One for each stage of a workflow, on the client’s dashboard while the deal is there.",
            kind="stages",
        ),
        _line(
            "flow_videos",
            S.flow_videos,
            label="Flow videos",
            note="For pages and sections of the fact find. Clients meet only those that their invitation asks for.",
            kind="flows",
        ),
        title="Videos",
    )


def _line(name: str, on: rx.Var, *, label: str, note: str, kind: str) -> rx.Component:
    switch = forms.switch(
        id=name.replace("_", "-"),
        label=label,
        note=note,
        checked=on,
        disabled=~S.may_edit,
        on_change=lambda value: S.switch(name, value),
    )
    pen = link(
        icon("pencil"),
        rx.cond(S.may_edit, "Edit", "Look"),
        rx.el.span(f" {label.lower()}", class_name="unseen"),
        to=f"{PAGE}?kind={kind}&whose=" + S.whose.to(str),
        class_name="button is-small",
    )
    return rx.el.div(rx.el.div(switch, class_name="grow"), pen, class_name="row")
