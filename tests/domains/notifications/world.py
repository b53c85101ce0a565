"""What tests of messages share: the worker's round now or later, and what came of it."""

from datetime import timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.domains.outbox.service import claim, opened
from salestrekker_portal.kernel import clock
from salestrekker_portal.tables.notifications import Notice, SkippedMessage
from salestrekker_portal.tables.outbox import OutboxMessage


async def tell(after: timedelta = timedelta(minutes=3)) -> None:
    """Let the worker tell what is due by then; by default piles have been gathered by then. The clock is put back."""
    before, now = clock._now, clock.utc_now()
    try:
        for moment in (now, now + after):
            clock.freeze(moment)
            while await tell_due():
                pass
    finally:
        clock._now = before


async def queued(kind: str = "") -> list[OutboxMessage]:
    """What waits in the outbox, oldest first."""
    async with reading() as session:
        rows = await session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at, OutboxMessage.id))
        return [row for row in rows if row.kind.startswith(kind)]


async def taken() -> list[OutboxMessage]:
    """What a worker takes half a day from now: a text that waits for the morning has left by then."""
    before = clock._now
    clock.freeze(clock.utc_now() + timedelta(hours=13))
    try:
        async with transaction() as session:
            return await claim(session, "worker")
    finally:
        clock._now = before


async def mails(kind: str = "") -> dict[str, str]:
    """What each recipient reads, subject and paragraphs, by address."""
    found = [(row.recipient, opened(row).content) for row in await queued(kind)]
    return {to: "\n".join([content.subject, *content.paragraphs]) for to, content in found}


async def skipped() -> list[SkippedMessage]:
    async with reading() as session:
        return list(await session.scalars(select(SkippedMessage).order_by(SkippedMessage.created_at)))


async def notices(recipient_id) -> list[Notice]:
    async with reading() as session:
        found = select(Notice).where(Notice.recipient_id == recipient_id).order_by(Notice.created_at)
        return list(await session.scalars(found))
