"""Who shares a home, who is asked what it costs, and what of a thing is theirs. The one place for it. Pure.

The rent of a home is asked once: of whoever is asked where they live and whose spending a lender looks at, and of no
second person who lives there with them. What somebody typed all the same stays on their page.
"""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.facts import people_of
from salestrekker_portal.domains.questions.ownership import SOMEBODY_ELSE, Shares
from salestrekker_portal.domains.questions.roles import asks, named, role_of, sharers_of
from salestrekker_portal.domains.questions.vocabulary import Answers, Facts
from salestrekker_portal.kernel.names import folded

Stored = Mapping[tuple[str, str], Filled]
NOBODY = ""  # the subject of shared sections, and of the deal's household
DEALS_HOUSEHOLD = "household"  # as a choice; others are named by their person
RENTS = {"renting": "rent", "boarding": "board"}
_ADDRESSES, _HOUSING = "applicant.addresses", "expenses.housing"
_PARTS_OF_A_PLACE = ("unit", "street_number", "street_name", "suburb", "postcode", "description")


def together(people: Collection[str], typed: str, own: Collection[str]) -> list[str]:
    """Of these people who shares one household: those ticked (`typed`), else all but those who live elsewhere."""
    ticked = typed.split(",")
    return [each for each in people if each in ticked] or [each for each in people if each not in own]


def household_of(stored: Stored, facts: Facts) -> list[str]:
    """Who is in the household that the deal's living expenses are about: whom somebody ticked, or everybody."""
    typed = stored.get(("expenses.household", NOBODY), Filled()).answers.get("members", "")
    return together([contact for contact, _ in people_of(facts)], typed, facts.get("own_households", ()))


def spends(facts: Facts, contact: str) -> bool:
    """Whether a lender asks what this person spends."""
    return asks(role_of(facts, contact), "expenses", "general")


def households_of(stored: Stored, facts: Facts) -> tuple[str, ...]:
    """The deal's household, and the one of each person who is asked what they spend and is not in it."""
    spending = [contact for contact, _ in people_of(facts) if spends(facts, contact)]
    return households(household_of(stored, facts), spending)


def households(shared: Collection[str], spending: Iterable[str]) -> tuple[str, ...]:
    """NOBODY for the deal's, then everybody's own who spends and is not in it. Nobody is asked of a household without
    people, as beside a company whose directors guarantee its loan and live each in their own."""
    apart = [each for each in spending if each not in shared]
    return (NOBODY, *apart) if shared or not apart else tuple(apart)


def living_with(stored: Stored, facts: Facts, subject: str) -> list[str]:
    """The people of one household: the deal's (NOBODY), or the one that this person is in."""
    shared = household_of(stored, facts)
    if subject:
        return shared if subject in shared else [subject]
    # A guarantor who may not see the others has no other household than the one on their screen.
    return shared or [contact for contact, _ in people_of(facts) if facts.get("audience") == "client"]


def household_named(stored: Stored, facts: Facts, subject: str) -> str:
    """The household that this person is in, as a choice."""
    elsewhere = subject and subject in households_of(stored, facts) and facts.get("several_households")
    return subject if elsewhere else DEALS_HOUSEHOLD


def lives_in(dependant: Mapping[str, str], household: str) -> bool:
    """Whether a dependant is of this household: of the deal's while nobody has said of which."""
    return (dependant.get("household") or DEALS_HOUSEHOLD) == household


def home_of(typed: Answers) -> tuple[str, ...]:
    """What tells one home from another: how they live there, and the parts of its address; all blank while untold."""
    parts = (folded(typed.get(f"current_{part}", "")) for part in _PARTS_OF_A_PLACE)
    return (RENTS.get(typed.get("living_arrangement", ""), ""), *parts)


def asks_rent(stored: Stored, facts: Facts, person: str) -> bool:
    """Whether this person is asked what the home costs in which they rent or board."""
    own = stored.get((_ADDRESSES, person), Filled()).answers
    if own.get("rent", "").strip():
        return True
    return spends(facts, person) and not _told_by_another(stored, facts, person, own)


def _told_by_another(stored: Stored, facts: Facts, person: str, own: Answers) -> bool:
    home = home_of(own)
    if not any(home[1:]):
        return False
    others = (
        stored.get((_ADDRESSES, each), Filled()).answers
        for each in living_with(stored, facts, person)
        if each != person and spends(facts, each)
    )
    return any(each.get("rent", "").strip() and home_of(each) == home for each in others)


def asks_housing(stored: Stored, facts: Facts, household: str) -> bool:
    """Whether rent and board stand with what this household spends: not where nobody of it is asked where they live,
    as a spouse outside the loan who may not see the borrower. The borrower tells it."""
    held = stored.get((_HOUSING, household), Filled()).started
    members = living_with(stored, facts, household)
    return held or not members or any(asks(role_of(facts, each), "applicant", "addresses") for each in members)


def part_of(members: Collection[str], shares: Shares | None, facts: Facts) -> Fraction:
    """The part that these people have of something; while nobody has divided it, the borrowers have equal ones."""
    owned = named(shares, facts) if shares else dict.fromkeys(sharers_of(facts), 1.0)
    if not owned:
        return Fraction(0)
    parts = {owner: Fraction(str(share)) for owner, share in owned.items()}
    # Somebody else who is nobody this reader knows: one of the household that they answer for.
    here = (part for owner, part in parts.items() if owner in members or owner == SOMEBODY_ELSE)
    return sum(here, Fraction(0)) / sum(parts.values(), Fraction(0))
