"""The whole fact find as one document for other programs: parties, households, income, expenses, real estate, other
assets, liabilities, purposes, with the broker's figures and every answer as it reads.

The shape is published (portals/api/fact_find_shapes.py): fields are added, never renamed. Amounts are integer cents as
they were told, with how often and whose; what a sum makes of them can be worked out again from here alone. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from salestrekker_portal.domains.fact_find.carry import Carried
from salestrekker_portal.domains.fact_find.document_items import (
    asset_of,
    debt_of,
    income_of,
    owners_of,
    purpose_of,
    real_estate_of,
    special_of,
)
from salestrekker_portal.domains.fact_find.export import rows, to_json
from salestrekker_portal.domains.fact_find.figure_rows import Figure
from salestrekker_portal.domains.fact_find.homes import DEALS_HOUSEHOLD, household_of, households_of, lives_in
from salestrekker_portal.domains.fact_find.owning import owning
from salestrekker_portal.domains.fact_find.position import Position
from salestrekker_portal.domains.fact_find.stored import Stored, StoredCopy, copies, facts_of_deal
from salestrekker_portal.domains.questions.amounts import monthly_cents
from salestrekker_portal.domains.questions.answers import Filled, check
from salestrekker_portal.domains.questions.expense_groups import CATEGORIES, group_of
from salestrekker_portal.domains.questions.facts import applicants_of, country_of, party_of, today_of
from salestrekker_portal.domains.questions.roles import role_of
from salestrekker_portal.domains.questions.vocabulary import Facts, Frequency, Page, Scope, Tally

FORMAT = "salestrekker-portal.fact-find.1"
Document = dict[str, Any]


def document_of(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    position: Position,
    *,
    households: Sequence[str] | None = None,
    people: frozenset[str] | None = None,
    with_answers: bool = True,
) -> Document:
    """Everything, or what is of these people: what they own a part of, owe, earn and spend, and what all share.

    Figures are of the whole deal, so they stand in the whole document only.
    """
    known = facts_of_deal(facts, stored)
    households = households_of(stored, known) if households is None else households
    read = list(_each_once(copies(pages, stored, facts, households=households)))
    made: Document = {
        "format": FORMAT,
        "country": country_of(facts),
        "as_of": today_of(facts).isoformat(),
        "parties": [_party(known, contact, name) for contact, name in applicants_of(facts)],
        "households": [_household(known, stored, read, each) for each in households],
        "income": [], "real_estate": [], "other_assets": [], "liabilities": [], "purposes": [],
        "figures": [] if people is not None else [_figure(each) for each in position.figures],
        "answers": to_json(rows(pages, stored, facts, households=households)) if with_answers else [],
    }  # fmt: skip
    made |= special_of(read)
    for copy in read:
        for noun, entry in _entries(copy, stored):
            made[noun].append(entry)
    spending = {copy.section_id for copy in read if copy.page.scope is Scope.HOUSEHOLD}
    return made if people is None else _only(made, people, spending)


def _each_once(found: Iterator[StoredCopy]) -> Iterator[StoredCopy]:
    seen = set()
    for copy in found:
        if (copy.section_id, copy.subject) not in seen:
            seen.add((copy.section_id, copy.subject))
            yield copy


def _party(facts: Facts, contact: str, name: str) -> Document:
    return {
        "id": contact,
        "name": name,
        "kind": party_of(facts, contact).value,
        "role": role_of(facts, contact).value,
        "counts_in_position": contact in facts["position"],
        "counts_for_servicing": contact in facts["servicing"],
    }


def _household(facts: Facts, stored: Stored, read: Sequence[StoredCopy], household: str) -> Document:
    members = [household] if household else household_of(stored, facts)
    spent = [copy for copy in read if copy.page.scope is Scope.HOUSEHOLD and copy.subject == household]
    return {
        "id": household or DEALS_HOUSEHOLD,
        "members": members,
        "dependants": [_plain(each) for each in _dependants(read) if lives_in(each, household or DEALS_HOUSEHOLD)],
        "expenses": [each for copy in spent for each in _expenses(copy, stored)],
    }


def _dependants(read: Sequence[StoredCopy]) -> Iterator[Mapping[str, Any]]:
    for copy in read:
        if copy.section_id == "applicant.dependants":
            yield from (check(copy.section, item, copy.facts).values for item in copy.filled.items)


def _plain(values: Mapping[str, Any]) -> Document:
    wanted = ("name", "date_of_birth", "age", "relationship", "due", "lives_with_us", "care_share")
    return {key: values.get(key) for key in wanted}


def _expenses(copy: StoredCopy, stored: Stored) -> Iterator[Document]:
    values = check(copy.section, copy.filled.answers, dict(copy.facts) | {"audience": "broker"}).values
    typed = stored.get((copy.section_id, copy.subject), Filled()).answers
    for field in copy.section.fields:
        if field.tally is not Tally.EXPENSE:
            continue
        none, cents = bool(values.get(f"{field.key}_none")), values.get(field.key)
        every = values.get(f"{field.key}_frequency")
        if cents is None and not none:
            continue
        told: Carried | None = copy.facts.get("carried", {}).get(field.key)
        yield {
            "key": field.key,
            "category": CATEGORIES.get(field.key, "Other"),
            "group": group_of(field.key).value,
            "amount_cents": None if none else cents,
            "frequency": every,
            "monthly_cents": None if none or cents is None or not every else monthly_cents(cents, Frequency(every)),
            "none": none,
            "comment": values.get(f"{field.key}_comment", ""),
            "told_in": told.origin if told and not typed.get(field.key, "").strip() and not none else None,
            "owners": owners_of(owning(copy, copy.filled.answers, stored).split_of(field.key), copy.facts),
        }


_MADE = {
    "assets.property": ("real_estate", real_estate_of),
    "needs.purposes": ("purposes", purpose_of),
    "needs.uses": ("purposes", purpose_of),
    "needs.funds": ("other_assets", asset_of),
}


def _entries(copy: StoredCopy, stored: Stored) -> Iterator[tuple[str, Document]]:
    """Each entry of a list under the noun that it belongs to; a business's year is one of income."""
    page = copy.page.key
    if copy.section_id in _MADE:
        kind, make = _MADE[copy.section_id]
    elif page in ("income", "financials"):
        kind, make = "income", income_of
    elif page in ("assets", "business_assets"):
        kind, make = "other_assets", asset_of
    elif page in ("liabilities", "business_liabilities"):
        kind, make = "liabilities", debt_of
    else:
        return
    single = () if copy.section.repeats or not copy.filled.started else (copy.filled.answers,)
    for answers in copy.filled.items if copy.section.repeats else single:
        if copy.section.repeats or any(field.tally for field in copy.section.fields):
            yield kind, make(copy, answers, stored)


