"""SMS of which nothing was heard: a callback can get lost, so after an hour the provider is asked."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.outbox.callbacks import BELIEVED_FOR
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

ASK_AGAIN = timedelta(hours=6)
AT_ONCE = 10


async def claim_silent(session: WriteSession) -> list[tuple[UUID, str]]:
    """Some that are due to be asked about, as message and the provider's name for it; due again much later."""
    now = utc_now()
    # A sent SMS keeps in due_at when to ask. Served by the index on status and due_at.
    rows = await session.execute(
        select(OutboxMessage.id, OutboxMessage.provider_ref)
        .where(
            OutboxMessage.status == Delivery.SENT,
            OutboxMessage.due_at <= now,
            OutboxMessage.due_at > now - BELIEVED_FOR,
            OutboxMessage.sent_at > now - BELIEVED_FOR,
            OutboxMessage.channel == Channel.SMS,
            OutboxMessage.provider_ref != "",
        )
        .order_by(OutboxMessage.due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, key_share=True)
    )
    silent = [(message_id, ref) for message_id, ref in rows.all()]
    if silent:
        ids = [message_id for message_id, _ in silent]
        await session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(due_at=now + ASK_AGAIN))
    return silent
