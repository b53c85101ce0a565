"""The transactional outbox: a message is queued with the fact that caused it, and leaves afterwards, once."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import ReadSession, WriteSession, after_commit
from salestrekker_portal.domains.activity.service import deal_topic, touch
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox.models import Channel, Delivery, OutboxMessage
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import seal, unseal

LEASE = timedelta(seconds=60)
BACK_OFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))

_wake: Callable[[], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """What the recipient reads. An SMS is one paragraph, without subject or link."""

    sender: str
    subject: str = ""
    paragraphs: list[str] = field(default_factory=list)
    link_label: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A message on its way out."""

    message_id: UUID
    kind: str
    channel: Channel
    recipient: str
    recipient_name: str
    content: Content


def wake_worker_with(wake: Callable[[], None] | None) -> None:
    """How to tell the worker of this process that something is due now."""
    global _wake
    _wake = wake


def enqueue(
    session: WriteSession,
    *,
    organisation_id: UUID,
    kind: str,
    channel: Channel,
    recipient: str,
    recipient_name: str,
    cause: UUID,
    content: Content,
    deal_id: UUID | None = None,
    access_id: UUID | None = None,
    credits_held: int = 0,
) -> OutboxMessage:
    """Queue a message in this transaction. `cause` is the row that made it necessary: one message a cause."""
    message = OutboxMessage(
        organisation_id=organisation_id,
        deal_id=deal_id,
        access_id=access_id,
        kind=kind,
        channel=channel,
        recipient=recipient,
        recipient_name=recipient_name,
        dedupe_key=f"{kind}:{cause}:{channel}:{recipient}",
        sealed=seal(json.dumps(asdict(content)), secret=settings().secret, purpose="outbox"),
        credits_held=credits_held,
        due_at=utc_now(),
    )
    session.add(message)
    if credits_held:
        billing.hold(session, organisation_id, message.id, credits_held)
    if _wake is not None:

        async def wake() -> None:
            _wake()

        after_commit(session, wake)
    return message


async def claim(session: WriteSession, worker: str, limit: int = 20) -> list[OutboxMessage]:
    """Take messages that are due, for one lease. A worker that dies loses its lease, not the message."""
    now = utc_now()
    due = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.due_at <= now,
            or_(
                OutboxMessage.status == Delivery.QUEUED,
                (OutboxMessage.status == Delivery.SENDING) & (OutboxMessage.lease_until < now),
            ),
        )
        .order_by(OutboxMessage.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(await session.scalars(due))
    if not ids:
        return []
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(status=Delivery.SENDING, lease_until=now + LEASE, lease_by=worker, attempts=OutboxMessage.attempts + 1)
    )
    return list(
        await session.scalars(
            select(OutboxMessage).where(OutboxMessage.id.in_(ids)).execution_options(populate_existing=True)
        )
    )


def opened(message: OutboxMessage) -> Envelope:
    """The message with its content readable, for the sender only."""
    content = Content(**json.loads(unseal(message.sealed, secret=settings().secret, purpose="outbox")))
    return Envelope(
        message_id=message.id,
        kind=message.kind,
        channel=message.channel,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        content=content,
    )


async def _mine(session: WriteSession, message_id: UUID, worker: str) -> OutboxMessage | None:
    return (
        await session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.id == message_id,
                OutboxMessage.lease_by == worker,
                OutboxMessage.status == Delivery.SENDING,
            )
            .with_for_update()
        )
    ).one_or_none()


async def settle_sent(session: WriteSession, message_id: UUID, worker: str) -> None:
    """It left. Its content is forgotten here."""
    message = await _mine(session, message_id, worker)
    if message is None:
        return
    message.status, message.sent_at, message.sealed, message.problem = Delivery.SENT, utc_now(), "", ""
    await billing.settle(session, message.id)
    _tell(session, message)


async def settle_failed(
    session: WriteSession, message_id: UUID, worker: str, problem: str, *, permanent: bool
) -> OutboxMessage | None:
    """It did not leave: try later, or give up. Returns the message when it has been given up."""
    message = await _mine(session, message_id, worker)
    if message is None:
        return None
    message.problem = problem[:300]
    if permanent or message.attempts > len(BACK_OFF):
        message.status, message.sealed = Delivery.FAILED, ""
        await billing.release(session, message.organisation_id, message.id)
        _tell(session, message)
        return message
    message.status = Delivery.QUEUED
    message.due_at = utc_now() + BACK_OFF[message.attempts - 1]
    _tell(session, message)
    return None


async def withdraw_unsent(session: WriteSession, access_id: UUID) -> None:
    """What has not left for this access yet, never will."""
    waiting = list(
        await session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.access_id == access_id, OutboxMessage.status == Delivery.QUEUED)
            .with_for_update()
        )
    )
    for message in waiting:
        message.status, message.sealed = Delivery.WITHDRAWN, ""
        await billing.release(session, message.organisation_id, message.id)


async def messages_for(session: ReadSession, access_id: UUID) -> list[OutboxMessage]:
    """The delivery log of one client's access, newest first."""
    return list(
        await session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.access_id == access_id)
            .order_by(OutboxMessage.created_at.desc())
            .limit(20)
        )
    )


def _tell(session: WriteSession, message: OutboxMessage) -> None:
    touch(session, "outbox", *([deal_topic(message.deal_id)] if message.deal_id else []))
