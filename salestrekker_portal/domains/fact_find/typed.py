"""An answer as it stands in its field: tidied the way people write it, or as typed when it can't be read."""

from datetime import date

from salestrekker_portal.domains.questions.facts import country_of
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.vocabulary import Facts, Field, Kind
from salestrekker_portal.kernel.money import money
from salestrekker_portal.kernel.text import phone_words


def as_typed(field: Field, raw: str, facts: Facts) -> str:
    """What to put into the field. Typing the result again means the same answer."""
    if field.kind not in (*_TIDY, Kind.PHONE, Kind.MOBILE):
        return raw
    value = parse(field, raw, facts).value
    if value is not None and field.kind in (Kind.PHONE, Kind.MOBILE):
        return phone_words(value, country_of(facts))
    return raw if value is None else _TIDY[field.kind](value)


def _month(value: str) -> str:
    return f"{value[5:7]}/{value[:4]}" if len(value) == 7 else f"{date.fromisoformat(value):%d/%m/%Y}"


_TIDY = {
    Kind.MONEY: lambda cents: money(cents).replace("$", ""),
    Kind.PERCENT: lambda number: f"{number:g}",
    Kind.DATE: lambda day: f"{date.fromisoformat(day):%d/%m/%Y}",
    Kind.MONTH: _month,
}
