"""What a property no longer brings in, costs or secures once it is sold, by the day of the new loan. Pure."""

from dataclasses import replace
from typing import Any

from salestrekker_portal.domains.fact_find.homes import NOBODY, Stored
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID

_PROPERTY, _RENTAL, _SELLING = ("assets.property", NOBODY), ("income.rental", NOBODY), ("needs.selling", NOBODY)
_FLOWS = ("rental_income", "running_costs")
_SECURED = (("liabilities.home_loans", NOBODY), ("liabilities.loans", NOBODY))
_KEPT = ("keep", "reduce")


def sold_and_kept(stored: Stored) -> dict[str, Any]:
    """What is sold by the day on which the new loan begins, and which loans are kept on it, by their entries: a loan
    doesn't outlive the property behind it. Nothing where the sale comes after the purchase: until then it is kept.
    """
    if _sells_later(stored):
        return {"sold_properties": frozenset(), "kept_debts": frozenset()}
    kept = (item for place in _SECURED for item in stored.get(place, Filled()).items)
    return {
        "sold_properties": _sold(stored),
        "kept_debts": frozenset(item[ITEM_ID] for item in kept if item.get("after_settlement") in _KEPT),
    }


def _sold(stored: Stored) -> frozenset[str]:
    homes = stored.get(_PROPERTY, Filled()).items
    return frozenset(item[ITEM_ID] for item in homes if item.get("to_be_sold") == "yes" and item.get(ITEM_ID))


def _sells_later(stored: Stored) -> bool:
    return stored.get(_SELLING, Filled()).answers.get("timing") == "after"


def without_sold(stored: Stored) -> Stored:
    """The answers without the rent and the costs of what is sold; the same mapping where nothing changes.

    What is sold only after the purchase is still let, and still costs, on that day.
    """
    homes = stored.get(_PROPERTY, Filled())
    sold = _sold(stored)
    if not sold or _sells_later(stored):
        return stored
    items = tuple(
        {key: typed for key, typed in item.items() if key not in _FLOWS} if item.get(ITEM_ID) in sold else item
        for item in homes.items
    )
    rents = stored.get(_RENTAL, Filled())
    stay = tuple(item for item in rents.items if item.get("property") not in sold)
    if items == homes.items and stay == rents.items:
        return stored
    return {**stored, _PROPERTY: replace(homes, items=items), _RENTAL: replace(rents, items=stay)}
