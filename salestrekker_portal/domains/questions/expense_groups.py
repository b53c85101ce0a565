"""What a household spends, by the names of the published list that lenders and calculators share.

The list: LIXI living expense categories, August 2019 (lixi.org.au, living-expense-category-proposal-august-2019). Rent,
board and maintenance are "other commitments" there, apart from living expenses. Only names are used here.
"""

from enum import StrEnum


class ExpenseGroup(StrEnum):
    """What stays apart when spending is added up."""

    LIVING = "living"
    HOUSING = "housing"
    MAINTENANCE = "maintenance"
    PROPERTY = "property"  # of homes that nobody of the household lives in


GROUP_WORDS = {
    ExpenseGroup.LIVING: "Living expenses",
    ExpenseGroup.HOUSING: "Rent and board",
    ExpenseGroup.MAINTENANCE: "Maintenance paid",
    ExpenseGroup.PROPERTY: "Other property",
}

_APART = {
    "rent": ExpenseGroup.HOUSING,
    "board": ExpenseGroup.HOUSING,
    "maintenance": ExpenseGroup.MAINTENANCE,
    "secondary_residence": ExpenseGroup.PROPERTY,
    "investment_property": ExpenseGroup.PROPERTY,
}

_HOME = "Primary residence running costs"
# Our rows by their name in the list; New Zealand's go to the nearest.
CATEGORIES = {
    "groceries": "Groceries",
    "clothing": "Clothing and personal care",
    "medical": "Medical and health",
    "transport": "Transport",
    "vehicle_insurance": "Transport",
    "telephone": "Telephone, internet, pay TV and media streaming subscriptions",
    "memberships": "Recreation and entertainment",
    "recreation": "Recreation and entertainment",
    "pets": "Pet care",
    "donations": "Other",
    "other": "Other",
    "childcare": "Childcare",
    "public_education": "Public or government primary and secondary education",
    "private_education": "Private and non-government education",
    "adult_education": "Higher education, vocational training and professional fees",
    "health_insurance": "Health insurance",
    "life_insurance": "Sickness and personal accident insurance, life insurance",
    "other_insurance": "Other",
    "primary_residence": _HOME,
    "rates": _HOME,
    "water": _HOME,
    "utilities": _HOME,
    "home_insurance": _HOME,
    "home_repairs": _HOME,
    "strata": "Body corporate, strata and land tax on the primary residence",
    "body_corporate": "Body corporate, strata and land tax on the primary residence",
    "secondary_residence": "Secondary residence running costs",
    "investment_property": "Investment property running costs",
    "rent": "Rent",
    "board": "Board",
    "maintenance": "Child and spousal maintenance",
}


def group_of(key: str) -> ExpenseGroup:
    """The group of a row of living expenses."""
    return _APART.get(key, ExpenseGroup.LIVING)
