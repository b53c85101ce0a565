"""The deals of a workflow as a table that the server sorts and pages."""

import reflex as rx

from salestrekker_portal.domains.organisations.list_columns import LEAST_WIDTH, MOST_WIDTH
from salestrekker_portal.portals.broker.board.columns_state import ListColumnsState
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.many_view import many_bar
from salestrekker_portal.portals.broker.words import PORTAL_BADGES
from salestrekker_portal.ui import data, feedback, forms, overlay
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, unseen

L, C = DealListState, ListColumnsState


def deal_list() -> rx.Component:
    table = rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(_every(), rx.foreach(L.columns, _heading))),
            rx.el.tbody(rx.foreach(L.lines, _line)),
            rx.el.tfoot(rx.el.tr(rx.el.td(class_name="tick-cell"), rx.foreach(L.feet, _foot))),
            aria_label="Deals",
            class_name="table deal-table",
        ),
        class_name="table-wrap",
        role="region",
        aria_label="Deals",
        tab_index=0,
    )
    none = feedback.empty(
        title="No deals here", text="Take a filter off, or add a deal with the button above.", mark="square-kanban"
    )
    some = rx.el.div(many_bar(), table, _pages(), class_name="stack is-tight")
    return rx.cond(L.ready, rx.cond(L.lines.length() > 0, some, none), feedback.skeleton_rows())


def columns_drawer() -> rx.Component:
    """Which columns, in which order; each press is kept and shows in the list behind it."""
    return overlay.drawer(
        rx.el.p(
            "Yours alone. In a saved view they are kept for that view. A column is as wide as you drag the right edge "
            "of its heading; arrow keys do the same.",
            class_name="small muted",
        ),
        rx.el.ul(rx.foreach(L.choices, _choice), class_name="column-choices"),
        forms.button_row(
            forms.button("Done", tone="primary", on_click=C.close),
            forms.button("Standard columns", tone="quiet", icon="rotate-ccw", on_click=C.standard),
        ),
        id="columns",
        open=C.shown,
        on_close=C.close,
        title="Columns",
    )


def _choice(each: rx.Var) -> rx.Component:
    key, words = each["key"].to(str), each["words"].to(str)

    def turn(to: rx.Var, name: str, direction: str) -> rx.Component:
        label = rx.Var.create("Move ") + words + rx.Var.create(f" {direction}")
        press = forms.icon_button(name=name, label=label, small=True, on_click=C.place(key, to))
        return rx.cond(to.to(int) > 0, press, rx.fragment())

    # The name of the deal is what a line is of: it stays, and stands first.
    tick = forms.tick(
        id=rx.Var.create("column-") + key, label=words, checked=each["on"], disabled=each["fixed"],
        on_change=lambda on: C.show(key, on),
    )  # fmt: skip
    return rx.el.li(
        tick,
        rx.el.span(
            turn(each["up"], "chevron-up", "up"), turn(each["down"], "chevron-down", "down"), class_name="row is-tight"
        ),
        key=key,
    )


def _wide(column: rx.Var) -> dict:
    """The width that `column_width` keeps on the table; without one, what the column needs."""
    name = rx.Var.create("var(--column-") + column["key"].to(str)
    # Nothing takes more room than this by itself: what is longer ends in dots.
    return {"width": name + ")", "min_width": name + ")", "max_width": name + ", 280px)"}


def _heading(column: rx.Var) -> rx.Component:
    mark = rx.match(
        column["sorted"],
        ("ascending", icon("chevron-up", size=14)),
        ("descending", icon("chevron-down", size=14)),
        rx.fragment(),
    )
    words = column["words"].to(str)
    sorting = link(words, mark, to=column["to"].to(str), class_name="table-sort")
    return rx.el.th(
        rx.cond(column["to"] != "", sorting, words),
        data.column_width(
            column=column["key"], width=column["width"], label=rx.Var.create("Width of ") + words,
            least=LEAST_WIDTH, most=MOST_WIDTH, on_width=C.widen,
        ),
        scope="col",
        class_name=rx.cond(column["number"], "is-right", ""),
        style=_wide(column),
        custom_attrs={"aria-sort": rx.cond(column["to"] != "", column["sorted"], rx.Var("undefined"))},
        key=column["key"].to(str),
    )  # fmt: skip


