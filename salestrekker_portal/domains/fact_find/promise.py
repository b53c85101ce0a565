"""How long a client is promised that their answers take, before anybody has read them: from the same weights as the
check, so that the dashboard and the review don't contradict each other.
"""

import math
from collections.abc import Iterable
from datetime import date
from functools import cache

from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.questions.catalogue import pages_for, section_ids_of
from salestrekker_portal.domains.questions.flows import apply_flow, loan_of
from salestrekker_portal.domains.questions.vocabulary import Party


def minutes_promised(country: str, loan_kind: str, section_ids: Iterable[str] | None, done_percent: int) -> int:
    """Minutes that one person's answers take from here; 0 for a flow that asks a person nothing.

    `section_ids` of their flow, None for everything; `done_percent` of the profile, 0 to 100.
    """
    whole = _of_everything(country, loan_kind, frozenset(section_ids) if section_ids else None)
    return math.ceil(whole * (100 - done_percent) / 100)


@cache
def _of_everything(country: str, loan_kind: str, section_ids: frozenset[str] | None) -> int:
    loan = loan_of(loan_kind)
    pages = pages_for(country, Party.PERSON, loan)
    if section_ids is not None:
        pages = apply_flow(pages, [each for each in section_ids_of(pages) if each in section_ids])
    # Nobody has said anything yet, so the day and the name don't matter.
    facts = {"today": date(2026, 1, 1), "country": country, "loan": loan, "applicants": (("somebody", ""),)}
    return progress(pages, {}, facts).minutes_left
