"""Every amount of a fact find as it is counted: once, for whom, and what is left of it after settlement.

The one engine of sums: screens, print, exports and the broker's figures all add up these lines. Amounts are integer
cents; income, expenses and repayments are a month's. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from salestrekker_portal.domains.fact_find.one_record import rented
from salestrekker_portal.domains.fact_find.owning import Owning, owning
from salestrekker_portal.domains.fact_find.stored import Stored, StoredCopy, copies
from salestrekker_portal.domains.questions.amounts import monthly_cents, rounded
from salestrekker_portal.domains.questions.answers import check, holds, raw_of, visible_fields
from salestrekker_portal.domains.questions.expense_groups import group_of
from salestrekker_portal.domains.questions.ownership import split_cents
from salestrekker_portal.domains.questions.vocabulary import (
    ITEM_ID,
    TYPE,
    Answers,
    Facts,
    Field,
    Frequency,
    Page,
    Section,
    Tally,
)
from salestrekker_portal.domains.questions.words import item_title, label_of

A_MONTH = frozenset({Tally.INCOME, Tally.EXPENSE, Tally.REPAYMENT})
# What a lender looks to for repayments; everything else is about what somebody has.
_OWED = frozenset({Tally.DEBT, Tally.LIMIT, Tally.REPAYMENT})
_GONE = ("close", "refinance")
# Whose drawings or fees come before the profit: what the business pays them is no part of it.
_PAYS_ITS_OWNERS = ("company", "trust")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One amount. `cents` is all of it, `after` what stands of it after settlement; `parts` and `parts_after` divide
    what people of the deal have of it. `counted` is what the totals take: the parts of those who borrow, or whose
    income a lender looks to.
    """

    tally: Tally
    cents: int
    after: int
    parts: Mapping[str, int]
    parts_after: Mapping[str, int]
    counted: int
    counted_after: int
    label: str
    name: str
    kind: str  # the type of the entry, or blank
    group: str  # of an expense, its group; otherwise the section
    section_id: str
    subject: str
    item_id: str
    field_key: str
    owning: Owning


@dataclass(frozen=True, slots=True)
class Amount:
    """What one answer adds to one total, before anybody is asked whose it is."""

    tally: Tally
    cents: int
    after: int
    field: Field


def lines(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    *,
    subjects: Sequence[str] | None = None,
    households: Sequence[str] | None = None,
) -> tuple[Line, ...]:
    """Every amount of every section asked, in the order of the pages."""
    found: list[Line] = []
    seen = set()
    for copy in copies(pages, stored, facts, subjects=subjects, households=households):
        if (copy.section_id, copy.subject) in seen:
            continue
        seen.add((copy.section_id, copy.subject))
        for answers in copy.filled.items if copy.section.repeats else (copy.filled.answers,):
            found += _lines_of(copy, answers, stored)
    return tuple(found)


def amounts(section: Section, answers: Answers, facts: Facts) -> list[Amount]:
    """What one set of answers (or entry) adds to which totals.

    An amount that needs a frequency and has none is left out: nobody can say what it is a month. So is one beside
    which somebody ticked "None". `facts` are a person's (stored.facts_for).
    """
    if not any(field.tally for field in section.fields) or not answers:
        return []
    values = check(section, answers, dict(facts) | {"audience": "broker"}).values
    return [*_amounts(section, answers, values, facts)]


def _amounts(section: Section, answers: Answers, values: Mapping[str, Any], facts: Facts) -> Iterator[Amount]:
    shown = {field.key for field in visible_fields(section, answers, facts)}
    said = {field.key: raw_of(field, answers) for field in section.fields if field.key in shown}
    for field in section.fields:
        if field.tally is None or field.key not in shown or values.get(field.key) is None:
            continue
        if values.get(f"{field.key}_none") or not _in_total(field, section, answers, said, facts):
            continue
        cents = _counted(field, values, section, answers, facts)
        if cents is None:
            continue
        yield Amount(field.tally, cents, _after(field, cents, values), field)
        if field.owed_when and holds(field.owed_when, said, facts):
            yield Amount(Tally.DEBT, cents, cents, field)


