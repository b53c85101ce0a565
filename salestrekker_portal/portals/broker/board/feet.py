"""The foot of the list in words: what the deals of all its pages add up to, below the columns."""

from datetime import date
from typing import TypedDict

from salestrekker_portal.domains.insights.deal_list import Show
from salestrekker_portal.domains.insights.list_sums import ListSums
from salestrekker_portal.domains.organisations.list_columns import Columns, DealColumn
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.board.columns import NUMBERS
from salestrekker_portal.portals.broker.words import MOVE_MARKS, value_words


class ListFoot(TypedDict):
    """What stands below a column, and below those after it that say nothing: `sum`, and `of` what it is the sum."""

    key: str
    sum: str
    of: str
    span: int
    number: bool


def feet_of(columns: Columns, sums: ListSums, shown: int, show: Show, today: date) -> list[ListFoot]:
    """One after the other, as wide as the columns. `shown`: so many deals stand on this page."""
    said = _said(sums, shown, show, today)
    feet: list[ListFoot] = []
    for each in columns:
        number, (total, of) = each.key in NUMBERS, said.get(each.key, ("", ""))
        if feet and not (total or of or number or feet[-1]["number"]):
            feet[-1]["span"] += 1
        else:
            feet.append(ListFoot(key=each.key.value, sum=total, of=of, span=1, number=number))
    return feet


def _said(sums: ListSums, shown: int, show: Show, today: date) -> dict[DealColumn, tuple[str, str]]:
    some = f"{shown} on this page" if shown < sums.count else ""
    said = {DealColumn.DEAL: (counted(sums.count, "deal"), some), DealColumn.AMOUNT: (value_words(sums.cents), "")}
    # What isn't open waits for nobody and nothing.
    if show is not Show.OPEN:
        return said
    moves = ", ".join(f"{number} {MOVE_MARKS[move]}" for move, number in sums.moves.items() if number)
    return said | {
        DealColumn.DAYS: ("" if sums.days is None else f"{sums.days:g}", "median"),
        DealColumn.MOVE: ("", moves),
        DealColumn.FINANCE_DUE: (str(sums.finance_due), "this week"),
        DealColumn.SETTLES: (str(sums.settling), f"in {today:%b}"),
    }
