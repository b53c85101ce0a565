"""The edge of a column that is dragged, in a table whose columns are as wide as somebody wants them."""

import reflex as rx

from ..beside import beside
from ..kinds import Number, Text

_LIBRARY = f"$/public{beside('column_width.jsx')}"


def _column_and_width(column: rx.Var[str], width: rx.Var[int]) -> tuple[rx.Var[str], rx.Var[int]]:
    return column, width


class ColumnWidth(rx.Component):
    """Keeps `--column-<key>` on its table, in pixels; the cells say in their style that they are as wide as that."""

    library = _LIBRARY
    tag = "ColumnWidth"
    column: rx.Var[str]
    width: rx.Var[int]
    least: rx.Var[int]
    most: rx.Var[int]
    label: rx.Var[str]
    on_width: rx.EventHandler[_column_and_width]


def column_width(*, column: Text, width: Number, label: Text, least: int, most: int, on_width) -> rx.Component:
    """Goes into a heading; `on_width` gets the column's key and its pixels, 0 for what it needs."""
    return ColumnWidth.create(column=column, width=width, label=label, least=least, most=most, on_width=on_width)
