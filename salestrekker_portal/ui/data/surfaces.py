"""Cards and the plain shapes in them: facts, totals, tables, rows that lead somewhere."""

from typing import Any, Literal

import reflex as rx

from ..kinds import Child, Text, given, optional
from ..marks import icon as draw
from ..marks import link


def card(
    *children: Child,
    title: Text = "",
    end: Child | None = None,
    foot: Child | None = None,
    beside: Child | None = None,
    tone: Literal["", "next", "bad"] = "",
    flush: bool = False,
    level: Literal["h2", "h3"] = "h2",
    **props: Any,
) -> rx.Component:
    """A surface with its title. `beside` stands after the title (a count), `end` at the right (a link).

    `flush` lets rows reach the edges of a broker's card; `tone="next"` marks the one next step.
    """
    heading = rx.el.h2 if level == "h2" else rx.el.h3
    head = rx.el.div(
        heading(title),
        beside if beside is not None else rx.fragment(),
        rx.el.div(end, class_name="card-end") if end is not None else rx.fragment(),
        class_name="card-head",
    )
    return rx.el.section(
        head if given(title) else rx.fragment(),
        rx.el.div(*children, class_name="card-body is-flush" if flush else "card-body"),
        rx.el.div(foot, class_name="card-foot") if foot is not None else rx.fragment(),
        class_name=f"card is-{tone}" if tone else "card",
        **props,
    )


def fact(*, name: Text, value: Child, act: Child | None = None, **props: Any) -> rx.Component:
    """One line of `facts`; use it in a `foreach`."""
    end = rx.el.dd(act, class_name="fact-act") if act is not None else rx.fragment()
    return rx.el.div(rx.el.dt(name), rx.el.dd(value), end, class_name="fact", **props)


def facts(items: list[tuple[Text, Child]] | rx.Var, *, columns: Literal[1, 2] = 1, plain: bool = False) -> rx.Component:
    """Names and values: (name, value) pairs or a Var of dicts `name`, `value`. `columns=2` on a broker's card.

    On a client's page they stand in a grey box (answers that are locked); `plain` leaves the box out.
    """
    classes = " ".join(["facts", *(["is-two"] if columns == 2 else []), *(["is-plain"] if plain else [])])
    if isinstance(items, rx.Var):
        lines: list[Any] = [rx.foreach(items, lambda i: fact(name=i["name"], value=i["value"], key=i["name"]))]
    else:
        lines = [fact(name=name, value=value) for name, value in items]
    return rx.el.dl(*lines, class_name=classes)


def totals(items: list[tuple[Text, Text]], *, by: Child | None = None) -> rx.Component:
    """Running totals over a list: (name, amount) pairs; `by` splits them per person below."""
    cells = [
        rx.el.div(rx.el.dt(name), rx.el.dd(value, class_name="figures"), class_name="total") for name, value in items
    ]
    below = rx.el.div(by, class_name="totals-by") if by is not None else rx.fragment()
    return rx.el.div(rx.el.dl(*cells), below, class_name="totals", aria_live="polite")


def totals_line(*items: Child) -> rx.Component:
    """Totals in a line of text over a board; put the figures in `rx.el.b`."""
    return rx.el.p(*[rx.el.span(item) for item in items], class_name="totals-line")


def table(*, label: Text, columns: list[tuple[Text, bool]], body: Child, foot: Child | None = None) -> rx.Component:
    """A table that scrolls sideways rather than squeeze: columns are (heading, is a number); `body` is rows."""
    heads = [rx.el.th(words, scope="col", class_name="is-right" if number else "") for words, number in columns]
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(body),
            foot if foot is not None else rx.fragment(),
            aria_label=label,
            class_name="table",
        ),
        class_name="table-wrap",
        role="region",
        aria_label=label,
        tab_index=0,
    )


def rows(*items: Child, **props: Any) -> rx.Component:
    """A list with hairlines between its items; each item is an `rx.el.li`, or a `foreach` of them."""
    return rx.el.ul(*items, class_name="rows", **props)


def row_link(*, to: Text, name: Text, note: Text = "", end: Child | None = None, **props: Any) -> rx.Component:
    """An item of `rows` that leads somewhere."""
    line = link(
        rx.el.span(
            rx.el.span(name, class_name="row-name"),
            optional(note, rx.el.span(note, class_name="row-note")) if given(note) else rx.fragment(),
            class_name="grow",
        ),
        end if end is not None else rx.fragment(),
        draw("chevron-right"),
        to=to,
        class_name="row-link",
    )
    return rx.el.li(line, **props)
