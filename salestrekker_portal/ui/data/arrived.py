"""What a link led to, brought into view once the page has it."""

import reflex as rx

from ..beside import beside

_LIBRARY = f"$/public{beside('arrived.jsx')}"


class Arrived(rx.Component):
    """Goes into the element that has `data-arrived` and can take the focus (`tab_index=-1`)."""

    library = _LIBRARY
    tag = "Arrived"


def arrived() -> rx.Component:
    """The mark inside of what a link led to."""
    return Arrived.create()
