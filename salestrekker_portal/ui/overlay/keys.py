"""The keys of a page: what they press, and the sheet that shows them at "?"."""

from collections.abc import Mapping, Sequence
from typing import Any

import reflex as rx

from ..beside import beside

_LIBRARY = f"$/public{beside('keys.jsx')}"


class Keys(rx.Component):
    """`go`: a letter, pressed after g, to the address of a link on the page."""

    library = _LIBRARY
    tag = "Keys"
    go: rx.Var[dict[str, str]]
    label: rx.Var[str]
    switch_label: rx.Var[str]


def keys_sheet(sections: Sequence[tuple[str, Sequence[tuple[str, str]]]], *, go: Mapping[str, str]) -> rx.Component:
    """`sections`: a name, and pairs of keys ("G then T", "?") and what they do. Others press what they are given to."""
    shown = [rx.el.section(rx.el.h3(name), rx.el.dl(*[_line(*each) for each in lines])) for name, lines in sections]
    return Keys.create(
        rx.el.h2("Keys"),
        rx.el.div(*shown, class_name="keys-sections"),
        go=dict(go),
        label="Keys",
        switch_label="Single keys work in this browser",
    )


def pressed_by(key: str) -> dict[str, Any]:
    """Properties of a button or field that a letter or "escape" presses, or puts the caret into."""
    return {"custom_attrs": {"data-key": key, "aria-keyshortcuts": key.capitalize()}}


def _line(keys: str, does: str) -> rx.Component:
    """Each key in a frame; what stands between them is a word."""
    drawn = [
        rx.el.span(f" {word} ") if word in ("then", "or", "and") else rx.el.kbd(word, class_name="kbd")
        for word in keys.split()
    ]
    return rx.el.div(rx.el.dt(*drawn), rx.el.dd(does), class_name="keys-line")
