"""A field in which an address is typed: suburbs, and with a provider whole addresses, are offered, never demanded."""

from typing import Any

import reflex as rx

from ..beside import beside
from ..kinds import Child, Text
from .fields import field, wiring
from .left_over import left_over

_LIBRARY = f"$/public{beside('offers.jsx')}"


class OfferedInput(rx.el.Input):
    """One line with offers below it. `land` is the country that is looked in, "au" or "nz"; "" offers nothing."""

    library = _LIBRARY
    tag = "OfferedInput"
    land: rx.Var[str]


def address_input(
    *, id: Text, label: Text, land: Text, help: Text = "", error: Text = "", limit: int = 0, mark: Child | None = None,
    **props: Any,
) -> rx.Component:  # fmt: skip
    """One line for a whole address, as `text_input`."""
    control = OfferedInput.create(land=land, class_name="input", **wiring(id=id, help=help, error=error), **props)
    after = left_over(of=id, limit=limit) if limit else None
    return field(control, id=id, label=label, help=help, error=error, mark=mark, after=after)
