"""The catalogue holds together, and no key changes by accident."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from salestrekker_portal.domains.questions.catalogue import (
    COUNTRIES,
    every_page,
    find_field,
    find_page,
    find_section,
    pages_for,
    section_ids_of,
)
from salestrekker_portal.domains.questions.conditions import AllOf, AnyOf, Condition, Op, When
from salestrekker_portal.domains.questions.parsing import PARSERS, parse
from salestrekker_portal.domains.questions.vocabulary import (
    OWNERSHIP,
    RESERVED_KEYS,
    TYPE,
    Field,
    Kind,
    Loan,
    Page,
    Party,
    Section,
)

COMMITTED = Path(__file__).with_name("catalogue_keys.txt")
CHOICES = (Kind.SELECT, Kind.CARDS, Kind.TICKS, Kind.FREQUENCY)


EVERY_PAGE = [(country, page) for country in COUNTRIES for page in every_page(country)]


def each_section() -> list[tuple[Page, Section]]:
    return [(page, section) for _, page in EVERY_PAGE for section in page.sections]


def each_field(country: str) -> Iterator[tuple[str, Section, Field]]:
    for page in every_page(country):
        for section in page.sections:
            for field in section.fields:
                yield f"{page.key}.{section.key}.{field.key}", section, field


def conditions(condition: Condition | None) -> Iterator[When]:
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from conditions(part)
    elif condition is not None:
        yield condition


def on_answers(condition: Condition | None) -> list[When]:
    return [when for when in conditions(condition) if when.op not in (Op.FACT, Op.FACT_UNDER)]


def values_exist(section: Section, when: When) -> bool:
    cause = section.field(when.subject)
    if cause.kind is Kind.YES_NO:
        return set(when.values) <= {"yes", "no"}
    if when.op in (Op.IS, Op.INCLUDES) and cause.kind in CHOICES:
        return set(when.values) <= {option.value for option in cause.options}
    return True


def fields_of(page: Page) -> list[tuple[Section, Field]]:
    return [(section, field) for section in page.sections for field in section.fields]


FIELDS = {country: list(each_field(country)) for country in COUNTRIES}
IDS = {country: [key for key, _, _ in found] for country, found in FIELDS.items()}


def test_keys_are_the_committed_ones():
    """Stored answers are found by these keys: add new ones to the file, never change or remove one."""
    everywhere = {key for country in COUNTRIES for key in IDS[country]}
    assert sorted(everywhere) == sorted(COMMITTED.read_text().split())


@pytest.mark.parametrize("country", COUNTRIES)
def test_keys_are_unique_and_plain(country):
    assert len(set(IDS[country])) == len(IDS[country])
    assert all(part.isidentifier() and part.islower() for key in IDS[country] for part in key.split("."))
    assert not RESERVED_KEYS & {field.key for _, _, field in FIELDS[country]}
    assert len(set(section_ids_of(every_page(country)))) == len(section_ids_of(every_page(country)))


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_section_is_asked_of_somebody_for_some_loan(country):
    asked = {key for party in Party for loan in Loan for key in section_ids_of(pages_for(country, party, loan))}
    assert asked == set(section_ids_of(every_page(country)))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("loan", Loan)
def test_every_fact_find_asks_about_the_applicant_and_their_needs(country, party, loan):
    pages = pages_for(country, party, loan)
    assert {page.party for page in pages} == {party, None}
    assert [page.key for page in pages if page.named_by_subject] == ["applicant" if party is Party.PERSON else "entity"]
    assert "needs.reasons" in section_ids_of(pages)


def test_people_and_companies_of_one_deal_share_the_pages_about_the_loan():
    together = pages_for("AU", frozenset(Party), Loan.COMMERCIAL)
    keys = [page.key for page in together]
    assert len(set(keys)) == len(keys) and {"entity", "applicant"} <= set(keys)


def test_a_question_of_both_countries_has_the_same_kind_of_answer():
    australian = {key: field.kind for key, _, field in FIELDS["AU"]}
    other = {key: (field.kind, australian[key]) for key, _, field in FIELDS["NZ"] if key in australian}
    differing = {key for key, (here, there) in other.items() if here is not there}
    assert differing == {"assets.savings.account_number", "business_assets.things.account_number"}


# What only means something across the Tasman.
NOT_IN_NEW_ZEALAND = re.compile(
    r"\b(broker|BSB|ABN|ACN|HECS|HELP|myGov|Medicare|JobSeeker|superannuation|super fund|stamp duty|strata|BAS|"
    r"tax office|ANZSCO state|council rates notice)\b"
)


def test_new_zealand_reads_its_own_words():
    said = [
        f"{key}: {words}"
        for key, section, field in FIELDS["NZ"]
        for words in (section.lead, section.title, field.label, field.help, *(o.label for o in field.options))
        if NOT_IN_NEW_ZEALAND.search(words)
    ]
    assert not said
    regions = {o.value for o in find_field("NZ", "applicant", "addresses", "current_nz_region").options}
    assert {"auckland", "hawkes_bay", "manawatu_whanganui"} <= regions


def test_no_tax_file_number_is_asked_anywhere_and_an_ird_number_only_if_they_want_to_say_it():
    for country in COUNTRIES:
        for key, _, field in FIELDS[country]:
            assert "tfn" not in key and "tax file" not in field.label.lower()
            if field.kind is Kind.IRD:
                assert country == "NZ" and field.sensitive and not field.required and not field.required_when


def test_every_kind_has_a_parser():
    assert set(PARSERS) == set(Kind)


@pytest.mark.parametrize("page", [page for _, page in EVERY_PAGE], ids=[f"{c}-{page.key}" for c, page in EVERY_PAGE])
class TestFields:
    def test_conditions_name_earlier_fields_and_their_options(self, page):
        for section, field in fields_of(page):
            earlier = [each.key for each in section.fields[: section.fields.index(field)]]
            assert {when.subject for when in on_answers(field.when)} <= set(earlier), field.key
            for when in (*on_answers(field.when), *on_answers(field.required_when)):
                assert values_exist(section, when), field.key

    def test_choices_have_options_and_others_do_not(self, page):
        for _, field in fields_of(page):
            assert bool(field.options or field.options_from) == (field.kind in CHOICES), field.key
            values = [option.value for option in field.options]
            assert len(set(values)) == len(values), field.key
            assert not [value for value in values if "," in value or value != value.strip()], field.key

    def test_labels_are_plain_text(self, page):
        for _, field in fields_of(page):
            assert field.label.strip() == field.label
            assert field.label[0].isupper()
            assert "'" not in field.label + field.help, f"{field.key}: use ’"

    def test_defaults_and_neighbours_make_sense(self, page):
        for section, field in fields_of(page):
            assert parse(field, field.default).error is None, field.key
            assert not field.beside or section.field(field.beside)


@pytest.mark.parametrize(("page", "section"), each_section(), ids=lambda each: each.key)
class TestSection:
    def test_menu_is_the_options_of_type(self, page, section):
        kinds = {field.key: field.options for field in section.fields}
        assert section.item_types == kinds.get(TYPE, ())
        assert section.repeats or not section.item_types

    def test_ownership_is_declared(self, page, section):
        assert section.owned == any(field.key == OWNERSHIP for field in section.fields)

    def test_repeating_sections_name_their_items(self, page, section):
        if not section.repeats:
            return
        assert section.item_noun
        assert section.add_label.startswith("Add another ")
        assert all(section.field(key) for key in section.summary_fields)

    def test_something_is_needed(self, page, section):
        """A section that needs nothing looks finished before anybody has opened it."""
        needed = [f for f in section.fields if f.required or f.required_when]
        assert needed or section.optional


def test_found_by_key():
    assert find_page("AU", "assets").title == "What you own"
    assert find_section("AU", "liabilities", "cards").title == "Credit and store cards"
    assert find_field("AU", "applicant", "personal_details", "first_name").label == "First name"
    with pytest.raises(KeyError):
        find_field("AU", "applicant", "personal_details", "nothing")


def test_a_fact_find_nobody_declared_is_refused():
    with pytest.raises(LookupError):
        pages_for("FR", Party.PERSON, Loan.HOME)
    with pytest.raises(LookupError):
        pages_for("AU", Party.PERSON, "mortgage")
