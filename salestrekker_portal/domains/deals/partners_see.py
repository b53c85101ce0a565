"""How much of a deal its clients let partners see: the least that any of them allows."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.tables.deals import DealApplicant, PartnersSee

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
WHO = aliased(DealApplicant)

# Whoever has said nothing lets partners see stages and dates, as the privacy page tells them; papers need a yes.
UNSAID = PartnersSee.DATES


def least_of(deal_id: Any) -> ScalarSelect[int]:
    """The least that the clients of a deal allow, a number of `PartnersSee`; `deal_id` is a column or a value."""
    # Under a name of its own, so that a query that has applicants in it already keeps them apart.
    each = func.coalesce(WHO.partners_see, int(UNSAID))
    least = select(func.coalesce(func.min(each), int(UNSAID))).where(WHO.deal_id == deal_id)
    return least.scalar_subquery()


def shows_partners(deal_id: Any) -> ColumnElement[bool]:
    """Whether partners may see anything of how a deal goes."""
    return least_of(deal_id) > int(PartnersSee.NOTHING)


async def seen_of(session: ReadSession, deal_id: UUID) -> PartnersSee:
    """What partners may see of a deal that has been accessed already."""
    return PartnersSee((await session.execute(select(least_of(deal_id)))).scalar_one())
