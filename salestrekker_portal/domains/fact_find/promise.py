"""How long a client is promised that their answers take, before they have given any: from the same weights as the
check, so that the dashboard and the review don't contradict each other. Later only the answers can tell.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from salestrekker_portal.domains.fact_find.progress import Progress, progress
from salestrekker_portal.domains.questions.catalogue import pages_for, section_ids_of
from salestrekker_portal.domains.questions.flows import apply_flow, loan_of
from salestrekker_portal.domains.questions.roles import Role, pages_asked
from salestrekker_portal.domains.questions.vocabulary import Party, section_id

_READER = "reader"


def minutes_promised(
    country: str,
    loan_kind: str,
    section_ids: Iterable[str] | None,
    *,
    role: Role = Role.CLIENT,
    also_for: int = 0,
) -> int:
    """Minutes that all of one person's answers take; 0 for a flow that asks a person nothing.

    `section_ids` of their flow, None for everything; `role` is theirs, and `also_for` counts the borrowers whose pages
    they fill in too.
    """
    return _of_everything(country, loan_kind, frozenset(section_ids) if section_ids else None, role, also_for)


@cache
def _of_everything(country: str, loan_kind: str, section_ids: frozenset[str] | None, role: Role, also_for: int) -> int:
    loan = loan_of(loan_kind)
    pages = pages_asked(role, pages_for(country, Party.PERSON, loan))
    if section_ids is not None:
        pages = apply_flow(pages, [each for each in section_ids_of(pages) if each in section_ids])
    # Nobody has said anything yet, so the day and the name don't matter.
    people = (_READER, *(f"other {number}" for number in range(also_for)))
    facts = {
        "today": date(2026, 1, 1), "country": country, "loan": loan, "roles": {_READER: role},
        "applicants": tuple((each, "") for each in people), "applicant_count": len(people),
    }  # fmt: skip
    private = {section_id(page, each) for page in pages for each in page.sections if page.sensitive or each.sensitive}
    found = progress(pages, {}, facts).sections
    mine = [each for each in found if each.subject in ("", _READER) or each.section_id not in private]
    return Progress(tuple(mine)).minutes_left
