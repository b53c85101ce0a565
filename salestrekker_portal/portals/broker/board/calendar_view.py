"""How the calendar of dates looks: a month in weeks, with today and this week beside it."""

import reflex as rx

from salestrekker_portal.portals.broker.board.calendar_days import AsideLine, BoardDate, BoardDay, KindChip
from salestrekker_portal.portals.broker.board.carry_state import CarryState
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.ui import data, feedback
from salestrekker_portal.ui.kinds import optional, when
from salestrekker_portal.ui.marks import icon, link, unseen
from salestrekker_portal.ui.overlay.keys import pressed_by

S, C = DatesState, CarryState
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MARKS = {
    "settlement": "house",
    "settled": "check",
    "finance": "landmark",
    "late": "circle-alert",
    "task": "list-checks",
}


def calendar_view() -> rx.Component:
    """A month in weeks; on a phone the days that have something, one under the other."""
    week = rx.el.div(*[rx.el.span(day) for day in WEEKDAYS], class_name="calendar-week", aria_hidden="true")
    days = data.carried_days(
        rx.foreach(S.days, _day), on_carry=CarryState.carry, class_name="calendar-days", label=S.month_words
    )
    none = rx.el.p("Nothing is due in these weeks.", class_name="small muted calendar-none")
    month = rx.el.div(rx.cond(S.none, none, rx.fragment()), week, days, class_name="calendar-main")
    shown = rx.el.div(_head(), rx.el.div(month, _aside(), class_name="calendar-layout"), class_name="stack is-tight")
    return rx.cond(S.read == "calendar", shown, feedback.skeleton_rows())


def _head() -> rx.Component:
    def chip(each: rx.Var[KindChip]) -> rx.Component:
        mark = rx.match(
            each["key"], *[(kind, icon(MARKS[kind], size=14)) for kind in ("settlement", "finance")],
            icon(MARKS["task"], size=14),
        )  # fmt: skip
        return link(
            mark, each["words"], to=each["to"], class_name=["chip", when(each["on"], "is-on")],
            aria_current=rx.cond(each["on"], "true", "false"), key=each["key"],
        )  # fmt: skip

    def turn(mark: str, words: str, to: rx.Var, key: str) -> rx.Component:
        return link(
            icon(mark), unseen(words), to=to, title=words, class_name="button is-icon is-small", **pressed_by(key)
        )

    return rx.el.div(
        rx.el.h2(S.month_words, class_name="calendar-month"),
        turn("chevron-left", "Month before", S.earlier, "["),
        turn("chevron-right", "Month after", S.later, "]"),
        link("Today", to=S.this_month, class_name="button is-small", **pressed_by("t")),
        rx.el.nav(rx.foreach(S.kinds, chip), aria_label="Kinds of dates", class_name="chips push"),
        class_name="row is-wrap",
    )


def _mark(look: rx.Var, size: int = 12) -> rx.Component:
    return rx.match(
        look, *[(kind, icon(mark, size=size)) for kind, mark in MARKS.items() if kind != "task"],
        icon(MARKS["task"], size=size),
    )  # fmt: skip


def _look(look: rx.Var) -> rx.Var:
    return rx.match(
        look, ("settlement", "is-settlement"), ("settled", "is-settlement"), ("finance", "is-finance"),
        ("late", "is-late"), "is-task",
    )  # fmt: skip


def _item(due: rx.Var[BoardDate]) -> rx.Component:
    late = rx.cond(due["look"] == "late", unseen("Late: "), rx.fragment())
    return rx.el.li(
        link(
            _mark(due["look"]), late, rx.el.span(due["words"], class_name="calendar-words"), to=due["to"],
            title=due["full"], class_name=["calendar-item", _look(due["look"])],
            custom_attrs={"data-carry": due["carry"].to(str)},
        ),
        key=due["key"],
    )  # fmt: skip


def _day(each: rx.Var[BoardDay]) -> rx.Component:
    items = each["items"].to(list[BoardDate])
    more = rx.el.details(
        rx.el.summary(each["more_words"], class_name="calendar-more"),
        rx.el.ul(rx.foreach(each["more"].to(list[BoardDate]), _item)),
    )
    return rx.el.li(
        rx.el.span(
            rx.el.span(each["number"], class_name="calendar-number"), when(each["today"], "Today"),
            aria_hidden="true", class_name="calendar-top",
        ),
        rx.el.span(each["said"], class_name="calendar-said"),
        rx.el.ul(rx.foreach(items, _item)),
        optional(each["more_words"], more),
        rx.cond(
            (C.refused != "") & (C.refused_on == each["key"]),
            rx.el.p(icon("circle-alert"), C.refused, role="alert", class_name="field-error"),
            rx.fragment(),
        ),
        class_name=[
            "calendar-day", when(each["other"], "is-other"), when(each["today"], "is-today"),
            when(each["weekend"], "is-weekend"), rx.cond(items.length() > 0, "", "is-free"),
        ],
        aria_current=rx.cond(each["today"], "date", "false"),
        custom_attrs={"data-day": each["key"].to(str), "data-said": each["said"].to(str)},
        key=each["key"],
    )  # fmt: skip


def _aside() -> rx.Component:
    """What is late or due today, and the rest of the week, whichever month is shown."""
    return rx.el.aside(
        _lines(S.today_words, "", S.today, "Nothing is late, and nothing is due."),
        _lines("This week", S.week_total, S.week, "Nothing more is due until Sunday."),
        class_name="calendar-aside",
        aria_label="Today and this week",
    )


def _lines(title: rx.Var | str, end: rx.Var | str, lines: rx.Var, none: str) -> rx.Component:
    def one(each: rx.Var[AsideLine]) -> rx.Component:
        late = rx.cond(each["look"] == "late", unseen("Late: "), rx.fragment())
        return rx.el.li(
            link(
                rx.el.span(_mark(each["look"]), class_name=["mark-icon", _look(each["look"])]),
                rx.el.span(
                    late, rx.el.span(each["words"], class_name="aside-words"),
                    optional(each["note"], rx.el.span(each["note"], class_name="small muted")),
                    class_name="grow",
                ),
                rx.el.span(each["day"], class_name="small muted"),
                to=each["to"],
                class_name="aside-line",
            ),
            key=each["key"],
        )  # fmt: skip

    shown = rx.el.ul(rx.foreach(lines, one), class_name="aside-lines")
    return rx.el.section(
        rx.el.header(rx.el.h2(title), rx.el.span(end, class_name="push small muted money"), class_name="card-head"),
        rx.cond(lines.length() > 0, shown, rx.el.p(none, class_name="small muted card-none")),
        class_name="card",
    )
