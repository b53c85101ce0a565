"""The forecast in words: a column for each month, with what settled of it and what is likely by the stages' chances."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from salestrekker_portal.domains.insights.board import BoardCard
from salestrekker_portal.domains.insights.chosen import Between
from salestrekker_portal.domains.insights.forecast import ForecastColumn, SettledSoFar
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.board.filter_words import MONTHS
from salestrekker_portal.portals.broker.words import value_words
from salestrekker_portal.tables.workflows import Stage

NO_DAY = "none"


class ForecastCard(TypedDict):
    """A deal of a forecast; `day` and `month` are "" without a settlement day, and `seen` is NO_DAY."""

    key: str
    to: str
    name: str
    stage: str
    amount: str
    day: str
    month: str
    seen: str


class ForecastMonth(TypedDict):
    """A column of the forecast; `left` says how many deals it doesn't show.

    `day` is the month as cards are carried there, "" where they can only come from. `kind`: "late", "month" or "none"
    for deals without a day. `settled` and `likely` are widths in percent of all that the month may bring.
    """

    key: str
    day: str
    name: str
    kind: str
    count: str
    sum: str
    of: str
    aside: str
    note: str
    goal: str
    settled: str
    likely: str
    left: str
    cards: list[ForecastCard]


def months_of(
    columns: Sequence[ForecastColumn], stages: Sequence[Stage], today: date, settled: SettledSoFar,
    goal_cents: int | None = None,
) -> list[ForecastMonth]:  # fmt: skip
    """The columns that say something: the months always, others while they hold deals. The goal is each month's."""
    goal = f"Goal {value_words(goal_cents)}" if goal_cents else ""
    named = {stage.id: stage for stage in stages}
    shown = []
    for place, column in enumerate(columns):
        is_month = column.days.first is not None and column.days.before is not None
        if is_month or column.count:
            is_now = is_month and place == 1
            month = _month(column, named, today, settled if is_now else SettledSoFar(), is_now=is_now)
            month["goal"] = goal if is_month else ""
            shown.append(month)
    return shown


def _month(column: ForecastColumn, stages: dict, today: date, settled: SettledSoFar, *, is_now: bool) -> ForecastMonth:
    kind, name = _named(column.days)
    whole, likely = column.cents + settled.cents, column.weighted_cents + settled.cents
    left = column.count - len(column.cards)
    return {
        "key": name,
        "day": f"{column.days.first:%Y-%m}" if kind == "month" else "",
        "name": name,
        "kind": kind,
        "count": f"{column.count:,}",
        "sum": value_words(likely if kind == "month" else column.cents, none="$0"),
        "of": f"of {value_words(whole)}" if kind == "month" and whole else "",
        "aside": f"Day {today.day} of {monthrange(today.year, today.month)[1]}" if is_now else "",
        "note": _settled_words(settled) if is_now else "",
        "goal": "",
        "settled": _share(settled.cents, whole),
        "likely": _share(likely - settled.cents, whole),
        "left": f"{left:,} more" if left > 0 else "",
        "cards": [_card(card, stages) for card in column.cards],
    }


def _settled_words(settled: SettledSoFar) -> str:
    if not settled.count:
        return "None settled yet"
    return f"{counted(settled.count, 'deal')} settled, {value_words(settled.cents, none='$0')}"


def _named(days: Between) -> tuple[str, str]:
    """Its kind, and what stands above it."""
    if days == Between():
        return "none", "No settlement day"
    if days.first is None:
        return "late", "Overdue"
    if days.before is None:
        return "month", "Later"
    return "month", f"{MONTHS[days.first.month - 1]} {days.first.year}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "0%"


def _card(card: BoardCard, stages: dict) -> ForecastCard:
    deal, day = card.deal, card.deal.expected_settlement_on
    stage: Stage = stages[deal.stage_id]
    return {
        "key": str(deal.id),
        "to": f"/deals/{deal.id}",
        "name": deal.name,
        "stage": f"{stage.name}, {stage.probability_pct}%",
        "amount": value_words(deal.value_cents),
        "day": str(day.day) if day else "",
        "month": MONTHS[day.month - 1][:3] if day else "",
        "seen": f"{day}" if day else NO_DAY,
    }
