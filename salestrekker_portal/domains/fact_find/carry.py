"""Answers that are already known from another section: they stand where they belong too, and nobody types them twice.

Nothing is written down: while a row of living expenses is empty it follows what was told elsewhere, and says where.
What somebody types there themselves is theirs, and stays. Pure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from salestrekker_portal.domains.fact_find.homes import RENTS, home_of, part_of, spends
from salestrekker_portal.domains.questions.amounts import PER_YEAR, rounded
from salestrekker_portal.domains.questions.answers import Filled, check
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.catalogue.build import FREQUENCIES
from salestrekker_portal.domains.questions.facts import country_of, people_of
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, TYPE, Answers, Facts, Frequency
from salestrekker_portal.kernel.money import money

_OFTEN = {each.value: each.label for each in FREQUENCIES}
_PROPERTY_ROWS = {
    "investment": "investment_property", "vacant_land": "investment_property", "holiday_home": "secondary_residence",
}  # fmt: skip


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
        return self.cents * PER_YEAR[self.every]


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
    """Rows of living expenses that are known already, by field key, for a household of these people: of what several
    households bear, their part.
    """
    country, members = country_of(facts), frozenset(members)
    of_row: dict[str, list[Source]] = {}
    for key, source in _rents(stored, facts, [each for each, _ in people_of(facts) if each in members]):
        of_row.setdefault(key, []).append(source)
    for key, source in (*_maintenance(stored, facts, members), *_running(stored, facts, members)):
        of_row.setdefault(key, []).append(source)
    return {key: _together(country, sources) for key, sources in of_row.items()}


def with_carried(answers: Answers, known: Mapping[str, Carried]) -> Answers:
    """Answers of a section with what is carried into its empty rows."""
    added: dict[str, str] = {}
    for key, each in known.items():
        if not answers.get(key, "").strip() and answers.get(f"{key}_none") != "yes":
            added |= each.answers(key)
    return {**answers, **added} if added else answers


def _together(country: str, sources: Sequence[Source]) -> Carried:
    page, _, section = sources[0].section_id.partition(".")
    origin = find_section(country, page, section).title
    if len(sources) == 1:
        return Carried(sources[0].cents, sources[0].every, origin, tuple(sources))
    month = rounded(Fraction(sum(each.yearly for each in sources), 12))
    return Carried(month, Frequency.MONTHLY, origin, tuple(sources))


def _values(stored: Mapping, facts: Facts, full_id: str, answers: Answers) -> Mapping[str, Any]:
    page, _, section = full_id.partition(".")
    return check(find_section(country_of(facts), page, section), answers, facts).values


def _amount(values: Mapping[str, Any], key: str) -> tuple[int, Frequency] | None:
    cents, every = values.get(key), values.get(f"{key}_frequency")
    return (cents, Frequency(every)) if cents is not None and every is not None else None


def _rents(stored: Mapping, facts: Facts, members: Sequence[str]) -> Iterable[tuple[str, Source]]:
    """The rent of each home once: whoever shares it told the whole of it."""
    full_id = "applicant.addresses"
    told_at: dict[tuple[str, ...], tuple[str, Source]] = {}
    for contact in members:
        typed = stored.get((full_id, contact), Filled()).answers
        key = RENTS.get(typed.get("living_arrangement", ""))
        if key is None or not typed.get("rent") or not spends(facts, contact):
            continue
        told = _amount(_values(stored, dict(facts) | {"asks_rent": True}, full_id, typed), "rent")
        if told is not None:
            source = Source(*told, full_id, contact, field_key="rent")
            _keep_the_higher(told_at, home_of(typed), (key, source))
    # Nothing typed of a place yet: those who live together are taken to be in one.
    for home in [each for each in told_at if not any(each[1:])]:
        named = next((each for each in told_at if each[0] == home[0] and each != home), None)
        if named is not None:
            _keep_the_higher(told_at, named, told_at.pop(home))
    return told_at.values()


def _keep_the_higher(told_at: dict[tuple[str, ...], tuple[str, Source]], home: tuple[str, ...],
                     told: tuple[str, Source]) -> None:  # fmt: skip
    if home not in told_at or told_at[home][1].yearly < told[1].yearly:
        told_at[home] = told


def _maintenance(stored: Mapping, facts: Facts, members: Collection[str]) -> Iterable[tuple[str, Source]]:
    """What is paid for children or a former partner, by whoever of these people pays it."""
    full_id = "liabilities.other"
    for item in stored.get((full_id, ""), Filled()).items:
        if item.get(TYPE) != "maintenance":
            continue
        values = _values(stored, facts, full_id, item)
        told, part = _amount(values, "maintenance"), part_of(members, values.get(OWNERSHIP), facts)
        if told is not None and part:
            source = Source(rounded(told[0] * part), told[1], full_id, "", item.get("id", ""), "maintenance")
            yield "maintenance", source


def _running(stored: Mapping, facts: Facts, members: Collection[str]) -> Iterable[tuple[str, Source]]:
    """What a property costs to run, as far as these people own it."""
    full_id = "assets.property"
    for item in stored.get((full_id, ""), Filled()).items:
        key = _PROPERTY_ROWS.get(item.get("use", ""))
        if key is None or not item.get("running_costs"):
            continue
        values = _values(stored, facts, full_id, item)
        told, part = _amount(values, "running_costs"), part_of(members, values.get(OWNERSHIP), facts)
        if told is not None and part:
            source = Source(rounded(told[0] * part), told[1], full_id, "", item.get("id", ""), "running_costs")
            yield key, source
