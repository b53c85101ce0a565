"""Sums of what people own, owe, earn and spend: each person's part, and all together.

Amounts are integer cents; income, expenses and repayments are a month's. A joint item is counted
once in the sum and divided between its owners to the cent.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from salestrekker_portal.domains.fact_find.stored import NOBODY, Stored, StoredCopy, copies
from salestrekker_portal.domains.questions.answers import check, visible_fields
from salestrekker_portal.domains.questions.facts import applicants_of, party_of, people_of
from salestrekker_portal.domains.questions.ownership import Shares, even_shares, shares_of, split_cents
from salestrekker_portal.domains.questions.vocabulary import (
    OWNERSHIP,
    Answers,
    Facts,
    Field,
    Frequency,
    Page,
    Scope,
    Section,
    Tally,
    scope_of,
)

_PER_YEAR = {
    Frequency.WEEKLY: 52,
    Frequency.FORTNIGHTLY: 26,
    Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 4,
    Frequency.HALF_YEARLY: 2,
    Frequency.YEARLY: 1,
}
_A_MONTH = (Tally.INCOME, Tally.EXPENSE, Tally.REPAYMENT)


@dataclass(frozen=True, slots=True)
class Sums:
    """Cents by tally; nothing counted is 0."""

    cents: Mapping[Tally, int]

    def __getitem__(self, tally: Tally) -> int:
        return self.cents.get(tally, 0)

    @property
    def net_position(self) -> int:
        """What is owned less what is owed."""
        return self[Tally.ASSET] - self[Tally.DEBT]

    @property
    def monthly_surplus(self) -> int:
        """Income before tax less expenses and repayments, a month."""
        return self[Tally.INCOME] - self[Tally.EXPENSE] - self[Tally.REPAYMENT]


@dataclass(frozen=True, slots=True)
class Totals:
    """Everyone together, and each applicant's part by contact id."""

    together: Sums
    by_applicant: Mapping[str, Sums]


def monthly_cents(cents: int, every: Frequency) -> int:
    """An amount paid that often as an amount a month, half cents rounded away from zero."""
    exact = Fraction(cents * _PER_YEAR[every], 12)
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(quotient.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def amounts(section: Section, answers: Answers, facts: Facts) -> dict[str, tuple[Tally, int]]:
    """What one set of answers (or item) adds to which total, by field key.

    An amount that needs a frequency and has none is left out: nobody can say what it is a month.
    """
    values = check(section, answers, facts).values
    found = {}
    for field in visible_fields(section, answers, facts):
        cents = _counted(field, values)
        if field.tally is not None and cents is not None:
            found[field.key] = (field.tally, cents)
    return found


def _counted(field: Field, values: Mapping[str, Any]) -> int | None:
    cents = values.get(field.key)
    if field.tally not in _A_MONTH or cents is None:
        return cents
    every = field.every or values.get(f"{field.key}_frequency")
    if every is None:
        return 0 if cents == 0 else None
    return monthly_cents(cents, Frequency(every))


def item_sums(section: Section, item: Answers, facts: Facts) -> Sums:
    """What one item adds to each total."""
    sums: Counter[Tally] = Counter()
    for tally, cents in amounts(section, item, facts).values():
        sums[tally] += cents
    return Sums(sums)


def totals(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    *,
    subjects: Sequence[str] | None = None,
    households: Sequence[str] = (NOBODY,),
) -> Totals:
    """Add up every amount of every section asked."""
    together: Counter[Tally] = Counter()
    parties = {page.party for page in pages}
    parts: dict[str, Counter[Tally]] = {
        contact: Counter()
        for contact, _ in applicants_of(facts)
        if None in parties or party_of(facts, contact) in parties
    }
    seen = set()
    for copy in copies(pages, stored, facts, subjects=subjects, households=households):
        if (copy.section_id, copy.subject) in seen:
            continue
        seen.add((copy.section_id, copy.subject))
        for answers in copy.filled.items if copy.section.repeats else (copy.filled.answers,):
            _add(copy, answers, stored, together, parts)
    return Totals(Sums(together), {contact: Sums(sums) for contact, sums in parts.items()})


def _add(
    copy: StoredCopy, answers: Answers, stored: Stored, together: Counter[Tally], parts: dict[str, Counter[Tally]]
) -> None:
    found = amounts(copy.section, answers, copy.facts)
    if not found:
        return
    values = check(copy.section, answers, dict(copy.facts) | {"audience": "broker"}).values
    usual = _shares(copy, values.get(OWNERSHIP), stored)
    for key, (tally, cents) in found.items():
        together[tally] += cents
        for contact, part in split_cents(cents, values.get(f"{key}_split") or usual).items():
            if contact in parts:
                parts[contact][tally] += part


def _shares(copy: StoredCopy, answered: Shares | None, stored: Stored) -> Shares:
    everyone = [contact for contact, _ in people_of(copy.facts)]
    scope = scope_of(copy.page, copy.section)
    if scope is Scope.HOUSEHOLD:
        household = stored.get((f"{copy.page.key}.household", copy.subject))
        typed = household.answers.get("members", "") if household else ""
        members = [contact for contact in everyone if contact in typed.split(",")]
        return even_shares(members or everyone)
    return shares_of(answered, scope, copy.subject, everyone)
