"""A search that lies over every page: opened by Ctrl K, / or its button, gone through by arrows."""

import reflex as rx

from ..beside import beside
from ..kinds import Child, Handler, Text
from ..marks import icon, link

_LIBRARY = f"$/public{beside('palette.jsx')}"


class Palette(rx.Component):
    """The button and the dialog; `hint` is an element without an id, the children a field and what was found."""

    library = _LIBRARY
    tag = "Palette"
    label: rx.Var[str]
    placeholder: rx.Var[str]
    keys: rx.Var[str]
    hint: rx.Component
    on_open: rx.EventHandler[rx.event.no_args_event_spec]


def palette(*found: Child, label: str, placeholder: str, on_open: Handler, on_type: Handler) -> rx.Component:
    """`on_type` gets what was typed, a moment after the last letter; `found` are `palette_line`s."""
    field = rx.el.div(
        icon("search", size=18),
        rx.el.input(
            type="search",
            aria_label=label,
            placeholder=placeholder,
            on_change=on_type,
            auto_complete="off",
            spell_check=False,
            id="search-all",
            class_name="palette-input",
        ),
        class_name="palette-head",
    )
    return Palette.create(
        field, *found, label=label, placeholder=placeholder, keys="Ctrl K", on_open=on_open,
        hint=icon("search", size=16),
    )  # fmt: skip


def palette_line(*, to: Text, title: Text, note: Text, mark: Child, **props) -> rx.Component:
    """One line that leads somewhere."""
    return link(
        mark,
        rx.el.span(title, class_name="palette-title"),
        rx.el.span(note, class_name="palette-note"),
        to=to,
        class_name="palette-line",
        custom_attrs={"data-hit": ""},
        **props,
    )
