"""Keeping a client's shared answers theirs when what they may see changes."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from salestrekker_portal.domains.questions.roles import OUTSIDE_THE_HOUSEHOLD
from salestrekker_portal.domains.questions.vocabulary import Scope, scope_of, section_id
from salestrekker_portal.tables.deals import DealApplicant
from salestrekker_portal.tables.fact_find import NOBODY, Answer


async def carry_over(session: WriteSession, deal_id: UUID, contact_id: UUID, *, sees_others: bool) -> None:
    """Keep a client's shared answers theirs when what they may see changes: own copy to shared, or back.

    Answers already at the other end win; the copy left behind stays in the database and in the broker's view. The
    caller has the profile counted.
    """
    source, target = (contact_id, NOBODY) if sees_others else (NOBODY, contact_id)
    household = not await _lives_apart(session, deal_id, contact_id)
    shared = _shared_section_ids(household=household)
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


async def _lives_apart(session: WriteSession, deal_id: UUID, contact_id: UUID) -> bool:
    """Whether this client has a household of their own: what it spends stays theirs."""
    role = select(DealApplicant.role).where(
        DealApplicant.deal_id == deal_id, DealApplicant.contact_id == contact_id
    ).scalar_subquery()  # fmt: skip
    ticked = select(Answer.raw).where(
        Answer.deal_id == deal_id, Answer.section_id == "expenses.household", Answer.field_key == "members",
        Answer.subject_id == NOBODY, Answer.item_id == NOBODY,
    ).scalar_subquery()  # fmt: skip
    part, typed = (await session.execute(select(role, ticked))).one()
    return str(contact_id) not in typed.split(",") if typed else part in OUTSIDE_THE_HOUSEHOLD


def _shared_section_ids(*, household: bool) -> list[str]:
    return [
        section_id(page, section)
        for country in COUNTRIES
        for page in every_page(country)
        for section in page.sections
        if scope_of(page, section) is not Scope.PER_APPLICANT
        and not section.repeats
        and (household or page.scope is not Scope.HOUSEHOLD)
    ]
