"""Reading a deal's loans and securities, and what the fact find knows of a loan that isn't written down yet."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.tables.fact_find import NOBODY, Answer
from salestrekker_portal.tables.loans import DealLoan, DealSecurity

# Field of the loan's form -> where a client answers it (section, field).
_ASKED = {
    "amount": ("needs.borrowing", "amount_sought"),
    "years": ("product_requirements.term", "years"),
    "lender": ("product_requirements.term", "preferred_lenders"),
}


async def loans_of(session: ReadSession, deal_id: UUID) -> list[DealLoan]:
    """The loans of a deal that has been accessed already, in order."""
    found = select(DealLoan).where(DealLoan.deal_id == deal_id, DealLoan.removed_at.is_(None))
    return list(await session.scalars(found.order_by(DealLoan.position, DealLoan.created_at)))


async def securities_of(session: ReadSession, deal_id: UUID) -> list[DealSecurity]:
    """What secures a deal that has been accessed already, in order."""
    found = select(DealSecurity).where(DealSecurity.deal_id == deal_id, DealSecurity.removed_at.is_(None))
    return list(await session.scalars(found.order_by(DealSecurity.position, DealSecurity.created_at)))


async def asked_for(session: ReadSession, deal_id: UUID) -> dict[str, str]:
    """What the clients answered about the loan they want, as typed, by field of the loan's form. One statement."""
    found = select(Answer.section_id, Answer.field_key, Answer.raw).where(
        Answer.deal_id == deal_id,
        # Shared answers: a copy of somebody's own may say something else, and the broker is to choose then.
        Answer.subject_id == NOBODY,
        Answer.section_id.in_({section for section, _ in _ASKED.values()}),
        Answer.item_id == NOBODY,
    )
    said = {(section, key): raw for section, key, raw in await session.execute(found)}
    return {name: said[place] for name, place in _ASKED.items() if said.get(place)}
