"""The catalogue holds together, and no key changes by accident."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salestrekker_portal.domains.fact_find.catalogue import find_field, find_page, find_section, pages_for
from salestrekker_portal.domains.fact_find.conditions import AllOf, AnyOf, Condition, Op, When
from salestrekker_portal.domains.fact_find.parsing import PARSERS, parse
from salestrekker_portal.domains.fact_find.vocabulary import (
    OWNERSHIP,
    RESERVED_KEYS,
    TYPE,
    Field,
    Kind,
    Page,
    Section,
)

COMMITTED = Path(__file__).with_name("catalogue_keys.txt")
CHOICES = (Kind.SELECT, Kind.CARDS, Kind.TICKS, Kind.FREQUENCY)


def each_section() -> list[tuple[Page, Section]]:
    return [(page, section) for page in pages_for() for section in page.sections]


def each_field() -> Iterator[tuple[str, Section, Field]]:
    for page, section in each_section():
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


FIELDS = list(each_field())
IDS = [key for key, _, _ in FIELDS]


def test_keys_are_the_committed_ones():
    """Stored answers are found by these keys: add new ones to the file, never change or remove one."""
    assert sorted(IDS) == sorted(COMMITTED.read_text().split())


def test_keys_are_unique_and_plain():
    assert len(set(IDS)) == len(IDS)
    assert all(part.isidentifier() and part.islower() for key in IDS for part in key.split("."))
    assert not RESERVED_KEYS & {field.key for _, _, field in FIELDS}


def test_every_kind_has_a_parser():
    assert set(PARSERS) == set(Kind)


@pytest.mark.parametrize("page", pages_for(), ids=lambda page: page.key)
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
        optional = {"priorities", "banking"}
        needed = [f for f in section.fields if f.required or f.required_when]
        assert needed or section.key in optional


def test_found_by_key():
    assert find_page("assets").title == "What you own"
    assert find_section("liabilities", "cards").title == "Credit and store cards"
    assert find_field("applicant", "personal_details", "first_name").label == "First name"
    with pytest.raises(KeyError):
        find_field("applicant", "personal_details", "nothing")


def test_a_fact_find_nobody_declared_is_refused():
    with pytest.raises(LookupError):
        pages_for(country="FR")
