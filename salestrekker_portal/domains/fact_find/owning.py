"""Whose an amount is: the answer, or what stands for it while nobody has given one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salestrekker_portal.domains.fact_find.homes import household_of
from salestrekker_portal.domains.fact_find.stored import Stored, StoredCopy
from salestrekker_portal.domains.questions.answers import parse
from salestrekker_portal.domains.questions.facts import people_of
from salestrekker_portal.domains.questions.ownership import Shares, even_shares, outside_name
from salestrekker_portal.domains.questions.roles import earns_for, named, sharers_of
from salestrekker_portal.domains.questions.vocabulary import ITEM_ID, OWNERSHIP, Answers, Scope, scope_of


@dataclass(frozen=True, slots=True)
class Owning:
    """Percentages by owner: contacts of the deal, and people outside it (`ownership.outside_name`).

    `splits` holds the rows that a broker divided in another way, by field key.
    """

    shares: Mapping[str, float]
    splits: Mapping[str, Shares] = field(default_factory=dict)

    def split_of(self, key: str) -> "Owning":
        return Owning(self.splits[key]) if key in self.splits else self

    @property
    def outside(self) -> dict[str, float]:
        """Owners who are not in the deal: name -> percentage."""
        named = ((outside_name(owner), share) for owner, share in self.shares.items())
        return {name: share for name, share in named if name}


def owning(copy: StoredCopy, answers: Answers, stored: Stored) -> Owning:
    """Whose the amounts of one set of answers, or of one entry, are."""
    scope = scope_of(copy.page, copy.section)
    if scope is Scope.HOUSEHOLD:
        return Owning(even_shares(members_of(copy, stored)), _splits(copy, answers))
    answered = _answered(copy, answers)
    if answered:
        return Owning(named(answered, copy.facts))
    if scope is Scope.PER_APPLICANT and copy.subject:
        return Owning({copy.subject: 100.0})
    return Owning(even_shares(sharers_of(copy.facts)))


def _answered(copy: StoredCopy, answers: Answers) -> Shares | None:
    if not copy.section.owned:
        return None
    of_rent = copy.facts.get("rent_shares", {}).get(answers.get(ITEM_ID, ""))
    return of_rent or parse(copy.section.field(OWNERSHIP), answers.get(OWNERSHIP)).value


def _splits(copy: StoredCopy, answers: Answers) -> dict[str, Shares]:
    found: dict[str, Any] = {}
    for each in copy.section.fields:
        if each.key.endswith("_split") and answers.get(each.key):
            value = parse(each, answers[each.key]).value
            if value:
                found[each.key.removesuffix("_split")] = named(value, copy.facts)
    return found


def members_of(copy: StoredCopy, stored: Stored) -> list[str]:
    """Who bears what a household spends: its members whose income counts; whoever is in it, when nobody's does."""
    if copy.subject:
        return [copy.subject]
    members = household_of(stored, copy.facts)
    earning = [each for each in members if earns_for(copy.facts, each)]
    return earning or members or [contact for contact, _ in people_of(copy.facts)]
