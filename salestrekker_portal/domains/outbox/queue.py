"""How the queue of all firms stands, for whoever runs the portal: figures and causes, and no word about a recipient."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

WAITING = (Delivery.QUEUED, Delivery.SENDING, Delivery.UNKNOWN)
DEAD = (Delivery.FAILED, Delivery.BOUNCED)
DEAD_FOR = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """`count` messages of a channel in a state; `oldest` is how long the first of them has been due."""

    channel: Channel
    status: Delivery
    count: int
    oldest: timedelta


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A message that nobody received, without what it said and to whom."""

    at: datetime
    firm: str
    kind: str
    channel: Channel
    status: Delivery
    reason: str
    attempts: int


async def queues(session: ReadSession) -> list[Queue]:
    """What waits, and what died within a week, by channel."""
    now = utc_now()
    found: list[Queue] = []
    for states, since in ((WAITING, None), (DEAD, now - DEAD_FOR)):
        counted = (
            select(OutboxMessage.channel, OutboxMessage.status, func.count(), func.min(OutboxMessage.due_at))
            .where(OutboxMessage.status.in_(states))
            .group_by(OutboxMessage.channel, OutboxMessage.status)
            .order_by(OutboxMessage.channel, OutboxMessage.status)
        )
        rows = await session.execute(counted if since is None else counted.where(OutboxMessage.due_at > since))
        found += [
            Queue(channel=channel, status=status, count=count, oldest=max(timedelta(), now - first))
            for channel, status, count, first in rows.all()
        ]
    return found


async def dead_letters(session: ReadSession, most: int) -> list[DeadLetter]:
    """The latest of a week, across all firms."""
    rows = await session.execute(
        select(OutboxMessage, Organisation.name)
        .join(Organisation, Organisation.id == OutboxMessage.organisation_id)
        .where(OutboxMessage.status.in_(DEAD), OutboxMessage.due_at > utc_now() - DEAD_FOR)
        .order_by(OutboxMessage.due_at.desc())
        .limit(most)
    )
    return [
        DeadLetter(
            at=message.due_at,
            firm=firm,
            kind=message.kind,
            channel=message.channel,
            status=message.status,
            reason=message.reason,
            attempts=message.attempts,
        )
        for message, firm in rows.all()
    ]
