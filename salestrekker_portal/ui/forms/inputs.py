"""Single fields: each is a labelled control, ready to stand in a form.

Extra keyword arguments go to the control itself: `name`, `value` or `default_value`, `on_change`,
`on_blur`, `placeholder`, `auto_complete`, `disabled`, `read_only`, `required`. `limit` says what is left of that
many characters; there is no `max_length`, because it cuts what is pasted without a word.
Prefer `default_value` with `on_blur`: a value held by the server arrives after the next letter is typed.
"""

from typing import Any

import reflex as rx

from ..kinds import Child, Flag, Text
from ..marks import icon
from .fields import field, group, wiring
from .left_over import left_over


def text_input(
    *,
    id: Text,
    label: Text,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
    limit: int = 0,
    type: str = "text",
    **props: Any,
) -> rx.Component:
    """One line of text; `type` may be text, email, tel, password or url."""
    control = rx.el.input(
        type=type,
        class_name=props.pop("class_name", "input"),
        **wiring(id=id, help=help, error=error),
        **props,
    )
    # Above what the caller puts there: the count belongs to the field.
    after = rx.fragment(left_over(of=id, limit=limit), after) if limit else after
    return field(control, id=id, label=label, help=help, error=error, optional=optional, mark=mark, after=after)


def text_area(
    *,
    id: Text,
    label: Text,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
    limit: int = 0,
    rows: str = "3",
    **props: Any,
) -> rx.Component:
    """Several lines of text; it grows with what is typed where the browser can."""
    control = rx.el.textarea(rows=rows, class_name="input", **wiring(id=id, help=help, error=error), **props)
    after = rx.fragment(left_over(of=id, limit=limit), after) if limit else after
    return field(control, id=id, label=label, help=help, error=error, optional=optional, mark=mark, after=after)


def select_options(choices: list[tuple[str, str]] | rx.Var) -> Any:
    """`<option>`s from (value, words) pairs, or from a Var of dicts with `value` and `label`."""
    if isinstance(choices, rx.Var):
        return rx.foreach(choices, lambda c: rx.el.option(c["label"], value=c["value"], key=c["value"]))
    return rx.fragment(*[rx.el.option(words, value=value) for value, words in choices])


def select(
    *,
    id: Text,
    label: Text,
    choices: list[tuple[str, str]] | rx.Var,
    blank: Text | None = "Choose one",
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
    **props: Any,
) -> rx.Component:
    """A native drop-down. `blank` is the first, empty choice; None leaves it out."""
    control = rx.el.div(
        rx.el.select(
            rx.el.option(blank, value="") if blank is not None else rx.fragment(),
            select_options(choices),
            class_name="input",
            **wiring(id=id, help=help, error=error),
            **props,
        ),
        icon("chevron-down"),
        class_name="select",
    )
    return field(control, id=id, label=label, help=help, error=error, optional=optional, mark=mark, after=after)


def _affixed(sign: str, kind: str, end: bool, control: rx.Component) -> rx.Component:
    mark = rx.el.span(sign, aria_hidden="true", class_name="affix-sign is-end" if end else "affix-sign")
    return rx.el.div(mark, control, class_name=f"affix is-{kind}")


def money(
    *,
    id: Text,
    label: Text,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
    sign: str = "$",
    **props: Any,
) -> rx.Component:
    """An amount as typed text, right-aligned after a dollar sign; the server formats it on leaving."""
    control = rx.el.input(
        type="text",
        input_mode="decimal",
        class_name="input",
        **wiring(id=id, help=help, error=error),
        **props,
    )
    return field(
        _affixed(sign, "money", False, control),
        id=id,
        label=label,
        help=help,
        error=error,
        optional=optional,
        mark=mark,
        after=after,
    )


def percent(
    *,
    id: Text,
    label: Text,
    help: Text = "",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
    **props: Any,
) -> rx.Component:
    """A share or a rate as typed text before a per cent sign."""
    control = rx.el.input(
        type="text",
        input_mode="decimal",
        class_name="input",
        **wiring(id=id, help=help, error=error),
        **props,
    )
    return field(
        _affixed("%", "percent", True, control),
        id=id,
        label=label,
        help=help,
        error=error,
        optional=optional,
        mark=mark,
        after=after,
    )


def date_input(
    *,
    id: Text,
    label: Text,
    help: Text = "For example, 27/3/1986",
    error: Text = "",
    optional: Flag = False,
    mark: Child | None = None,
    after: Child | None = None,
    **props: Any,
) -> rx.Component:
    """A day typed as dd/mm/yyyy: people know their birthday and do not want to page to 1961."""
    # Not type=date: its calendar begins today, and its order of day and month is the machine's, not the country's.
    props.setdefault("placeholder", "dd/mm/yyyy")
    control = rx.el.input(
        type="text",
        input_mode="numeric",
        class_name="input is-date",
        **wiring(id=id, help=help, error=error),
        **props,
    )
    return field(control, id=id, label=label, help=help, error=error, optional=optional, mark=mark, after=after)


def date_parts(
    *,
    id: Text,
    label: Text,
    parts: list[tuple[str, str, dict]],
    help: Text = "",
    error: Text = "",
    **props: Any,
) -> rx.Component:
    """A date in parts: (key, label, props of that input) for day, month, year, or any of them."""
    boxes = [
        rx.el.label(
            rx.el.span(words, class_name="small muted"),
            rx.el.input(
                type="text",
                id=f"{id}-{key}",
                input_mode="numeric",
                class_name="input",
                style={"width": "96px" if key == "year" else "68px"},
                **more,
            ),
        )
        for key, words, more in parts
    ]
    return group(rx.el.div(*boxes, class_name="row is-top"), id=id, label=label, help=help, error=error, **props)


def search_box(*, id: Text, label: Text, key_hint: str = "", **props: Any) -> rx.Component:
    """A search field with its magnifier; `key_hint` shows a shortcut at the end."""
    hint = rx.el.kbd(key_hint, class_name="kbd search-key only-wide", aria_hidden="true") if key_hint else rx.fragment()
    props.setdefault("placeholder", label)
    return rx.el.div(
        icon("search"),
        rx.el.input(type="search", id=id, aria_label=label, class_name="input", **props),
        hint,
        class_name="search",
    )
