"""The columns of the list in words: their headings, and the lines of the drawer that chooses them."""

from typing import TypedDict

from salestrekker_portal.domains.insights.deal_list import Sort
from salestrekker_portal.domains.organisations.list_columns import Columns, DealColumn
from salestrekker_portal.portals.broker.board.address import BoardAddress

WORDS = {
    DealColumn.DEAL: "Deal", DealColumn.STAGE: "Stage", DealColumn.AMOUNT: "Amount", DealColumn.DAYS: "Days",
    DealColumn.OWNER: "Owner", DealColumn.MOVE: "Whose move", DealColumn.DOCUMENTS: "Docs",
    DealColumn.LENDER: "Lender", DealColumn.FINANCE_DUE: "Finance due", DealColumn.SETTLES: "Settles",
    DealColumn.CLIENTS: "Clients", DealColumn.PROFILE: "Profile", DealColumn.PORTAL: "Portal",
    DealColumn.LABELS: "Labels", DealColumn.LVR: "LVR", DealColumn.LODGED: "Lodged",
    DealColumn.APPROVED: "Approved", DealColumn.REFERENCE: "Reference",
}  # fmt: skip
# What the database can order them by.
SORTS = {
    DealColumn.DEAL: Sort.NAME, DealColumn.STAGE: Sort.STAGE, DealColumn.AMOUNT: Sort.AMOUNT,
    DealColumn.DAYS: Sort.DAYS, DealColumn.MOVE: Sort.MOVE, DealColumn.LENDER: Sort.LENDER,
    DealColumn.SETTLES: Sort.SETTLES, DealColumn.PROFILE: Sort.PROFILE,
}  # fmt: skip
# Figures and days stand at the right, under each other.
NUMBERS = (
    DealColumn.AMOUNT, DealColumn.DAYS, DealColumn.FINANCE_DUE, DealColumn.SETTLES, DealColumn.LVR,
    DealColumn.LODGED, DealColumn.APPROVED,
)  # fmt: skip


class ListHeading(TypedDict):
    """A column: `to` is the address that sorts by it, "" where none does; `sorted` is ascending, descending or none."""

    key: str
    words: str
    to: str
    sorted: str
    width: int
    number: bool


class ColumnChoice(TypedDict):
    """A line of the drawer. `up` and `down` are the places that it would move to, 0 for none."""

    key: str
    words: str
    on: bool
    fixed: bool
    up: int
    down: int


def headings_of(address: BoardAddress, columns: Columns) -> list[ListHeading]:
    """The shown columns, with where a press on each leads."""
    found: list[ListHeading] = []
    for each in columns:
        to, direction = _sorting(address, SORTS.get(each.key))
        found.append(
            {
                "key": each.key.value,
                "words": WORDS[each.key],
                "to": to,
                "sorted": direction,
                "width": each.width,
                "number": each.key in NUMBERS,
            }
        )
    return found


def choices_of(columns: Columns) -> list[ColumnChoice]:
    """Those that are shown, in their order, then the others."""
    shown = [each.key for each in columns]
    last = len(shown) - 1
    return [
        {
            "key": key.value,
            "words": WORDS[key],
            "on": key in shown,
            "fixed": key is DealColumn.DEAL,
            "up": place - 1 if 1 < place <= last else 0,
            "down": place + 1 if 0 < place < last else 0,
        }
        for place, key in enumerate([*shown, *(key for key in DealColumn if key not in shown)])
    ]


def _sorting(address: BoardAddress, sort: Sort | None) -> tuple[str, str]:
    if sort is None:
        return "", "none"
    now = address.sort is sort
    # Days run against the instants that they are counted from: who entered first has been there longest.
    falling = address.descending is not (sort is Sort.DAYS)
    direction = ("descending" if falling else "ascending") if now else "none"
    return address.but(sort=sort, descending=now and not address.descending).path, direction
