"""What a property no longer brings in or costs once it is sold, by the day on which the new loan begins. Pure."""

from dataclasses import replace

from salestrekker_portal.domains.fact_find.homes import NOBODY, Stored
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID

_PROPERTY, _RENTAL, _SELLING = ("assets.property", NOBODY), ("income.rental", NOBODY), ("needs.selling", NOBODY)
_FLOWS = ("rental_income", "running_costs")


def without_sold(stored: Stored) -> Stored:
    """The answers without the rent and the costs of what is sold; the same mapping where nothing changes.

    What is sold only after the purchase is still let, and still costs, on that day.
    """
    homes = stored.get(_PROPERTY, Filled())
    sold = {item[ITEM_ID] for item in homes.items if item.get("to_be_sold") == "yes" and item.get(ITEM_ID)}
    if not sold or stored.get(_SELLING, Filled()).answers.get("timing") == "after":
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
