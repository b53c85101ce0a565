"""The questions themselves, one module for each page, and how to find one by its key."""

from functools import cache

from salestrekker_portal.domains.fact_find.catalogue import (
    advisers,
    applicant,
    assets,
    expenses,
    income,
    insurance,
    liabilities,
    needs,
    product_requirements,
    risks,
)
from salestrekker_portal.domains.fact_find.vocabulary import Field, Page, Section

_AUSTRALIAN_HOME_LOAN: tuple[Page, ...] = (
    applicant.PAGE,
    assets.PAGE,
    liabilities.PAGE,
    income.PAGE,
    expenses.PAGE,
    needs.PAGE,
    product_requirements.PAGE,
    risks.PAGE,
    insurance.PAGE,
    advisers.PAGE,
)

_DECLARED = {("AU", "person", "home_loan"): _AUSTRALIAN_HOME_LOAN}


def pages_for(country: str = "AU", party: str = "person", loan: str = "home_loan") -> tuple[Page, ...]:
    """The pages of a fact find, in order. LookupError where none has been declared yet."""
    try:
        return _DECLARED[country, party, loan]
    except KeyError:
        raise LookupError(f"no fact find for {country}, {party}, {loan}") from None


@cache
def find_page(page_key: str) -> Page:
    """A page by its key. KeyError for keys that nobody declared."""
    for page in _AUSTRALIAN_HOME_LOAN:
        if page.key == page_key:
            return page
    raise KeyError(page_key)


@cache
def find_section(page_key: str, section_key: str) -> Section:
    """A section by its keys. KeyError for keys that nobody declared."""
    return find_page(page_key).section(section_key)


@cache
def find_field(page_key: str, section_key: str, field_key: str) -> Field:
    """A field by its full key. KeyError for keys that nobody declared."""
    return find_section(page_key, section_key).field(field_key)
