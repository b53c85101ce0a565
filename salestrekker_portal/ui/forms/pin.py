"""The six-digit PIN: one real input drawn over six cells, so that paste and one-time codes just work."""

from typing import Any

import reflex as rx

from ..kinds import Text
from .fields import field, wiring


def pin_input(
    *, id: Text = "pin", label: Text = "PIN", help: Text = "", error: Text = "", **props: Any
) -> rx.Component:
    """A field called "PIN". It takes 20 letters, because people paste codes with spaces in them."""
    props.setdefault("name", "pin")
    cells = [rx.el.span(class_name="pin-cell", aria_hidden="true") for _ in range(6)]
    control = rx.el.input(
        type="text",
        input_mode="numeric",
        auto_complete="one-time-code",
        max_length=20,
        class_name="pin-input",
        **wiring(id=id, help=help, error=error),
        **props,
    )
    box = rx.el.div(*cells, control, class_name="pin")
    return field(box, id=id, label=label, help=help, error=error)
