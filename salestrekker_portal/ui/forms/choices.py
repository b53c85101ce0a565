"""Choosing: native radios and checkboxes inside cards, lines and switches."""

from typing import Any

import reflex as rx

from ..kinds import Child, Flag, Handler, Text, given, optional
from .fields import group
from .prompt import choice_input


def choice_card(
    *,
    name: Text,
    value: Text,
    label: Text,
    note: Text = "",
    checked: Flag | None = None,
    on_change: Handler = None,
    type: str = "radio",
    **props: Any,
) -> rx.Component:
    """One card with its radio (or checkbox); use it in a `foreach`, `choice_cards` for plain lists."""
    if checked is not None:
        props["checked"] = checked
    if on_change is not None:
        props["on_change"] = on_change
    return rx.el.label(
        choice_input(type=type, name=name, value=value, class_name="choice-input", **props),
        rx.el.span(label, _note(note), class_name="choice-text"),
        class_name="choice",
    )


def _note(note: Text) -> Child:
    return optional(note, rx.el.small(note)) if given(note) else rx.fragment()


def choice_cards(
    *,
    id: Text,
    label: Text,
    choices: list[tuple[str, str]] | rx.Var,
    value: Text,
    on_change: Handler = None,
    name: Text | None = None,
    columns: str = "",
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    **props: Any,
) -> rx.Component:
    """One of several, as cards. `choices` are (value, words) or a Var of dicts `value`, `label`, `note`.

    `columns`: "" one under the other, "is-two" side by side, "is-two-wide"/"is-three" where there is room.
    """
    name = id if name is None else name
    more = {"on_change": on_change, **props}
    if isinstance(choices, rx.Var):
        cards: list[Any] = [
            rx.foreach(
                choices,
                lambda c: choice_card(
                    name=name,
                    value=c["value"],
                    label=c["label"],
                    checked=value == c["value"],
                    key=c["value"],
                    **more,
                ),
            )
        ]
    else:
        cards = [choice_card(name=name, value=v, label=words, checked=value == v, **more) for v, words in choices]
    box = rx.el.div(*cards, class_name=f"choices {columns}".strip())
    return group(box, id=id, label=label, help=help, error=error, optional=optional, role="radiogroup")


def yes_no(*, id: Text, label: Text, value: Text, on_change: Handler = None, **props: Any) -> rx.Component:
    """Yes or No as two cards; the value is "yes", "no" or empty."""
    return choice_cards(
        id=id,
        label=label,
        choices=[("yes", "Yes"), ("no", "No")],
        value=value,
        on_change=on_change,
        columns="is-two",
        **props,
    )


def tick(
    *,
    id: Text,
    label: Text,
    note: Text = "",
    end: Child | None = None,
    checked: Flag | None = None,
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """A checkbox with its words; `end` stands at the right of the line."""
    if checked is not None:
        props["checked"] = checked
    if on_change is not None:
        props["on_change"] = on_change
    if given(note):
        props["aria_describedby"] = f"{id}-note"
    box = choice_input(type="checkbox", id=id, class_name="tick-input", aria_labelledby=f"{id}-words", **props)
    return rx.el.label(
        box,
        rx.el.span(
            rx.el.span(label, id=f"{id}-words"),
            optional(note, rx.el.small(note, id=f"{id}-note")) if given(note) else rx.fragment(),
            class_name="tick-text",
        ),
        rx.el.span(end, class_name="tick-end") if end is not None else rx.fragment(),
        class_name="tick",
    )


def bare_tick(*, label: Text, checked: Flag, on_change: Handler) -> rx.Component:
    """A checkbox of a row, whose words the row shows already."""
    return choice_input(
        type="checkbox", class_name="tick-input", aria_label=label, checked=checked, on_change=on_change
    )


def ticks(
    *children: Child,
    id: Text,
    label: Text,
    boxed: bool = False,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
) -> rx.Component:
    """Several ticks under one question."""
    return group(
        rx.el.div(*children, class_name="ticks is-boxed" if boxed else "ticks"),
        id=id,
        label=label,
        help=help,
        error=error,
        optional=optional,
    )


def switch(
    *,
    id: Text,
    label: Text,
    note: Text = "",
    checked: Flag | None = None,
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """Something that is on or off and takes effect at once."""
    if checked is not None:
        props["checked"] = checked
    if on_change is not None:
        props["on_change"] = on_change
    return rx.el.label(
        choice_input(
            type="checkbox", role="switch", id=id, class_name="switch", aria_labelledby=f"{id}-words", **props
        ),
        rx.el.span(rx.el.span(label, id=f"{id}-words"), _note(note), class_name="tick-text"),
        class_name="switch-line",
    )