def _line(each: rx.Var) -> rx.Component:
    chosen = L.chosen.contains(each["id"])
    return rx.el.tr(
        rx.el.td(
            forms.bare_tick(
                label="Choose " + each["name"], checked=chosen, on_change=lambda on: L.tick(each["id"], on)
            ),
            class_name="tick-cell",
        ),
        rx.foreach(L.columns, lambda column: _cell(each, column)),
        key=each["id"],
        class_name=rx.cond(chosen, "is-chosen", ""),
    )


def _cell(each: rx.Var, column: rx.Var) -> rx.Component:
    key = column["key"].to(str)
    words = each["cells"].to(dict[str, str])[key]
    warned = rx.el.span(icon("triangle-alert", size=14), words, class_name="badge is-warn")
    shown = rx.match(
        key,
        ("days", rx.cond(each["stale"], warned, words)),
        ("finance_due", rx.cond(each["due"], warned, words)),
        ("move", data.whose_move(each["move"])),
        ("portal", data.status_badge(each["portal"], cases=PORTAL_BADGES)),
        ("profile", data.ring(each["percent"])),
        rx.fragment(words),
    )
    # On a phone a line is this cell alone.
    late = rx.cond(each["late"], icon("triangle-alert", size=14), rx.fragment())
    brief = rx.fragment(
        rx.el.span(each["amount"], class_name="line-brief money"),
        rx.el.span(each["stage"], data.whose_move(each["move"]), class_name="line-brief"),
        rx.el.span(late, each["when"], class_name=["line-brief", rx.cond(each["late"], "is-late", "")]),
    )
    name = rx.el.th(
        link(each["name"], to=each["href"], class_name="table-name"), brief, scope="row", style=_wide(column), key=key
    )
    cell = rx.el.td(
        shown, class_name=rx.cond(column["number"], "money is-right is-short", "is-short"), style=_wide(column), key=key
    )
    return rx.cond(key == "deal", name, cell)


def _foot(each: rx.Var) -> rx.Component:
    """What all pages add up to."""
    words = (rx.el.b(each["sum"]), optional(each["of"], rx.el.span(" ", each["of"], class_name="muted")))
    shape = {"col_span": each["span"].to(int), "key": each["key"].to(str)}
    cell = rx.el.td(*words, class_name=rx.cond(each["number"], "money is-right", ""), **shape)
    return rx.cond(each["key"] == "deal", rx.el.th(*words, scope="row", **shape), cell)


def _every() -> rx.Component:
    tick = forms.bare_tick(label="Choose all deals of this page", checked=L.page_chosen, on_change=L.tick_page)
    return rx.el.th(tick, scope="col", class_name="tick-cell")


def list_tools() -> rx.Component:
    """What stands at the end of the filters while the list is shown."""
    return rx.el.div(
        forms.button("Columns", small=True, tone="quiet", icon="columns-3", on_click=C.begin),
        forms.button("CSV", unseen(" of these deals"), small=True, tone="quiet", icon="download",
                     on_click=DealListState.download),
        class_name="list-tools",
    )  # fmt: skip


def _pages() -> rx.Component:
    def turn(to: rx.Var, words: str, mark: str) -> rx.Component:
        return optional(to, link(icon(mark), words, to=to, class_name="button is-small"))

    return rx.el.nav(
        rx.el.span(DealListState.range_words, class_name="small muted"),
        turn(DealListState.earlier, "Earlier", "chevron-left"),
        turn(DealListState.later, "Later", "chevron-right"),
        aria_label="Pages",
        class_name="button-row",
    )
