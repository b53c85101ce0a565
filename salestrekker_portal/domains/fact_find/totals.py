"""Sums of what people own, owe, earn and spend: each person's part, and what counts of all of them together.

Amounts are integer cents; income, expenses and repayments are a month's. A joint item is counted once in the sum and
divided between its owners to the cent.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salestrekker_portal.domains.fact_find.lines import Line, amounts, lines
from salestrekker_portal.domains.fact_find.stored import Stored
from salestrekker_portal.domains.questions.facts import applicants_of, party_of
from salestrekker_portal.domains.questions.vocabulary import Answers, Facts, Page, Section, Tally


@dataclass(frozen=True, slots=True)
class Sums:
    """Cents by tally; nothing counted is 0. `groups` divides the expenses (ExpenseGroup)."""

    cents: Mapping[Tally, int]
    groups: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, tally: Tally) -> int:
        return self.cents.get(tally, 0)


@dataclass(frozen=True, slots=True)
class Totals:
    """Everyone whom a lender counts together, now and after settlement, and each applicant's part by contact id."""

    together: Sums
    by_applicant: Mapping[str, Sums]
    after: Sums


def item_sums(section: Section, item: Answers, facts: Facts) -> Sums:
    """What one item adds to each total."""
    sums: Counter[Tally] = Counter()
    for each in amounts(section, item, facts):
        sums[each.tally] += each.cents
    return Sums(sums)


def totals(
    pages: Sequence[Page],
    stored: Stored,
    facts: Facts,
    *,
    subjects: Sequence[str] | None = None,
    households: Sequence[str] | None = None,
) -> Totals:
    """Add up every amount of every section asked."""
    found = lines(pages, stored, facts, subjects=subjects, households=households)
    parties = {page.party for page in pages}
    people = [contact for contact, _ in applicants_of(facts) if None in parties or party_of(facts, contact) in parties]
    return totals_of_lines(found, people)


def totals_of_lines(found: Iterable[Line], people: Sequence[str]) -> Totals:
    """Sums of these lines, with a part for each of these people."""
    found = list(found)
    together, after = sums_of_lines(found), sums_of_lines(found, after=True)
    parts: dict[str, Counter[Tally]] = {contact: Counter() for contact in people}
    for line in found:
        for contact, cents in line.parts.items():
            if contact in parts:
                parts[contact][line.tally] += cents
    return Totals(together, {contact: Sums(sums) for contact, sums in parts.items()}, after)


def sums_of_lines(found: Iterable[Line], *, after: bool = False) -> Sums:
    """What a lender counts of these lines, today or after settlement."""
    sums: Counter[Tally] = Counter()
    groups: Counter[str] = Counter()
    for line in found:
        cents = line.counted_after if after else line.counted
        sums[line.tally] += cents
        if line.tally is Tally.EXPENSE:
            groups[line.group] += cents
    return Sums(sums, groups)
