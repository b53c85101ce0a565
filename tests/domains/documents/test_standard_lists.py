"""The ready lists: for every kind of loan and person, with a reason, and a word where a tax file number may stand."""

import pytest

from salestrekker_portal.domains.documents.rules import NAME_LIMIT, WORDS_LIMIT
from salestrekker_portal.domains.documents.standard_lists import STANDARD_LISTS
from salestrekker_portal.tables.organisations import Country

KINDS = {
    Country.AU: {"start-asset", "start-asset-business", "start-personal", "start-commercial", "start-smsf",
                 "start-refinance-self-employed", "start-first-home", "guarantor", "visa", "parental-leave", "schemes",
                 "smsf"},
    Country.NZ: {"start-asset", "start-personal", "start-commercial", "start-refinance-self-employed", "guarantor",
                 "visa", "parental-leave", "maori-land", "income-other"},
}  # fmt: skip
CARRIES_TFN = ("tax return", "notice of assessment", "notices of assessment", "income statement", "hecs",
               "tax account")  # fmt: skip


@pytest.mark.parametrize("country", Country)
def test_there_is_a_list_for_every_kind_of_loan_and_person(country):
    assert {f"{country}:{key}" for key in KINDS[country]} <= {each.key for each in STANDARD_LISTS[country]}


@pytest.mark.parametrize("country", Country)
def test_each_item_says_why_within_what_a_request_takes(country):
    for made in STANDARD_LISTS[country]:
        names = [item.name for item in made.items]
        assert names and len(set(names)) == len(names), made.key
        for item in made.items:
            assert 0 < len(item.name) <= NAME_LIMIT and 0 < len(item.why) <= WORDS_LIMIT, item.name


def test_what_carries_a_tax_file_number_says_to_black_it_out():
    items = {item.name: item.why for made in STANDARD_LISTS[Country.AU] for item in made.items}
    carrying = {name for name in items if name.lower().startswith(CARRIES_TFN) or "tax return" in name.lower()}
    carrying -= {"Tax return of that country"}
    assert len(carrying) >= 8
    assert all("tax file number" in items[name] for name in carrying)
    assert not any("tax file number" in item.why for made in STANDARD_LISTS[Country.NZ] for item in made.items)


@pytest.mark.parametrize("country", Country)
def test_a_card_has_two_sides_and_two_boxes(country):
    names = {item.name for made in STANDARD_LISTS[country] for item in made.items}
    assert {"Driver licence, front", "Driver licence, back"} <= names
