"""A button that asks before it acts, where it stands and without a State: opening the question is the browser's."""

import reflex as rx

from ..forms.buttons import button
from ..kinds import Child, Text
from .native import NativeMenu


def ask_first(*act: Child, press: Child, title: Text, text: Text, keep: Text = "Cancel") -> rx.Component:
    """`press` (a span that looks like a button) opens the question `title`; `act` are the buttons that mean it.

    The safe answer `keep` stands last and has the focus, so that Enter pressed twice removes nothing.
    """
    question = rx.el.div(
        rx.el.p(title, class_name="confirm-title"),
        rx.el.p(text, class_name="confirm-text"),
        rx.el.div(*act, button(keep, custom_attrs={"data-first": ""}), class_name="button-row"),
        role="group",
        aria_label=title,
        class_name="menu-list is-question confirm",
    )
    return NativeMenu.create(rx.el.summary(press), question, class_name="menu is-asking is-end")
