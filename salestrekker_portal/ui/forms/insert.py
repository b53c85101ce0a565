"""A menu of values that go into a text where the caret stands."""

import reflex as rx

from ..beside import beside
from ..kinds import Text
from ..marks import icon
from ..overlay.menu import menu

_LIBRARY = f"$/public{beside('insert.jsx')}"


class InsertButton(rx.Component):
    """A button that puts `text` into the field with the id `into`."""

    library = _LIBRARY
    tag = "InsertButton"
    into: rx.Var[str]
    text: rx.Var[str]


def insert_menu(*, into: str, values: rx.Var, label: Text) -> rx.Component:
    """“Insert value” for the field `into`; `values` is a Var of dicts `token` and `about`."""
    return rx.el.div(
        menu(
            rx.foreach(
                values,
                lambda value: InsertButton.create(
                    rx.el.span(value["token"], rx.el.small(value["about"])),
                    into=into,
                    text=value["token"],
                    class_name="menu-item",
                    key=value["token"],
                ),
            ),
            summary=rx.el.span(
                icon("plus", size=14),
                "Insert value",
                rx.el.span(" into ", label, class_name="unseen"),
                class_name="button is-quiet is-small",
            ),
            end=True,
        ),
        class_name="insert-menu",
    )
