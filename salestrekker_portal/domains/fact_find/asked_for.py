"""What the deal is to lend on: the amount asked for, and the properties that secure it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salestrekker_portal.domains.fact_find.figure_rows import FigureRow
from salestrekker_portal.domains.fact_find.stored import NOBODY, Stored, facts_for
from salestrekker_portal.domains.questions.answers import Filled, check
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.facts import country_of
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, Answers, Facts
from salestrekker_portal.domains.questions.words import item_title
from salestrekker_portal.kernel.money import money

NO_AMOUNT = "Needs the amount that they would like to borrow."
_AMOUNTS = ("needs.borrowing", "needs.loan")
_PURPOSES = ("needs.purposes", "needs.uses")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`loan` in cents, None while nobody has said it. `securities` are what it is lent on, `other_loans` what stays
    owed on the same properties."""

    loan: int | None
    section_id: str
    securities: tuple[FigureRow, ...]
    other_loans: tuple[FigureRow, ...]
    rent_ends: bool
    note: str = ""


def asked_for(stored: Stored, facts: Facts) -> Wanted:
    """Read what is looked for, and what would secure it."""
    known = facts_for(facts, stored, NOBODY)
    loan, section_id = _loan(stored, known)
    buying = _values(stored, known, "needs.property")
    securities, others = _secured(stored, known, buying)
    return Wanted(
        loan, section_id, securities, others,
        rent_ends=bool(buying.get("rent_ends")),
        note="" if loan is not None else NO_AMOUNT,
    )  # fmt: skip


def _loan(stored: Stored, facts: Facts) -> tuple[int | None, str]:
    for full_id in _AMOUNTS:
        amount = _values(stored, facts, full_id).get("amount_sought")
        if amount is not None:
            return amount, full_id
    # None while one of them has no amount: a part of the loan would make every ratio look better than it is.
    added = facts["purposes_sum"]
    place = next((each for each in _PURPOSES if stored.get((each, NOBODY), Filled()).items), "")
    return (added, place) if added is not None else (None, "")


def _secured(
    stored: Stored, facts: Facts, buying: Mapping[str, Any]
) -> tuple[tuple[FigureRow, ...], tuple[FigureRow, ...]]:
    loans = _entries(stored, facts, "liabilities.home_loans")
    homes = {item.get(ITEM_ID, ""): (item, values) for item, values in _entries(stored, facts, "assets.property")}
    paid_out = [values for _, values in loans if values.get("after_settlement") == "refinance"]
    lent_on = {values["secured_property"] for values in paid_out if values.get("secured_property") in homes}
    if paid_out and not lent_on and len(homes) == 1:
        lent_on = set(homes)  # there is no other that it could be
    rows = []
    if buying.get("price") is not None:
        rows.append(FigureRow("The property that they buy", money(buying["price"]), buying["price"], "needs.property"))
    for item_id in homes:
        item, values = homes[item_id]
        if item_id in lent_on and values.get("value") is not None:
            rows.append(_row(facts, "assets.property", item, values["value"]))
    others = [
        _row(facts, "liabilities.home_loans", item, values["balance"])
        for item, values in loans
        if values.get("secured_property") in lent_on
        and values.get("after_settlement") not in ("refinance", "close")
        and values.get("balance")
    ]
    return tuple(rows), tuple(others)


def _row(facts: Facts, full_id: str, item: Answers, cents: int) -> FigureRow:
    return FigureRow(item_title(_section(facts, full_id), item, facts), money(cents), cents, full_id, "", item[ITEM_ID])


def _section(facts: Facts, full_id: str) -> Any:
    page, _, section = full_id.partition(".")
    return find_section(country_of(facts), page, section)


def _values(stored: Stored, facts: Facts, full_id: str) -> Mapping[str, Any]:
    filled = stored.get((full_id, NOBODY))
    return check(_section(facts, full_id), filled.answers, facts).values if filled and filled.answers else {}


def _entries(stored: Stored, facts: Facts, full_id: str) -> list[tuple[Answers, Mapping[str, Any]]]:
    items = stored.get((full_id, NOBODY), Filled()).items
    return [(item, check(_section(facts, full_id), item, facts).values) for item in items]
