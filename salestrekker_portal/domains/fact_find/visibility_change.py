"""Keeping a client's shared answers theirs when what they may see changes."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from salestrekker_portal.domains.questions.vocabulary import Scope, scope_of, section_id
from salestrekker_portal.tables.fact_find import NOBODY, Answer


async def carry_over(session: WriteSession, deal_id: UUID, contact_id: UUID, *, sees_others: bool) -> None:
    """Keep a client's shared answers theirs when what they may see changes: own copy to shared, or back.

    Answers already at the other end win; the copy left behind stays in the database and in the broker's view. The
    caller has the profile counted.
    """
    source, target = (contact_id, NOBODY) if sees_others else (NOBODY, contact_id)
    shared = _shared_section_ids()
    rows = list(
        await session.scalars(
            select(Answer).where(
                Answer.deal_id == deal_id,
                Answer.subject_id.in_((source, target)),
                Answer.item_id == NOBODY,
                Answer.section_id.in_(shared),
            )
        )
    )
    there = {(row.section_id, row.field_key) for row in rows if row.subject_id == target}
    for row in rows:
        mine = sees_others or row.author_id == contact_id
        if row.subject_id == source and mine and (row.section_id, row.field_key) not in there:
            row.subject_id = target


def _shared_section_ids() -> list[str]:
    return [
        section_id(page, section)
        for country in COUNTRIES
        for page in every_page(country)
        for section in page.sections
        if scope_of(page, section) is not Scope.PER_APPLICANT and not section.repeats
    ]
