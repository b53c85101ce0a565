"""Where the notices of a tab are shown; every frame puts one `around` its page."""

import reflex as rx

from salestrekker_portal.portals.events.about import SUBJECTS, TabAbout
from salestrekker_portal.portals.events.gate import TabBinding
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.ui.connection import opening
from salestrekker_portal.ui.feedback import fleeting, offline_bar
from salestrekker_portal.ui.forms import icon_button
from salestrekker_portal.ui.kinds import Child
from salestrekker_portal.ui.marks import icon

# Long enough to read two sentences twice; a refusal, or one with Undo, stays longer: there is something to do.
SECONDS = 6
SECONDS_TO_ACT = 18


def notice_region(call: Child | None = None) -> rx.Component:
    """The notice, read out when it appears, a bar while the server can't be reached, with the `call` in it, and the
    cover of what comes."""
    bad = Notices.tone == "bad"
    toast = fleeting(
        rx.cond(bad, icon("circle-alert", size=18), icon("circle-check", size=18)),
        rx.el.p(Notices.text, class_name="grow", role=rx.cond(bad, "alert", "status"), key=Notices.number.to_string()),
        rx.cond(
            Notices.undoable,
            rx.el.button("Undo", type="button", class_name="link-button", on_click=Notices.undo),
            rx.fragment(),
        ),
        icon_button(name="x", label="Close this notice", on_click=Notices.dismiss),
        seconds=rx.cond(bad | Notices.undoable, SECONDS_TO_ACT, SECONDS),
        number=Notices.number,
        on_gone=Notices.dismiss,
        class_name=["toast", rx.cond(bad, "is-bad", "is-ok")],
    )
    whose = {f"data-{portal}": TabBinding.whose.get(portal, "") for portal in ("broker", "client", "partner")}
    mark = rx.el.span(id="whose", hidden=True, custom_attrs=whose)
    cover = opening(shows=TabAbout.shows, parts=SUBJECTS)
    return rx.fragment(mark, rx.cond(Notices.text != "", toast, rx.fragment()), offline_bar(call), cover)