def _in_total(field: Field, section: Section, answers: Answers, said: Answers, facts: Facts) -> bool:
    if field.tally_when is not None and not holds(field.tally_when, said, facts):
        return False
    if section.key == "funds":
        # Told with the assets before, where that was still asked: not counted twice.
        return not facts.get("told_deposit_there")
    if field.key == "rental_income" or section.key == "rental":
        return _is_first_of_its_rent(section, answers, facts)
    if field.key.startswith("wages_") and section.key == "self_employed":
        return _business(section, answers, facts)[0] in _PAYS_ITS_OWNERS
    return True


def _is_first_of_its_rent(section: Section, answers: Answers, facts: Facts) -> bool:
    """The rent of a property counts once, whoever told it and on whichever page."""
    item, counts = answers.get(ITEM_ID, ""), facts.get("rents", {})
    if section.key != "rental":
        return rented(item) not in counts
    return counts.get(item, item) == item


def _counted(field: Field, values: Mapping[str, Any], section: Section, answers: Answers, facts: Facts) -> int | None:
    cents: int = values[field.key]
    if field.tally is Tally.DEBT:
        return max(cents, 0)  # a card in credit pays nobody else's debt
    if field.tally not in A_MONTH:
        return cents
    every = field.every or values.get(f"{field.key}_frequency")
    if every is None:
        return 0 if cents == 0 else None
    if section.key == "self_employed" and field.key.startswith("net_profit_"):
        cents = rounded(cents * _business(section, answers, facts)[1])
    return monthly_cents(cents, Frequency(every))


def _business(section: Section, answers: Answers, facts: Facts) -> tuple[str, Fraction]:
    """How the business of an entry is set up, and the part of its profit that is this person's."""
    known = facts.get("businesses", {}).get(answers.get(ITEM_ID, ""))
    return known if known is not None else (answers.get("structure", ""), Fraction(1))


def _after(field: Field, cents: int, values: Mapping[str, Any]) -> int:
    """What is left of it once the new loan is there."""
    if field.tally not in _OWED:
        return cents
    then = values.get("after_settlement")
    if then in _GONE:
        return 0
    if then == "reduce" and field.tally is not Tally.REPAYMENT:
        # What is owed above the new limit has to be paid first.
        return min(cents, values.get("reduced_limit", cents))
    return cents


def _lines_of(copy: StoredCopy, answers: Answers, stored: Stored) -> Iterator[Line]:
    found = amounts(copy.section, answers, copy.facts)
    if not found:
        return
    whose = owning(copy, answers, stored)
    item = answers.get(ITEM_ID, "")
    name = item_title(copy.section, answers, copy.facts) if copy.section.repeats else copy.section.title
    for each in found:
        owned = whose.split_of(each.field.key)
        parts = _parts(each.tally, each.cents, owned, copy.facts)
        parts_after = parts if each.after == each.cents else _parts(each.tally, each.after, owned, copy.facts)
        counts = _counting(each.tally, copy.facts)
        yield Line(
            tally=each.tally, cents=each.cents, after=each.after, parts=parts, parts_after=parts_after,
            counted=sum(part for contact, part in parts.items() if contact in counts),
            counted_after=sum(part for contact, part in parts_after.items() if contact in counts),
            label=label_of(each.field),
            name=name,
            kind=answers.get(TYPE, ""),
            group=group_of(each.field.key) if each.tally is Tally.EXPENSE else copy.section.key,
            section_id=copy.section_id, subject=copy.subject, item_id=item, field_key=each.field.key,
            owning=owned,
        )  # fmt: skip


def _parts(tally: Tally, cents: int, owned: Owning, facts: Facts) -> dict[str, int]:
    """What each person in the deal has of it.

    A debt is everybody's who signed for it, whole: what somebody outside owes of it falls to those in the deal, and
    first to those whom a lender counts.
    """
    here, shares = facts["here"], owned.shares
    if tally in _OWED:
        counts = _counting(tally, facts)
        known = {contact: share for contact, share in shares.items() if contact in here}
        shares = {each: share for each, share in known.items() if each in counts} or known
    return {each: part for each, part in split_cents(cents, shares).items() if each in here}


def _counting(tally: Tally, facts: Facts) -> frozenset[str]:
    """Whose part of such an amount counts for the borrowers."""
    return facts["servicing"] if tally in A_MONTH else facts["position"]
