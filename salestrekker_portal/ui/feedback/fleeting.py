"""A box that asks to go away by itself."""

import reflex as rx

from ..beside import beside
from ..kinds import Child, Handler, Number

_LIBRARY = f"$/public{beside('fleeting.jsx')}"


class Fleeting(rx.Component):
    """Raises `on_gone` after `seconds`, and when the page that it was shown on is left.

    It brings its own region: where it covers nothing that can be pressed, or inside the dialog that is open.
    Its time stands still while the pointer or the focus is in it, or the tab is not in view.
    `number` starts it anew.
    """

    library = _LIBRARY
    tag = "Fleeting"
    seconds: rx.Var[int]
    number: rx.Var[int]
    on_gone: rx.EventHandler[rx.event.no_args_event_spec]


def fleeting(*children: Child, seconds: Number, number: Number, on_gone: Handler, class_name: list) -> rx.Component:
    """A notice that leaves by itself, see `Fleeting`."""
    return Fleeting.create(*children, seconds=seconds, number=number, on_gone=on_gone, class_name=class_name)
