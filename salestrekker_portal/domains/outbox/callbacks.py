"""Callbacks are acted upon once: what was seen is remembered for as long as it could be believed again."""

import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.outbox import CallbackReceipt, OutboxMessage

# Phone companies report for up to three days. An older callback is stale, so older receipts may go.
BELIEVED_FOR = timedelta(days=4)


async def is_first_time(session: WriteSession, provider: str, signature: str) -> bool:
    """Whether this signed callback was not acted upon before; from now on it was."""
    fingerprint = hashlib.sha256(f"{provider}:{signature}".encode()).hexdigest()
    if await session.scalar(select(CallbackReceipt.id).where(CallbackReceipt.fingerprint == fingerprint)):
        return False
    session.add(CallbackReceipt(fingerprint=fingerprint))
    try:
        await session.flush()
    except IntegrityError:
        # The same callback at the same moment; the caller refuses, which rolls this back.
        return False
    old = CallbackReceipt.created_at < utc_now() - 2 * BELIEVED_FOR
    await session.execute(delete(CallbackReceipt).where(old))
    return True


async def is_too_old(session: ReadSession, message_id: UUID) -> bool:
    """Whether a message left so long ago that no honest callback about it is still on its way."""
    message = await session.get(OutboxMessage, message_id)
    handed_at = message.handed_at if message is not None else None
    return handed_at is not None and handed_at < utc_now() - BELIEVED_FOR
