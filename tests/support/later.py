"""As if a little while had gone by."""

from datetime import timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.tables.outbox import OutboxMessage


async def a_little_later(seconds: int = 15) -> None:
    """What was sent was sent earlier: nobody is told any more that it was a moment ago."""
    async with transaction() as session:
        for message in await session.scalars(select(OutboxMessage)):
            message.created_at -= timedelta(seconds=seconds)
