"""Answers that are already known from another section: they stand where they belong too, and nobody types them twice.

Nothing is written down: while a row of living expenses is empty it follows what was told elsewhere, and says where.
What somebody types there themselves is theirs, and stays. Pure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from salestrekker_portal.domains.questions.amounts import PER_YEAR, rounded
from salestrekker_portal.domains.questions.answers import Filled, check
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.catalogue.build import FREQUENCIES
from salestrekker_portal.domains.questions.facts import country_of, people_of
from salestrekker_portal.domains.questions.ownership import SOMEBODY_ELSE, Shares
from salestrekker_portal.domains.questions.roles import named, sharers_of
from salestrekker_portal.domains.questions.vocabulary import OWNERSHIP, TYPE, Answers, Facts, Frequency
from salestrekker_portal.kernel.money import money
from salestrekker_portal.kernel.names import folded

_HOUSING = {"renting": "rent", "boarding": "board"}
_PARTS_OF_A_PLACE = ("unit", "street_number", "street_name", "suburb", "postcode", "description")
_OFTEN = {each.value: each.label for each in FREQUENCIES}
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


def _maintenance(stored: Mapping, facts: Facts, members: Collection[str]) -> Iterable[tuple[str, Source]]:
    """What is paid for children or a former partner, by whoever of these people pays it."""
    full_id = "liabilities.other"
    for item in stored.get((full_id, ""), Filled()).items:
        if item.get(TYPE) != "maintenance":
            continue
        values = _values(stored, facts, full_id, item)
        told, part = _amount(values, "maintenance"), _part_of(members, values.get(OWNERSHIP), facts)
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
        told, part = _amount(values, "running_costs"), _part_of(members, values.get(OWNERSHIP), facts)
        if told is not None and part:
            source = Source(rounded(told[0] * part), told[1], full_id, "", item.get("id", ""), "running_costs")
            yield key, source


def _part_of(members: Collection[str], shares: Shares | None, facts: Facts) -> Fraction:
    """The part that these people have of something; while nobody has divided it, the borrowers have equal ones."""
    owned = named(shares, facts) if shares else dict.fromkeys(sharers_of(facts), 1.0)
    if not owned:
        return Fraction(0)
    parts = {owner: Fraction(str(share)) for owner, share in owned.items()}
    # Somebody else who is nobody this reader knows: one of the household that they answer for.
    here = (part for owner, part in parts.items() if owner in members or owner == SOMEBODY_ELSE)
    return sum(here, Fraction(0)) / sum(parts.values(), Fraction(0))
