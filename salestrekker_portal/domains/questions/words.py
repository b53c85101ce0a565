"""Answers and items as a person reads them."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from salestrekker_portal.domains.questions.answers import raw_of
from salestrekker_portal.domains.questions.facts import applicants_of, country_of, options_of
from salestrekker_portal.domains.questions.ownership import outside_name
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.vocabulary import TYPE, Answers, Facts, Field, Kind, Section
from salestrekker_portal.kernel.dates import spoken
from salestrekker_portal.kernel.money import money
from salestrekker_portal.kernel.text import joined, phone_words

_NUMBER_GROUPS = {Kind.ABN: (2, 5, 8), Kind.ACN: (3, 6), Kind.BSB: (3,), Kind.NZBN: (4, 8, 12)}


def say(field: Field, raw: str, facts: Facts) -> str:
    """The answer in words; what was typed, when that could not be read; blank for no answer."""
    parsed = parse(field, raw, facts)
    if parsed.value is None:
        return raw.strip() if parsed.error else ""
    return _in_words(field, parsed.value, facts)


def _in_words(field: Field, value: Any, facts: Facts) -> str:
    match field.kind:
        case Kind.MONEY:
            return f"{money(value)} {field.unit}".strip()
        case Kind.DATE:
            return spoken(date.fromisoformat(value))
        case Kind.MONTH:
            whole = len(value) == 10
            return spoken(date.fromisoformat(value if whole else f"{value}-01")).removeprefix("" if whole else "1 ")
        case Kind.PERCENT:
            return f"{value:g} %"
        case Kind.YES_NO | Kind.TICK:
            return "Yes" if value else "No"
        case Kind.PHONE | Kind.MOBILE:
            return phone_words(value, country_of(facts))
        case Kind.OWNERSHIP:
            return say_shares(value, facts)
        case Kind.IRD:
            return f"{value[:-6]}-{value[-6:-3]}-{value[-3:]}"
        case Kind.TICKS:
            return joined([_label(field, each, facts) for each in value])
        case _:
            return _choice_or_text(field, value, facts)


def _choice_or_text(field: Field, value: Any, facts: Facts) -> str:
    if field.kind in (Kind.SELECT, Kind.CARDS, Kind.FREQUENCY):
        return _label(field, value, facts)
    if field.kind in _NUMBER_GROUPS:
        ends = (0, *_NUMBER_GROUPS[field.kind], len(value))
        parts = [value[a:b] for a, b in pairwise(ends)]
        return ("-" if field.kind is Kind.BSB else " ").join(parts)
    return str(value)


def _label(field: Field, value: str, facts: Facts) -> str:
    labels = {option.value: option.label for option in options_of(field, facts)}
    return labels.get(value, "No longer listed" if field.options_from else value)


def say_shares(shares: Mapping[str, float], facts: Facts) -> str:
    """Kim 50 %, Sam 50 %."""
    names = dict(applicants_of(facts))
    return ", ".join(
        f"{names.get(owner) or outside_name(owner) or 'Somebody else'} {part:g} %" for owner, part in shares.items()
    )


def item_title(section: Section, item: Answers, facts: Facts) -> str:
    """What to call one item of a list: "Car loan, Tidewater Credit", or "New card"."""
    kind = say(section.field(TYPE), item.get(TYPE, ""), facts) if section.item_types else ""
    name = _address(item) if "address_street_name" in section.summary_fields else ""
    if not name:
        named = (say(section.field(k), raw_of(section.field(k), item), facts) for k in section.summary_fields)
        name = next((each for each in named if each), "")
    return ", ".join(part for part in (kind, name) if part) or f"New {section.item_noun}"


def _address(item: Answers) -> str:
    parts = [item.get(f"address_{p}", "").strip() for p in ("street_number", "street_name", "street_type")]
    street = " ".join(part for part in parts if part).strip()
    return street.title() if street.islower() else street.replace(f" {parts[2]}", f" {parts[2].title()}")


def label_of(field: Field) -> str:
    """The label with the legend it stands under, for lists where the legend is not on screen."""
    if not field.group:
        return field.label
    return f"{field.group}{'' if field.group.endswith('?') else ':'} {field.label[:1].lower()}{field.label[1:]}"
