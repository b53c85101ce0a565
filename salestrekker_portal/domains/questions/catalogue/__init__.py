"""The questions themselves, one module for each page, and the one door to them.

A fact find depends on the firm's country, on who an applicant is, and on what the deal is for. In one country a
section key has one declaration: kinds of applicant and of loan choose among sections, they never change one.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from salestrekker_portal.domains.questions.catalogue import (
    advisers,
    applicant,
    assets,
    entity,
    expenses,
    income,
    insurance,
    liabilities,
    needs,
    nz,
    product_requirements,
    risks,
)
from salestrekker_portal.domains.questions.catalogue.wording import in_new_zealand
from salestrekker_portal.domains.questions.vocabulary import Field, Loan, Page, Party, Section

_AUSTRALIA: tuple[Page, ...] = (
    *entity.AUSTRALIAN,
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
_NEW_ZEALAND: tuple[Page, ...] = tuple(in_new_zealand(page) for page in (*entity.NEW_ZEALAND, *nz.PEOPLE))
_DECLARED = {"AU": _AUSTRALIA, "NZ": _NEW_ZEALAND}
COUNTRIES = tuple(_DECLARED)


@cache
def pages_for(country: str, parties: frozenset[Party] | Party, loan: Loan | str) -> tuple[Page, ...]:
    """The pages that these kinds of applicants are asked together, in order.

    Raises LookupError for a country, or a kind of loan, that nobody declared.
    """
    try:
        declared, loan = _DECLARED[country], Loan(loan)
    except (KeyError, ValueError):
        raise LookupError(f"no fact find for {country}, {loan}") from None
    parties = parties if isinstance(parties, frozenset) else frozenset({parties})
    narrowed = (_for_loan(page, loan) for page in declared if page.party is None or page.party in parties)
    return tuple(page for page in narrowed if page.sections)


def _for_loan(page: Page, loan: Loan) -> Page:
    if page.loans and loan not in page.loans:
        return replace(page, sections=())
    return replace(page, sections=tuple(each for each in page.sections if not each.loans or loan in each.loans))


def every_page(country: str) -> tuple[Page, ...]:
    """All that a country declares, whoever applies and for whatever. Raises LookupError."""
    if country not in _DECLARED:
        raise LookupError(f"no fact find for {country}")
    return _DECLARED[country]


def section_ids_of(pages: Iterable[Page]) -> tuple[str, ...]:
    """Every section id of these pages, in order."""
    return tuple(f"{page.key}.{section.key}" for page in pages for section in page.sections)


@cache
def find_page(country: str, page_key: str) -> Page:
    """A page by its key. KeyError for keys that nobody declared."""
    for page in every_page(country):
        if page.key == page_key:
            return page
    raise KeyError(page_key)


@cache
def find_section(country: str, page_key: str, section_key: str) -> Section:
    """A section by its keys. KeyError for keys that nobody declared."""
    return find_page(country, page_key).section(section_key)


@cache
def find_field(country: str, page_key: str, section_key: str, field_key: str) -> Field:
    """A field by its full key. KeyError for keys that nobody declared."""
    return find_section(country, page_key, section_key).field(field_key)