def _figure(figure: Figure) -> Document:
    is_money = isinstance(figure.value, int)
    return {
        "key": figure.key,
        "label": figure.label,
        "words": figure.words,
        "cents": figure.value if is_money else None,
        "ratio": None if is_money or figure.value is None else float(figure.value),
        "note": figure.note,
        "lines": [
            {"label": row.label, "words": row.words, "cents": row.cents, "section": row.section_id,
             "party_id": row.subject or None, "entry_id": row.item_id or None}
            for row in figure.rows
        ],
    }  # fmt: skip


def _only(made: Document, people: frozenset[str], spending: set[str]) -> Document:
    """What is of these people. An entry without an owner is everybody's; what a household spends is its members'."""

    def theirs(entry: Document) -> bool:
        owners = [each["party_id"] for each in entry.get("owners", [])]
        return not owners or not people.isdisjoint(owners)

    nouns = ("income", "real_estate", "other_assets", "liabilities", "purposes")
    kept = {key: [each for each in made[key] if theirs(each)] for key in nouns}
    others = {each["id"] for key in nouns for each in made[key] if not theirs(each)}
    households = [each for each in made["households"] if not people.isdisjoint(each["members"])]
    shares_costs = any(each["id"] == DEALS_HOUSEHOLD for each in households)

    def said_of_them(row: Document) -> bool:
        if row["subject"]:
            return row["subject"] in people
        return row["item_id"] not in others and (shares_costs or row["section_id"] not in spending)

    return made | kept | {
        "parties": [each for each in made["parties"] if each["id"] in people],
        "households": households,
        "answers": [row for row in made["answers"] if said_of_them(row)],
    }  # fmt: skip
