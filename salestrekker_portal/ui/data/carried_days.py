"""Days or months, whose dates are carried from one to another by mouse or keyboard."""

import reflex as rx

from ..beside import beside
from ..kinds import Text

_LIBRARY = f"$/public{beside('carried_days.jsx')}"
_WORDS = {
    "lifted": "{name} is lifted from {day}. Arrows carry it, Space puts it down, Escape leaves it.",
    "over": "{name}: to {day}. Let go, or press Space.",
    "left": "It stays where it was.",
}


def _what_from_and_to(
    what: rx.Var[str], seen_on: rx.Var[str], to: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str]]:
    return what, seen_on, to


class CarriedDays(rx.Component):
    """A list of days or months; each has `data-day` and `data-said`, what may be carried has `data-carry` and a title.
    `element` is what they stand in, `row` how many of them stand in a row."""

    library = _LIBRARY
    tag = "CarriedDays"
    words: rx.Var[dict[str, str]]
    element: rx.Var[str]
    row: rx.Var[int]
    on_carry: rx.EventHandler[_what_from_and_to]


def carried_days(*days: rx.Component, on_carry, class_name: str, label: Text) -> rx.Component:
    """`on_carry` gets the `data-carry`, and the `data-day`s from which and to which it was carried."""
    return CarriedDays.create(
        *days, words=_WORDS, element="ol", row=7, on_carry=on_carry, class_name=class_name,
        custom_attrs={"aria-label": label},
    )  # fmt: skip


def carried_months(*months: rx.Component, on_carry, class_name: str, label: Text) -> rx.Component:
    """The same for months, of which each is a step. `data-seen` is the day of what may be carried."""
    return CarriedDays.create(
        *months, words=_WORDS, element="div", row=1, on_carry=on_carry, class_name=class_name,
        custom_attrs={"role": "group", "aria-label": label},
    )  # fmt: skip
