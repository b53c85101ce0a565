"""Answers that are already known from another section, offered there so that nobody types them twice."""

from salestrekker_portal.domains.questions.vocabulary import Answers

_HOUSING = {"renting": "rent", "boarding": "board"}


def rent_for_expenses(addresses: Answers) -> dict[str, str]:
    """Raw answers for the section expenses.housing, from the rent or board typed with the address."""
    key = _HOUSING.get(addresses.get("living_arrangement", ""))
    amount = addresses.get("rent", "").strip()
    if key is None or not amount:
        return {}
    return {key: amount, f"{key}_frequency": addresses.get("rent_frequency", "").strip()}
