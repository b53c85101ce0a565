"""People of one's own firm, chosen while something is written: by a chip, or by typing @ and their name."""

from typing import Any

import reflex as rx

from ..beside import beside
from ..kinds import optional
from ..marks import icon
from .fields import group

_LIBRARY = f"$/public{beside('mention.jsx')}"
# With more people than this, only those who are chosen stand there, and a field finds the others.
MOST_CHIPS = 8
PREFIX = "tell-"


class Mention(rx.Component):
    """The list that opens while a name is typed into the field `of` after an @, or into the field `find`."""

    library = _LIBRARY
    tag = "Mention"
    of: rx.Var[str]
    among: rx.Var[str]
    find: rx.Var[str]
    label: rx.Var[str]


def tell_someone(people: rx.Var, *, id: str, of: str, told: rx.Var | None = None, **props: Any) -> rx.Component:
    """A row of chips under the field `of`; nothing where there is nobody. `people` is a Var of dicts `id`, `name` and
    `hint`, `told` the ids that are chosen at the beginning. The form has each who is chosen as `tell-<id>`."""
    find = f"{id}-find"
    chips = rx.foreach(people, lambda each: _chip(each, id, told))
    field = rx.el.input(
        type="search", id=find, placeholder="Find a colleague", aria_label="Find a colleague", auto_complete="off",
        class_name="input tell-find", custom_attrs={"data-keep": "no"},
    )  # fmt: skip
    many = people.length() > MOST_CHIPS
    row = group(
        rx.el.div(
            chips, rx.cond(many, field, rx.fragment()), class_name=["chips tell-chips", rx.cond(many, "is-many", "")]
        ),
        Mention.create(of=of, among=id, find=find, label="Colleagues"),
        id=id,
        label="Tell someone",
        help="They get a notice with a link to this note. Or type @ and a name.",
    )
    return rx.cond(people.length() > 0, rx.el.div(row, class_name="tell", **props), rx.fragment())


def _chip(each: rx.Var, id: str, told: rx.Var | None) -> rx.Component:
    key = each["id"].to(str)
    box = rx.el.input(
        type="checkbox",
        id=rx.Var.create(f"{id}-") + key,
        name=rx.Var.create(PREFIX) + key,
        default_checked=told.contains(key) if told is not None else False,
        class_name="tell-box",
        custom_attrs={"data-name": each["name"], "data-hint": each["hint"]},
    )
    hint = optional(each["hint"], rx.el.small(each["hint"]))
    return rx.el.label(box, icon("at-sign", size=14), each["name"], hint, class_name="chip tell-chip", key=key)
