"""Choosing files: the native picker behind a button, and a place to drop a pile."""

from typing import Any

import reflex as rx

from ..kinds import Child, Text
from ..marks import icon as draw


def file_button(
    *, id: Text, label: Text, icon: str = "upload", tone: str = "second", small: bool = False, **props: Any
) -> rx.Component:
    """A button that opens the file picker.

    Extra arguments go to the native input: `accept`, `multiple`, `name`, `on_change`.
    """
    tones = "" if tone == "second" else f" is-{tone}"
    return rx.el.label(
        draw(icon),
        rx.el.span(label),
        rx.el.input(type="file", id=id, **props),
        class_name=f"button file-button{tones}{' is-small' if small else ''}",
    )


def drop_area(*children: Child, title: Text, text: Text = "", **props: Any) -> rx.Component:
    """A dashed box that invites a pile of files; put the button in it as a child."""
    return rx.el.div(
        rx.el.span(draw("upload", size=20), class_name="drop-sign"),
        rx.el.h3(title),
        rx.el.p(text, class_name="small muted"),
        *children,
        class_name="drop",
        **props,
    )
