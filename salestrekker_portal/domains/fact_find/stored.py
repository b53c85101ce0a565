"""A whole fact find in memory: every copy of every section, and what one copy implies for another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salestrekker_portal.domains.fact_find.carry import carried, with_carried
from salestrekker_portal.domains.fact_find.homes import (
    DEALS_HOUSEHOLD,
    NOBODY,
    household_of,
    households_of,
    living_with,
)
from salestrekker_portal.domains.fact_find.known import WhatIsKnown
from salestrekker_portal.domains.fact_find.one_record import businesses, businesses_at_work, rent_shares, rents
from salestrekker_portal.domains.fact_find.sold import sold_and_kept
from salestrekker_portal.domains.questions.answers import Filled, is_asked
from salestrekker_portal.domains.questions.catalogue import find_field, find_section
from salestrekker_portal.domains.questions.dates import months_between, years_between
from salestrekker_portal.domains.questions.facts import applicants_of, country_of, party_of, today_of
from salestrekker_portal.domains.questions.history import HISTORY_MONTHS
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.roles import asks, counts_in, earns_for, role_of, sharers_of
from salestrekker_portal.domains.questions.rules import day_of
from salestrekker_portal.domains.questions.vocabulary import (
    ITEM_ID,
    Facts,
    Page,
    Party,
    Scope,
    Section,
    scope_of,
    section_id,
)
from salestrekker_portal.domains.questions.words import item_title
from salestrekker_portal.kernel.text import joined

_PREVIOUS_MOVE = ("applicant", "addresses", "previous_moved_in")
DEFAULT_TERM_YEARS = 30

# (section id, subject) -> what is stored. A subject is a contact id, a household id, or NOBODY.
Stored = Mapping[tuple[str, str], Filled]


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """One copy of a section: whose it is, what is stored, and what is known while reading it."""

    page: Page
    section: Section
    subject: str
    filled: Filled
    facts: Facts

    @property
    def section_id(self) -> str:
        return section_id(self.page, self.section)


def copies(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    *,
    subjects: Sequence[str] | None = None,
    households: Sequence[str] | None = None,
) -> Iterator[StoredCopy]:
    """Every copy of every section that is asked, page by page and then person by person.

    `subjects` limits the applicants whose own pages count, for somebody who may not see the others'.
    """
    people = [contact for contact, _ in applicants_of(facts)]
    people = people if subjects is None else [each for each in people if each in subjects]
    by_subject: dict[str, Facts] = {}
    told = facts_of_deal(facts, stored)
    households = households_of(stored, told) if households is None else households
    for page in pages:
        for owner in _subjects(page, people, households, facts):
            # Facts are a person's even where the answers are shared.
            if owner not in by_subject:
                by_subject[owner] = _about(told, stored, owner)
            known = by_subject[owner]
            for section in page.sections:
                if is_asked(section, known) and _asked_of(page, section, owner, known):
                    subject = owner if scope_of(page, section) is page.scope else NOBODY
                    found = stored.get((section_id(page, section), subject), Filled())
                    if page.scope is Scope.HOUSEHOLD:
                        found = _carried_into(section, found, known)
                    yield StoredCopy(page, section, subject, found, known)


def _asked_of(page: Page, section: Section, owner: str, facts: Facts) -> bool:
    if page.scope is Scope.HOUSEHOLD:
        # Who is in it is asked of the deal's own; the others are of one person.
        return not owner or section.key != "household"
    if page.scope is not Scope.PER_APPLICANT:
        return True
    company = party_of(facts, owner) is Party.COMPANY
    return asks(role_of(facts, owner), page.key, section.key, company=company)


def _carried_into(section: Section, found: Filled, facts: Facts) -> Filled:
    keys = {field.key for field in section.fields}
    known = {key: each for key, each in facts.get("carried", {}).items() if key in keys}
    return Filled(with_carried(found.answers, known), found.items) if known else found


def _subjects(page: Page, people: Sequence[str], households: Sequence[str], facts: Facts) -> Sequence[str]:
    if page.scope is Scope.PER_APPLICANT:
        return [each for each in people if page.party in (None, party_of(facts, each))]
    return households if page.scope is Scope.HOUSEHOLD else (NOBODY,)


def facts_for(facts: Facts, stored: Stored, subject: str) -> dict[str, Any]:
    """The facts with what other sections say: lists to choose from, and a person's history.

    Adds contact_id, options "properties" and "loans", businesses, rents, rent_shares, carried, business_untold,
    months_of_address_history, address_since, loan_outlasts_work, entity_type, and what `known.py` derives.
    """
    return _about(facts_of_deal(facts, stored), stored, subject)


def facts_of_deal(facts: Facts, stored: Stored) -> dict[str, Any]:
    """What other sections say to everybody, and who counts: looked up once, however many amounts there are."""
    known = dict(facts)
    homes = _households(stored, known)
    known["several_households"] = len(homes) > 1
    known["options"] = _lists(stored, known) | {"households": homes} | dict(facts.get("options", {}))
    known["here"] = frozenset(contact for contact, _ in applicants_of(known))
    known["position"] = frozenset(each for each in known["here"] if counts_in(known, each))
    known["servicing"] = frozenset(each for each in known["here"] if earns_for(known, each))
    known["sharers"] = tuple(sharers_of(known))
    known["businesses"] = businesses(stored, known)
    known["rents"] = rents(stored)
    known["rent_shares"] = rent_shares(stored, known["rents"])
    return known | sold_and_kept(stored)


def _about(told: Facts, stored: Stored, subject: str) -> dict[str, Any]:
    facts, known = told, dict(told) | {"contact_id": subject}
    if not subject or party_of(known, subject) is Party.PERSON:
        known["carried"] = carried(stored, known, [subject] if subject else living_with(stored, known, NOBODY))
    known |= WhatIsKnown(stored, subject, known).as_facts()
    if subject and party_of(known, subject) is Party.COMPANY:
        known["entity_type"] = _value(stored, subject, country_of(facts), "entity", "details", "entity_type")
        return known
    known["business_untold"] = not _tells_business(stored, subject)
    known["months_of_address_history"] = months_of_address_history(stored, subject, facts)
    known["address_since"] = day_of(_value(stored, subject, country_of(facts), *_PREVIOUS_MOVE))
    known["loan_outlasts_work"] = _loan_outlasts_work(stored, subject, known)
    return known


def _households(stored: Stored, facts: Facts) -> list[tuple[str, str]]:
    """The households as choices: the deal's by its members' names, the others by their person's."""
    names = dict(applicants_of(facts))
    shared = joined([names[each] for each in household_of(stored, facts)])
    return [(each, names[each]) if each else (DEALS_HOUSEHOLD, shared) for each in households_of(stored, facts)]


