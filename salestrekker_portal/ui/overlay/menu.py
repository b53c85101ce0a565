"""A menu behind a button, without a State: opening it is the browser's business."""

from typing import Any

import reflex as rx

from ..kinds import Child, Flag, Handler, Text, optional
from ..marks import icon as draw
from ..marks import link
from .native import NativeMenu


def menu(*items: Child, summary: Child, label: Text = "", end: bool = False, head: Text = "") -> rx.Component:
    """`items` behind `summary`; `end` opens it to the left. `label` names a summary that is only an icon."""
    named: dict[str, Any] = {"title": label} if label != "" else {}
    return NativeMenu.create(
        rx.el.summary(summary, **named),
        rx.el.div(optional(head, rx.el.p(head, class_name="menu-head")), *items, class_name="menu-list"),
        class_name="menu is-end" if end else "menu",
    )


def menu_link(*children: Child, to: Text, icon: str | None = None, current: Flag = False, **props: Any) -> rx.Component:
    """A line of a menu that leads to another screen."""
    return link(
        draw(icon) if icon else rx.fragment(),
        *children,
        to=to,
        class_name="menu-item",
        aria_current=rx.cond(current, "true", "false") if isinstance(current, rx.Var) else str(current).lower(),
        **props,
    )


def menu_button(
    *children: Child, on_click: Handler = None, icon: str | None = None, danger: bool = False, **props: Any
) -> rx.Component:
    """A line of a menu that does something."""
    return rx.el.button(
        draw(icon) if icon else rx.fragment(),
        *children,
        type="button",
        class_name="menu-item is-bad" if danger else "menu-item",
        **({} if on_click is None else {"on_click": on_click}),
        **props,
    )
