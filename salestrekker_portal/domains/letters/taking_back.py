"""Taking back what was written by hand and still waits, a text for the morning say."""

from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.outbox.service import withdraw_waiting
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.outbox import Delivery, OutboxMessage

TOO_LATE = "It has left already, so it can’t be taken back."
NEVER_LEFT = "It never left, and never will: it was taken back already."


def may_take_back(message: OutboxMessage) -> bool:
    """Whether it was written by hand and still waits."""
    return message.kind.startswith("letter.") and message.status is Delivery.QUEUED


async def take_back(session: WriteSession, actor: Actor, deal_id: UUID, message_id: UUID) -> str:
    """It never leaves, and its credits come back; whom it was for. Raises NotFound, NotPermitted, Conflict (too late).

    A closed deal is no reason against it: nobody is told anything.
    """
    deal = await access_deal(session, actor, deal_id, Permission.LETTER_SEND)
    message = await session.get(OutboxMessage, message_id)
    if message is None or message.deal_id != deal.id or not message.kind.startswith("letter."):
        raise NotFound("message")
    if not await withdraw_waiting(session, message.id):
        raise Conflict(NEVER_LEFT if message.status is Delivery.WITHDRAWN else TOO_LATE)
    record(session, actor, "letter:taken_back", organisation_id=deal.organisation_id, deal_id=deal.id,
           to=message.recipient_name)  # fmt: skip
    return message.recipient_name
