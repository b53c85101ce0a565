"""What looks like a button and is none: the inside of a summary, which the browser itself makes pressable."""

import reflex as rx

from ..kinds import Child, Text
from ..marks import icon as draw
from ..marks import unseen
from .buttons import Tone


def looks_like_button(*children: Child, tone: Tone = "second", small: bool = False) -> rx.Component:
    """For `press` of `ask_first`, and the summary of a menu."""
    classes = ["button", "" if tone == "second" else f"is-{tone}", "is-small" if small else ""]
    return rx.el.span(*children, class_name=" ".join(part for part in classes if part))


def looks_like_link(*children: Child, danger: bool = False) -> rx.Component:
    """The same for a lesser action in a running row."""
    return rx.el.span(*children, class_name="link-button is-bad" if danger else "link-button")


def looks_like_icon_button(*, name: str, label: Text, small: bool = False) -> rx.Component:
    """The same with one icon; `label` is read out."""
    classes = "button is-icon is-small" if small else "button is-icon"
    return rx.el.span(draw(name, size=18), unseen(label), title=label, class_name=classes)
