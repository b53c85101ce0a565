"""A panel from the right and a dialog in the middle, both native."""

import reflex as rx

from ..forms.buttons import icon_button
from ..kinds import Child, Flag, Handler, Text
from .native import NativeDialog


def _panel(
    children: tuple[Child, ...],
    *,
    id: str,
    open: Flag,
    on_close: Handler,
    title: Text,
    foot: Child | None,
    kind: str,
) -> rx.Component:
    return NativeDialog.create(
        rx.el.header(
            rx.el.h2(title, id=f"{id}-title"),
            icon_button(name="x", label="Close", on_click=on_close),
            class_name="drawer-head",
        ),
        rx.el.div(*children, class_name="drawer-body"),
        rx.el.footer(foot, class_name="drawer-foot") if foot is not None else rx.fragment(),
        id=id,
        open=open,
        on_close=on_close,
        class_name=f"dialog {kind}",
        custom_attrs={"aria-labelledby": f"{id}-title"},
    )


def drawer(
    *children: Child,
    id: str,
    open: Flag,
    on_close: Handler,
    title: Text,
    foot: Child | None = None,
    wide: bool = False,
) -> rx.Component:
    """A panel from the right over the dimmed page; Escape, the cross and a click beside it raise `on_close`.

    Its children exist only while it is open; the one with `data-first` gets the focus, or else the
    field that they begin with. Put it inside the frame
    (`around=`) for its density.
    """
    kind = "drawer is-wide" if wide else "drawer"
    return _panel(children, id=id, open=open, on_close=on_close, title=title, foot=foot, kind=kind)


def modal(
    *children: Child, id: str, open: Flag, on_close: Handler, title: Text, foot: Child | None = None
) -> rx.Component:
    """A dialog in the middle, for a short form or a question; the same rules as `drawer`."""
    return _panel(children, id=id, open=open, on_close=on_close, title=title, foot=foot, kind="modal")
