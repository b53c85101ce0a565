"""What a form was filled from: it travels with the form, so that nobody overwrites what they have not seen."""

from typing import Any

import reflex as rx

from ..beside import beside

_LIBRARY = f"$/public{beside('filled_from.jsx')}"


class FilledFrom(rx.Component):
    """A hidden field with what the other fields showed when the form was drawn."""

    library = _LIBRARY
    tag = "FilledFrom"
    shown: rx.Var[dict[str, Any]]


def filled_from(shown: Any, **props: Any) -> rx.Component:
    """Goes into every form that overwrites. `shown` has what each field begins with, under the field's name.

    The form, or this part of it, must be drawn anew (another `key`, a drawer that opens) when it is filled anew.
    """
    return FilledFrom.create(shown=shown, **props)
