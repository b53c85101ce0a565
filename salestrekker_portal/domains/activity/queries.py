"""Reading what happened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.tables.activity import Activity

PAGE_SIZE = 40


async def activity_of_deal(
    session: ReadSession, deal_id: UUID, *, before: datetime | None = None, limit: int = PAGE_SIZE
) -> list[Activity]:
    """What happened in a deal that has been accessed already, newest first."""
    found = select(Activity).where(Activity.deal_id == deal_id)
    if before is not None:
        found = found.where(Activity.created_at < before)
    return list(await session.scalars(found.order_by(Activity.created_at.desc(), Activity.id.desc()).limit(limit)))
