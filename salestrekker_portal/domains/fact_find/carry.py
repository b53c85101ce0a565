"""Answers that are already known from another section: they stand where they belong too, and nobody types them twice.

Nothing is written down: while a row of living expenses is empty it follows what was told elsewhere, and says where.
What somebody types there themselves is theirs, and stays. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from salestrekker_portal.domains.questions.answers import Filled, check
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.facts import country_of, people_of
from salestrekker_portal.domains.questions.ownership import outside_name
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, TYPE, Answers, Facts, Frequency
from salestrekker_portal.kernel.money import money
from salestrekker_portal.kernel.names import folded

_HOUSING = {"renting": "rent", "boarding": "board"}
_PARTS_OF_A_PLACE = ("unit", "street_number", "street_name", "suburb", "postcode", "description")
_EACH = {
    Frequency.WEEKLY: 52, Frequency.FORTNIGHTLY: 26, Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 4, Frequency.HALF_YEARLY: 2, Frequency.YEARLY: 1,
}  # fmt: skip
_OFTEN = {
    Frequency.WEEKLY: "a week", Frequency.FORTNIGHTLY: "a fortnight", Frequency.MONTHLY: "a month",
    Frequency.QUARTERLY: "a quarter", Frequency.HALF_YEARLY: "half a year", Frequency.YEARLY: "a year",
}  # fmt: skip
_PROPERTY_ROWS = {"investment": "investment_property", "holiday_home": "secondary_residence"}


@dataclass(frozen=True, slots=True)
class Source:
    """One answer that is carried: cents so often, and where it was typed."""

    cents: int
    every: Frequency
    section_id: str
    subject: str
    item_id: str = ""
    field_key: str = ""

    @property
    def yearly(self) -> int:
        return self.cents * _EACH[self.every]


@dataclass(frozen=True, slots=True)
class Carried:
    """What stands in a row because of answers elsewhere. `origin` is the title of the section that they are in."""

    cents: int
    every: Frequency
    origin: str
    sources: tuple[Source, ...]

    @property
    def words(self) -> str:
        return f"{money(self.cents)} {_OFTEN[self.every]}"

    def answers(self, key: str) -> dict[str, str]:
        """As raw answers of the row."""
        return {key: money(self.cents).removeprefix("$"), f"{key}_frequency": self.every.value}


def carried(stored: Mapping[tuple[str, str], Filled], facts: Facts, members: Iterable[str]) -> dict[str, Carried]:
    """Rows of living expenses that are known already, by field key, for a household of these people."""
    country = country_of(facts)
    of_row: dict[str, list[Source]] = {}
    for key, source in _rents(stored, facts, [each for each, _ in people_of(facts) if each in set(members)]):
        of_row.setdefault(key, []).append(source)
    for key, source in (*_maintenance(stored, facts), *_running(stored, facts)):
        of_row.setdefault(key, []).append(source)
    return {key: _together(country, sources) for key, sources in of_row.items()}


def with_carried(answers: Answers, known: Mapping[str, Carried]) -> Answers:
    """Answers of a section with what is carried into its empty rows."""
    added: dict[str, str] = {}
    for key, each in known.items():
        if not answers.get(key, "").strip() and answers.get(f"{key}_none") != "yes":
            added |= each.answers(key)
    return {**answers, **added} if added else answers


def rent_for_expenses(addresses: Answers) -> dict[str, str]:
    """Raw answers for the section expenses.housing, from the rent or board typed with one address."""
    key = _HOUSING.get(addresses.get("living_arrangement", ""))
    amount = addresses.get("rent", "").strip()
    if key is None or not amount:
        return {}
    return {key: amount, f"{key}_frequency": addresses.get("rent_frequency", "").strip()}


def _together(country: str, sources: Sequence[Source]) -> Carried:
    page, _, section = sources[0].section_id.partition(".")
    origin = find_section(country, page, section).title
    if len(sources) == 1:
        return Carried(sources[0].cents, sources[0].every, origin, tuple(sources))
    month = _rounded(Fraction(sum(each.yearly for each in sources), 12))
    return Carried(month, Frequency.MONTHLY, origin, tuple(sources))


def _rounded(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2)) if exact >= 0 else -int(-exact + Fraction(1, 2))


def _values(stored: Mapping, facts: Facts, full_id: str, answers: Answers) -> Mapping[str, Any]:
    page, _, section = full_id.partition(".")
    return check(find_section(country_of(facts), page, section), answers, facts).values


def _amount(values: Mapping[str, Any], key: str) -> tuple[int, Frequency] | None:
    cents, every = values.get(key), values.get(f"{key}_frequency")
    return (cents, Frequency(every)) if cents is not None and every is not None else None


def _rents(stored: Mapping, facts: Facts, members: Sequence[str]) -> Iterable[tuple[str, Source]]:
    """The rent of each home once: whoever shares it told the whole of it."""
    full_id = "applicant.addresses"
    homes: dict[tuple, tuple[str, Source]] = {}
    for contact in members:
        typed = stored.get((full_id, contact), Filled()).answers
        key = _HOUSING.get(typed.get("living_arrangement", ""))
        told = _amount(_values(stored, facts, full_id, typed), "rent") if key and typed.get("rent") else None
        if key is None or told is None:
            continue
        source = Source(*told, full_id, contact, field_key="rent")
        place = tuple(folded(typed.get(f"current_{part}", "")) for part in _PARTS_OF_A_PLACE)
        # Nothing typed of the place yet: those who live together are taken to be in one.
        home = (key, place) if any(place) else (key,)
        if home not in homes or homes[home][1].yearly < source.yearly:
            homes[home] = (key, source)
    return homes.values()


def _maintenance(stored: Mapping, facts: Facts) -> Iterable[tuple[str, Source]]:
    full_id = "liabilities.other"
    for item in stored.get((full_id, ""), Filled()).items:
        if item.get(TYPE) != "maintenance":
            continue
        told = _amount(_values(stored, facts, full_id, item), "maintenance")
        if told is not None:
            yield "maintenance", Source(*told, full_id, "", item.get("id", ""), "maintenance")


def _running(stored: Mapping, facts: Facts) -> Iterable[tuple[str, Source]]:
    """What a property costs to run, as far as it is owned by people of the deal."""
    full_id = "assets.property"
    for item in stored.get((full_id, ""), Filled()).items:
        key = _PROPERTY_ROWS.get(item.get("use", ""))
        if key is None or not item.get("running_costs"):
            continue
        values = _values(stored, facts, full_id, item)
        told = _amount(values, "running_costs")
        if told is not None:
            cents = _rounded(told[0] * _owned_here(values.get(OWNERSHIP)))
            yield key, Source(cents, told[1], full_id, "", item.get("id", ""), "running_costs")


def _owned_here(shares: Mapping[str, float] | None) -> Fraction:
    if not shares:
        return Fraction(1)
    parts = {owner: Fraction(str(share)) for owner, share in shares.items()}
    here = sum((part for owner, part in parts.items() if outside_name(owner) is None), Fraction(0))
    return here / sum(parts.values(), Fraction(0))
