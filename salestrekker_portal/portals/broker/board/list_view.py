"""The deals of a workflow as a table that the server sorts and pages."""

import reflex as rx

from salestrekker_portal.domains.insights.deal_list import Sort
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.many_view import many_bar
from salestrekker_portal.portals.broker.words import PORTAL_BADGES
from salestrekker_portal.ui import data, feedback, forms
from salestrekker_portal.ui.kinds import optional
from salestrekker_portal.ui.marks import icon, link, unseen

# (words, what it sorts by, is a number)
COLUMNS: list[tuple[str, Sort | None, bool]] = [
    ("Deal", Sort.NAME, False),
    ("Clients", None, False),
    ("Stage", Sort.STAGE, False),
    ("Amount", Sort.AMOUNT, True),
    ("Days", Sort.DAYS, True),
    ("Owner", None, False),
    ("Portal", None, False),
    ("Docs", None, False),
    ("Profile", Sort.PROFILE, False),
    ("Whose move", None, False),
    ("Settles", Sort.SETTLES, True),
]


def deal_list() -> rx.Component:
    table = rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(_every(), *[_heading(*column) for column in COLUMNS])),
            rx.el.tbody(rx.foreach(DealListState.lines, _line)),
            aria_label="Deals",
            class_name="table",
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
    return rx.cond(DealListState.ready, rx.cond(DealListState.lines.length() > 0, some, none), feedback.skeleton_rows())


def _heading(words: str, sort: Sort | None, number: bool) -> rx.Component:
    side = "is-right" if number else ""
    if sort is None:
        return rx.el.th(words, scope="col", class_name=side)
    heading = DealListState.headings[sort.value]
    mark = rx.match(
        heading["sorted"],
        ("ascending", icon("chevron-up", size=14)),
        ("descending", icon("chevron-down", size=14)),
        rx.fragment(),
    )
    return rx.el.th(
        link(words, mark, to=heading["to"], class_name="table-sort"),
        scope="col",
        class_name=side,
        custom_attrs={"aria-sort": heading["sorted"]},
    )


def _line(each: rx.Var) -> rx.Component:
    late = rx.el.span(icon("triangle-alert", size=14), each["days"], class_name="badge is-warn")
    chosen = DealListState.chosen.contains(each["id"])
    return rx.el.tr(
        rx.el.td(
            forms.bare_tick(
                label="Choose " + each["name"], checked=chosen, on_change=lambda on: DealListState.tick(each["id"], on)
            ),
            class_name="tick-cell",
        ),
        rx.el.th(link(each["name"], to=each["href"], class_name="table-name"), scope="row"),
        rx.el.td(each["clients"]),
        rx.el.td(each["stage"], class_name="is-short"),
        rx.el.td(each["amount"], class_name="money is-right"),
        rx.el.td(rx.cond(each["stale"], late, each["days"]), class_name="is-right"),
        rx.el.td(data.avatar(each["initials"], size="tiny"), rx.el.span(each["owner"], class_name="unseen")),
        rx.el.td(data.status_badge(each["portal"], cases=PORTAL_BADGES)),
        rx.el.td(each["documents"], class_name="is-short"),
        rx.el.td(data.ring(each["percent"])),
        rx.el.td(data.whose_move(each["move"]), class_name="is-short"),
        rx.el.td(each["settles"], class_name="is-right is-short"),
        key=each["id"],
        class_name=rx.cond(chosen, "is-chosen", ""),
    )


def _every() -> rx.Component:
    tick = forms.bare_tick(
        label="Choose all deals of this page", checked=DealListState.page_chosen, on_change=DealListState.tick_page
    )
    return rx.el.th(tick, scope="col", class_name="tick-cell")


def _pages() -> rx.Component:
    def turn(to: rx.Var, words: str, mark: str) -> rx.Component:
        return optional(to, link(icon(mark), words, to=to, class_name="button is-small"))

    return rx.el.nav(
        rx.el.span(DealListState.range_words, class_name="small muted"),
        turn(DealListState.earlier, "Earlier", "chevron-left"),
        turn(DealListState.later, "Later", "chevron-right"),
        forms.button("CSV", unseen(" of these deals"), small=True, icon="download", on_click=DealListState.download),
        aria_label="Pages",
        class_name="button-row",
    )