def _tells_business(stored: Stored, subject: str) -> bool:
    """Whether how each of their businesses is set up stands with their work: not of a second one told with its profit
    alone."""
    work = [each for each in businesses_at_work(stored, subject) if each.get("structure")]
    return bool(work) and len(stored.get(("income.self_employed", subject), Filled()).items) <= len(work)


def _lists(stored: Stored, facts: Facts) -> dict[str, list[tuple[str, str]]]:
    sources = {
        "properties": (("assets", "property"),),
        "loans": (("liabilities", "home_loans"), ("liabilities", "loans")),
    }
    return {name: [each for keys in places for each in _items(stored, *keys, facts)]
            for name, places in sources.items()}  # fmt: skip


def _items(stored: Stored, page: str, section: str, facts: Facts) -> list[tuple[str, str]]:
    found = stored.get((f"{page}.{section}", NOBODY), Filled())
    declared = find_section(country_of(facts), page, section)
    return [(item.get(ITEM_ID, ""), item_title(declared, item, facts)) for item in found.items]


def months_of_address_history(stored: Stored, subject: str, facts: Facts) -> int | None:
    """How far back the current and previous address go together; None while that isn't known."""
    country, today = country_of(facts), today_of(facts)
    current = day_of(_value(stored, subject, country, "applicant", "addresses", "moved_in"))
    if current is None:
        return None
    months = months_between(current, today)
    if months >= HISTORY_MONTHS:
        return months
    before = day_of(_value(stored, subject, country, "applicant", "addresses", "previous_moved_in"))
    return months_between(before, today) if before else None


def _loan_outlasts_work(stored: Stored, subject: str, facts: Facts) -> bool:
    country = country_of(facts)
    born = day_of(_value(stored, subject, country, "applicant", "personal_details", "date_of_birth"))
    retires = _value(stored, subject, country, "risks", "exit_strategy", "retirement_age")
    if facts.get("retired"):
        return True  # there is no work left for the loan to outlast
    if born is None or retires is None:
        return False
    years = _value(stored, NOBODY, country, "product_requirements", "term", "years")
    age = years_between(born, today_of(facts))
    return age + int(years or DEFAULT_TERM_YEARS) > retires


def _value(stored: Stored, subject: str, country: str, page: str, section: str, key: str) -> Any:
    found = stored.get((f"{page}.{section}", subject))
    return parse(find_field(country, page, section, key), found.answers.get(key)).value if found else None
