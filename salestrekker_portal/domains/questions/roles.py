"""What each part that somebody plays in a deal is asked, and how lenders count what they own, owe and earn.

A borrower is asked everything. Of everybody else lenders ask less. What is in here is what lenders have in common:
no single lender's policy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from salestrekker_portal.domains.questions.facts import people_of
from salestrekker_portal.domains.questions.ownership import SOMEBODY_ELSE, Shares
from salestrekker_portal.domains.questions.vocabulary import Facts, Page, Scope
from salestrekker_portal.tables.deals import ApplicantRole as Role

__all__ = [
    "OUTSIDE_THE_HOUSEHOLD",
    "Role",
    "asks",
    "counts_in",
    "earns_for",
    "named",
    "pages_asked",
    "role_of",
    "sharers_of",
]

# The pages that are about one person; all others are asked once for everybody.
_ABOUT_THEM = frozenset({"personal_details", "contact_details", "addresses", "earlier_addresses", "identification"})


@dataclass(frozen=True, slots=True)
class RoleTerms:
    """How a role is asked and counted.

    `pages` names the pages that it is asked, whole or by section; None is all. `owns` says whether the part of a
    thing that nobody has divided is theirs too. `position` counts what is theirs among the borrowers' assets and debts,
    `servicing` their income, spending and repayments.
    """

    pages: dict[str, frozenset[str] | None] | None
    owns: bool
    position: bool
    servicing: bool


_WHOLE_LIFE: dict[str, frozenset[str] | None] = {
    "applicant": None, "assets": None, "liabilities": None, "income": None, "expenses": None,
    "risks": frozenset({"declarations"}), "advice": None,
}  # fmt: skip

_PARTS: dict[Role, RoleTerms] = {
    Role.CLIENT: RoleTerms(None, owns=True, position=True, servicing=True),
    # Shares the household's costs, and signs nothing.
    Role.NON_BORROWING_SPOUSE: RoleTerms(
        {"applicant": frozenset({"personal_details", "contact_details", "dependants"}), "expenses": None},
        owns=False, position=False, servicing=False,
    ),
    # Gives a property and not an income: who they are, the property, and what is owed on it.
    Role.SECURITY_GUARANTOR: RoleTerms(
        {"applicant": _ABOUT_THEM, "assets": frozenset({"property"}), "liabilities": frozenset({"home_loans"}),
         "risks": frozenset({"declarations"}), "advice": None},
        owns=False, position=False, servicing=False,
    ),
    Role.SERVICING_GUARANTOR: RoleTerms(_WHOLE_LIFE, owns=False, position=False, servicing=True),
    # Guarantees the loan of the company with what they own and earn.
    Role.DIRECTOR: RoleTerms(_WHOLE_LIFE, owns=False, position=True, servicing=True),
    Role.TRUSTEE: RoleTerms(
        {"applicant": _ABOUT_THEM, "risks": frozenset({"declarations"}), "advice": None},
        owns=False, position=False, servicing=False,
    ),
}  # fmt: skip


# They live elsewhere, unless somebody says that they share the borrowers' costs.
OUTSIDE_THE_HOUSEHOLD = (Role.SERVICING_GUARANTOR, Role.SECURITY_GUARANTOR, Role.TRUSTEE)


def role_of(facts: Facts, contact: str) -> Role:
    """Somebody's part in the deal; a borrower's where nothing else is said."""
    return Role(facts.get("roles", {}).get(contact, Role.CLIENT))


def asks(role: Role | str, page_key: str, section_key: str, *, company: bool = False) -> bool:
    """Whether this section is asked of somebody with this role. A company is asked everything about itself."""
    pages = _PARTS[Role(role)].pages
    if pages is None or company:
        return True
    if page_key not in pages:
        return False
    sections = pages[page_key]
    return sections is None or section_key in sections


def pages_asked(role: Role | str, pages: Iterable[Page], *, company: bool = False) -> tuple[Page, ...]:
    """Pages that are asked once for everybody, without what is not asked of this part in the deal. A page about one
    person stays: it may be another applicant's, which they fill in together.
    """
    found = []
    for page in pages:
        kept = tuple(each for each in page.sections if asks(role, page.key, each.key, company=company))
        if page.scope is Scope.PER_APPLICANT or len(kept) == len(page.sections):
            found.append(page)
        elif kept:
            found.append(replace(page, sections=kept))
    return tuple(found)


def counts_in(facts: Facts, contact: str) -> bool:
    """Whether what this person owns and owes counts as the borrowers'."""
    return _PARTS[role_of(facts, contact)].position


def earns_for(facts: Facts, contact: str) -> bool:
    """Whether a lender looks to this person's income for the repayments."""
    return _PARTS[role_of(facts, contact)].servicing


def sharers_of(facts: Facts) -> Sequence[str]:
    """Who owns a thing together while nobody has said otherwise: the borrowers; without one, whoever is closest."""
    if "sharers" in facts:
        return facts["sharers"]
    people = [contact for contact, _ in people_of(facts)]
    for owns in (_owns, lambda facts, each: counts_in(facts, each), lambda facts, each: earns_for(facts, each)):
        found = [each for each in people if owns(facts, each)]
        if found:
            return found
    return people


def _owns(facts: Facts, contact: str) -> bool:
    return _PARTS[role_of(facts, contact)].owns


def named(shares: Shares, facts: Facts) -> Shares:
    """With the applicants in place of "somebody else", as whom a client who may not see them divides a thing."""
    if SOMEBODY_ELSE not in shares:
        return shares
    others = [each for each in sharers_of(facts) if each not in shares]
    rest = shares[SOMEBODY_ELSE]
    kept = {owner: share for owner, share in shares.items() if owner != SOMEBODY_ELSE}
    return kept | {each: rest / len(others) for each in others} if others else kept | {SOMEBODY_ELSE: rest}
