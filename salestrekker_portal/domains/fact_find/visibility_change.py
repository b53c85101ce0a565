"""Keeping a client's shared answers theirs when what they may see changes."""

from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from salestrekker_portal.domains.questions.roles import OUTSIDE_THE_HOUSEHOLD
from salestrekker_portal.domains.questions.vocabulary import Scope, scope_of, section_id
from salestrekker_portal.tables.deals import DealApplicant
from salestrekker_portal.tables.fact_find import NOBODY, Answer

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
OTHER = aliased(Answer)


async def carry_over(session: WriteSession, deal_id: UUID, contact_id: UUID, *, sees_others: bool) -> None:
    """Keep a client's shared answers theirs when what they may see changes: own copy to shared, or back.

    Answers already at the other end win; the copy left behind stays in the database and in the broker's view. The
    caller has the profile counted.
    """
    source, target = (contact_id, NOBODY) if sees_others else (NOBODY, contact_id)
    shared, spending = _shared_section_ids()
    found = (
        await session.execute(
            select(Answer, *_household_of(deal_id, contact_id)).where(
                Answer.deal_id == deal_id,
                Answer.subject_id.in_((source, target)),
                Answer.item_id == NOBODY,
                Answer.section_id.in_(shared | spending),
            )
        )
    ).all()
    there = {(row.section_id, row.field_key) for row, *_ in found if row.subject_id == target}
    for row, role, ticked in found:
        # What a household of one's own spends stays theirs.
        if row.section_id in spending and _lives_apart(contact_id, role, ticked):
            continue
        mine = sees_others or row.author_id == contact_id
        if row.subject_id == source and mine and (row.section_id, row.field_key) not in there:
            row.subject_id = target


def _household_of(deal_id: UUID, contact_id: UUID) -> tuple[ScalarSelect, ScalarSelect]:
    """This client's part in the deal, and whom somebody ticked as the deal's household."""
    role = select(DealApplicant.role).where(
        DealApplicant.deal_id == deal_id, DealApplicant.contact_id == contact_id
    )  # fmt: skip
    ticked = select(OTHER.raw).where(
        OTHER.deal_id == deal_id, OTHER.section_id == "expenses.household", OTHER.field_key == "members",
        OTHER.subject_id == NOBODY, OTHER.item_id == NOBODY,
    )  # fmt: skip
    return role.scalar_subquery(), ticked.scalar_subquery()


def _lives_apart(contact_id: UUID, role: str | None, ticked: str | None) -> bool:
    return str(contact_id) not in ticked.split(",") if ticked else role in OUTSIDE_THE_HOUSEHOLD


def _shared_section_ids() -> tuple[frozenset[str], frozenset[str]]:
    """Sections of which a client may have a copy of their own; what a household spends by itself."""
    found = [
        (section_id(page, section), page.scope)
        for country in COUNTRIES
        for page in every_page(country)
        for section in page.sections
        if scope_of(page, section) is not Scope.PER_APPLICANT and not section.repeats
    ]
    spending = frozenset(each for each, scope in found if scope is Scope.HOUSEHOLD)
    return frozenset(each for each, _ in found) - spending, spending
