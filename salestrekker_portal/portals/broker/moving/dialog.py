"""The dialog that moves a deal to another workflow, and the notice after any move."""

import reflex as rx

from salestrekker_portal.portals.broker.moving.state import MovingState
from salestrekker_portal.ui import feedback, forms, overlay
from salestrekker_portal.ui.feedback import fleeting
from salestrekker_portal.ui.marks import icon

# Longer than other notices: there is something to do in it.
SECONDS = 12


def moving_dialog() -> rx.Component:
    """Where to, what it means, and yes or no."""
    body = rx.el.div(
        rx.el.p(MovingState.name, class_name="confirm-title"),
        rx.cond(MovingState.decided, rx.fragment(), _choices()),
        rx.cond(
            MovingState.typing != "", feedback.banner(tone="warn", text=MovingState.typing, live=False), rx.fragment()
        ),
        rx.cond(MovingState.error != "", feedback.banner(tone="bad", text=MovingState.error), rx.fragment()),
        rx.el.div(
            rx.el.p("What this means", class_name="small muted"),
            rx.el.ul(rx.foreach(MovingState.meaning, lambda each: rx.el.li(each, key=each)), class_name="plain-points"),
            role="status",
        ),
        class_name="stack is-tight",
    )
    return overlay.modal(
        body,
        id="moving",
        open=MovingState.shown,
        on_close=MovingState.close,
        title=rx.cond(MovingState.decided, "Lock answers while the client types?", "Move deal"),
        foot=rx.fragment(
            forms.button("Cancel", on_click=MovingState.close),
            forms.button(
                rx.cond(MovingState.decided, "Move and lock", "Move deal"), tone="primary", on_click=MovingState.go
            ),
        ),
    )


def _choices() -> rx.Component:
    return forms.fields(
        forms.select(
            id="moving-workflow",
            label="Workflow",
            choices=MovingState.workflows,
            blank=None,
            value=MovingState.workflow,
            on_change=MovingState.choose_workflow,
            custom_attrs={"data-first": ""},
        ),
        forms.select(
            id="moving-stage",
            label="Stage",
            choices=MovingState.stages,
            blank=None,
            value=MovingState.stage,
            on_change=MovingState.choose_stage,
        ),
    )


def moved_notice() -> rx.Component:
    """Where the deal is now, and the way back. It leaves by itself, as every notice does."""
    toast = fleeting(
        icon("circle-check", size=18),
        rx.el.p(MovingState.told, class_name="grow", role="status", key=MovingState.number.to_string()),
        rx.cond(
            MovingState.undoable,
            rx.el.button("Undo", type="button", class_name="link-button", on_click=MovingState.undo),
            rx.fragment(),
        ),
        forms.icon_button(name="x", label="Close this notice", on_click=MovingState.hush),
        seconds=SECONDS,
        number=MovingState.number,
        on_gone=MovingState.hush,
        class_name=["toast", "is-ok"],
    )
    return rx.cond(MovingState.told != "", toast, rx.fragment())
