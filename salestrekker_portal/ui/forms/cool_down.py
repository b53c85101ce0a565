"""A submit button that waits: it says how long, and sends its form once the time is up."""

import reflex as rx

from ..beside import beside
from ..kinds import Child, Number, Text

_LIBRARY = f"$/public{beside('cool_down.jsx')}"


class CoolDown(rx.Component):
    """The button with its clock; `seconds` is what is left when the page is shown."""

    library = _LIBRARY
    tag = "CoolDown"
    seconds: rx.Var[int]
    waiting: rx.Var[str]


def cool_down_button(*children: Child, seconds: Number, waiting: Text) -> rx.Component:
    """Sends the form it stands in, `seconds` from now at the earliest; `waiting` stands before the clock."""
    return CoolDown.create(*children, seconds=seconds, waiting=waiting, class_name="button is-wide")
