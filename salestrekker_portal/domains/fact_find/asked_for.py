"""What the deal is to lend on: the amount asked for, and the properties that secure it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salestrekker_portal.domains.fact_find.figure_rows import FigureRow
from salestrekker_portal.domains.fact_find.homes import part_of
from salestrekker_portal.domains.fact_find.stored import NOBODY, Stored, facts_for
from salestrekker_portal.domains.questions.answers import Filled, check, is_asked
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.facts import country_of
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, OWNERSHIP, TYPE, Answers, Facts, Loan
from salestrekker_portal.domains.questions.words import item_title
from salestrekker_portal.kernel.money import money

NO_AMOUNT = "Needs the amount that they would like to borrow."
_GONE = ("refinance", "close")
NO_VALUE = "Needs the price or value of each property that secures the loan, and what is owed on it."
NO_PLACE = "Needs to know which property each home loan that stays is secured on."
_AMOUNTS = ("needs.borrowing", "needs.loan")
_PURPOSES = ("needs.purposes", "needs.uses")


Values = Mapping[str, Any]
Entries = Sequence[tuple[Answers, Values]]


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
    sale: FigureRow | None = None  # of the old home, after the purchase
    guaranteed: bool = False  # somebody who does not borrow owns a property
    refixed: int = 0  # of the loan what is no new money: a rate that is chosen again for what is owed already
    open: str = ""  # what of the properties that secure it is not told yet


def asked_for(stored: Stored, facts: Facts) -> Wanted:
    """Read what is looked for, and what would secure it."""
    known = facts_for(facts, stored, NOBODY)
    loan, section_id = _loan(stored, known)
    buying = _asked(stored, known, "needs.property")
    selling = _asked(stored, known, "needs.selling")
    homes, loans = _entries(stored, known, "assets.property"), _entries(stored, known, "liabilities.home_loans")
    building = _asked(stored, known, "needs.construction")
    lent_on = _lent_on(known, homes, loans, selling, with_equity=_uses_equity(stored))
    return Wanted(
        loan, section_id,
        securities=(*_new(buying, building),
                    *(_row(known, "assets.property", item, values["value"]) for item, values in homes
                      if item[ITEM_ID] in lent_on and values.get("value") is not None)),
        other_loans=_kept(known, homes, loans, lent_on),
        rent_ends=bool(buying.get("rent_ends")),
        sale=_sale(selling),
        refixed=_refixed(stored, known, loans),
        guaranteed=any(not _ours(known, values) for _, values in homes),
        open=NO_VALUE if _lacks_value(known, homes, loans, lent_on, buying, building)
        else NO_PLACE if _unplaced(known, homes, loans, lent_on) else "",
        note="" if loan is not None else NO_AMOUNT,
    )  # fmt: skip


def _lacks_value(facts: Facts, homes: Entries, loans: Entries, lent_on: set[str], buying: Values,
                 building: Values) -> bool:  # fmt: skip
    """A price, a value, or what is owed of what secures the loan."""
    return (
        any(item[ITEM_ID] in lent_on and values.get("value") is None for item, values in homes)
        or any(values.get("balance") is None for _, values in _staying(facts, homes, loans, lent_on))
        or (_is_asked(facts, "needs.property") and buying.get("price") is None)
        or (_is_asked(facts, "needs.construction") and _built_apart(buying) and _cost(building) is None)
    )


def _loan(stored: Stored, facts: Facts) -> tuple[int | None, str]:
    for full_id in _AMOUNTS:
        amount = _values(stored, facts, full_id).get("amount_sought")
        if amount is not None:
            return amount, full_id
    # None while one of them has no amount: a part of the loan would make every ratio look better than it is.
    added = facts["purposes_sum"]
    place = next((each for each in _PURPOSES if stored.get((each, NOBODY), Filled()).items), "")
    return (added, place) if added is not None else (None, "")


def _refixed(stored: Stored, facts: Facts, loans: Entries) -> int:
    """What they choose a new rate for, as far as it stays owed: it would count twice."""
    wanted = (values.get("amount") or 0 for item, values in _entries(stored, facts, "needs.purposes")
              if item.get(TYPE) == "refix")  # fmt: skip
    stays = (max(values.get("balance") or 0, 0) for _, values in loans
             if _ours(facts, values) and values.get("after_settlement") not in _GONE)  # fmt: skip
    return min(sum(wanted), sum(stays))


def _new(buying: Values, building: Values) -> Iterator[FigureRow]:
    """What is bought, and what is built on it where the price does not have it in."""
    if buying.get("price") is not None:
        yield FigureRow("The property that they buy", money(buying["price"]), buying["price"], "needs.property")
    cost = _cost(building)
    if cost is not None and _built_apart(buying):
        yield FigureRow("What they build", money(cost), cost, "needs.construction")


def _cost(building: Values) -> int | None:
    return building.get("contract_price", building.get("budget"))


def _built_apart(buying: Values) -> bool:
    return buying.get("condition") not in ("house_and_land", "off_the_plan")


def _sale(selling: Values) -> FigureRow | None:
    """What the old home brings, where it is sold only after the purchase."""
    if selling.get("timing") != "after" or selling.get("price") is None:
        return None
    return FigureRow("The sale of the old home", money(selling["price"]), selling["price"], "needs.selling")


def _ours(facts: Facts, values: Values) -> bool:
    """Whether somebody who borrows, or counts as if they did, has a part of it."""
    return bool(part_of(facts["position"], values.get(OWNERSHIP), facts))


def _uses_equity(stored: Stored) -> bool:
    """A part of the price comes out of a property that they own, so that it secures the loan too."""
    told = (stored.get((each, NOBODY), Filled()).items for each in ("needs.funds", "needs.purposes"))
    return any(item.get("type") in ("equity", "equity_release", "top_up") for items in told for item in items)


def _lent_on(facts: Facts, homes: Entries, loans: Entries, selling: Values, *, with_equity: bool) -> set[str]:
    """The properties that they own already and that secure the new loan, by their entries."""
    ours = {item[ITEM_ID]: values for item, values in homes if _ours(facts, values)}
    paid_out = [(item, values) for item, values in loans if values.get("after_settlement") == "refinance"]
    found = {each for loan in paid_out for each in _secured_on(loan, homes)} & set(ours)
    if selling.get("timing") == "after":
        # A bridging loan is secured on both homes until one is sold.
        found |= {selling["property"]} & set(ours) if "property" in selling else set()
        found |= {each for each, values in ours.items() if values.get("to_be_sold")}
    for_home = facts.get("loan", Loan.HOME) == Loan.HOME and bool(facts["purposes_sum"])
    on_home = for_home and (with_equity or not facts["buys"])
    if not found and len(ours) == 1 and (paid_out or on_home):
        found = set(ours)  # there is no other that it could be
    return found


def _secured_on(loan: tuple[Answers, Values], homes: Entries) -> set[str]:
    """The properties behind a loan: as told with it, and as told with each of them."""
    item, values = loan
    told_there = {home[ITEM_ID] for home, of_home in homes if item[ITEM_ID] in of_home.get("secured_loans", ())}
    return told_there | ({values["secured_property"]} if values.get("secured_property") else set())


def _staying(facts: Facts, homes: Entries, loans: Entries, lent_on: set[str]) -> Entries:
    """Loans that stay on the same properties. With one home there is no other that theirs could be secured on."""
    ours = {home[ITEM_ID] for home, values in homes if _ours(facts, values)}
    only = ours if len(ours) == 1 else set()
    return [
        (item, values)
        for item, values in loans
        if lent_on & (_secured_on((item, values), homes) or (only if _ours(facts, values) else set()))
        and values.get("after_settlement") not in _GONE
    ]


def _unplaced(facts: Facts, homes: Entries, loans: Entries, lent_on: set[str]) -> bool:
    """Of several homes nobody said which of them a loan that stays is secured on: it could be this one."""
    ours = [home for home, values in homes if _ours(facts, values)]
    return bool(lent_on) and len(ours) > 1 and any(
        _ours(facts, values) and not _secured_on((item, values), homes)
        and values.get("after_settlement") not in _GONE
        for item, values in loans
    )  # fmt: skip


def _kept(facts: Facts, homes: Entries, loans: Entries, lent_on: set[str]) -> tuple[FigureRow, ...]:
    return tuple(
        _row(facts, "liabilities.home_loans", item, values["balance"])
        for item, values in _staying(facts, homes, loans, lent_on)
        if values.get("balance")
    )


def _row(facts: Facts, full_id: str, item: Answers, cents: int) -> FigureRow:
    return FigureRow(item_title(_section(facts, full_id), item, facts), money(cents), cents, full_id, "", item[ITEM_ID])


def _section(facts: Facts, full_id: str) -> Any:
    page, _, section = full_id.partition(".")
    return find_section(country_of(facts), page, section)


def _asked(stored: Stored, facts: Facts, full_id: str) -> Values:
    """The answers of a section as far as it is still asked."""
    return _values(stored, facts, full_id) if _is_asked(facts, full_id) else {}


def _is_asked(facts: Facts, full_id: str) -> bool:
    return is_asked(_section(facts, full_id), facts)


def _values(stored: Stored, facts: Facts, full_id: str) -> Values:
    filled = stored.get((full_id, NOBODY))
    return check(_section(facts, full_id), filled.answers, facts).values if filled and filled.answers else {}


def _entries(stored: Stored, facts: Facts, full_id: str) -> Entries:
    items = stored.get((full_id, NOBODY), Filled()).items
    return [(item, check(_section(facts, full_id), item, facts).values) for item in items]
