"""The dialogs that add requests."""

import reflex as rx

from salestrekker_portal.domains.documents.rules import NAME_LIMIT, WORDS_LIMIT
from salestrekker_portal.portals.broker.documents.adding_state import PERSON
from salestrekker_portal.portals.broker.documents.adding_state import AddingState as S
from salestrekker_portal.ui.forms import (
    button,
    button_row,
    date_input,
    fields,
    select,
    submit,
    text_area,
    text_input,
    tick,
    ticks,
)
from salestrekker_portal.ui.overlay.dialog import drawer


def adding_dialogs() -> rx.Component:
    """Both; each lies over the page while it is open."""
    return rx.fragment(
        drawer(_single(), id="add-single", open=S.adding == "single", on_close=S.show(""), title="Add single document"),
        drawer(_from_list(), id="add-list", open=S.adding == "list", on_close=S.show(""), title="Add from template"),
    )


def _due(id: str) -> rx.Component:
    return date_input(
        id=id, name="due", label="Due", help="For example, 17/4/2026", error=S.errors["due"], optional=True
    )


def _foot(words: str) -> rx.Component:
    return button_row(submit(words), button("Cancel", tone="quiet", on_click=S.show("")))


def _single() -> rx.Component:
    return rx.el.form(
        fields(
            text_input(
                id="request-name",
                name="name",
                label="Document name",
                error=S.errors["name"],
                limit=NAME_LIMIT,
                auto_focus=True,
            ),
            select(id="request-for", name="for", label="For", choices=S.whom, blank=None),
            text_area(
                id="request-why",
                name="why",
                label="Why we ask",
                help="The client reads this in the box.",
                error=S.errors["why"],
                limit=WORDS_LIMIT,
                optional=True,
            ),
            _due("request-due"),
        ),
        _foot("Add"),
        on_submit=S.add_single,
        no_validate=True,
        class_name="stack",
    )


def _from_list() -> rx.Component:
    person = lambda each: tick(  # noqa: E731
        id=rx.Var.create("tick-") + each["value"].to(str),
        name=rx.Var.create(PERSON) + each["value"].to(str),
        label=each["label"],
        default_checked=True,
        key=each["value"],
    )
    item = lambda each: tick(  # noqa: E731
        id=rx.Var.create("tick-") + S.list_key + each["key"].to(str),
        name=each["key"],
        label=each["name"],
        note=each["note"],
        default_checked=S.ticked,
        key=S.list_key + each["key"].to(str) + S.ticked.to_string(),
    )
    turn = button(
        rx.cond(S.ticked, "Untick all documents", "Tick all documents"), small=True, tone="quiet",
        on_click=S.tick(~S.ticked),
    )  # fmt: skip
    return rx.el.form(
        fields(
            select(
                id="list", name="list", label="List", choices=S.lists, blank=None, value=S.list_key, on_change=S.choose
            ),
            ticks(rx.foreach(S.people, person), id="list-people", label="For", error=S.errors["people"]),
            rx.el.div(turn),
            ticks(rx.foreach(S.items, item), id="list-items", label="Documents", boxed=True, error=S.errors["items"]),
            _due("list-due"),
        ),
        _foot("Add these"),
        on_submit=S.add_list,
        no_validate=True,
        class_name="stack",
    )
