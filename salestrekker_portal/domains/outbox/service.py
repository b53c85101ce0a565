"""The transactional outbox: a message is queued with the fact that caused it, and leaves afterwards, once."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, or_, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.leases import is_free
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.database.waking import wake_after
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox.content import Content, without_secrets
from salestrekker_portal.domains.outbox.rules import carries_pin
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.tokens import seal, unseal
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

__all__ = [
    "Content", "Envelope", "anything_due", "claim", "enqueue", "just_sent", "messages_for", "opened", "read_again",
    "withdraw_news", "withdraw_queue", "withdraw_unsent", "withdraw_waiting",
]  # fmt: skip

KEPT_PURPOSE = "outbox-kept"
LEASE = timedelta(seconds=60)
# Less than anybody waits before asking again because nothing came; more than five tabs take to be pressed.
JUST_NOW = timedelta(seconds=10)
# All that are claimed are handed over at once, so that a slow provider can't outlast the lease of the last one.
CLAIM_AT_ONCE = 8
# PINs, links, invitations, passwords: somebody sits before a screen until they come, so they go before the others.
SOMEBODY_WAITS = ("portal.", "account.", "member.")


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A message on its way out."""

    message_id: UUID
    kind: str
    channel: Channel
    recipient: str
    recipient_name: str
    content: Content


async def just_sent(
    session: ReadSession, *kinds: str, organisation_id: UUID, access_id: UUID | None = None, recipient: str = ""
) -> bool:
    """Whether one of these left within the last seconds, about this access or to this address.

    Another would stop the link or the PIN in it before anybody could use it. The caller holds what it is about, so
    that of five at once four see the first.
    """
    whose = OutboxMessage.access_id == access_id if access_id else OutboxMessage.recipient == recipient
    recent = select(OutboxMessage.id).where(
        OutboxMessage.organisation_id == organisation_id,
        OutboxMessage.kind.in_(kinds),
        OutboxMessage.created_at > utc_now() - JUST_NOW,
        whose,
    )
    return await session.scalar(recent.limit(1)) is not None


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
    due_at: datetime | None = None,
) -> OutboxMessage:
    """Queue a message in this transaction, to leave at once or at `due_at`.

    `cause` is the row that made it necessary: one message a cause.
    """
    shown = without_secrets(content, carries_pin=carries_pin(kind))
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
        kept_sealed=seal(json.dumps(asdict(shown)), secret=settings().secret, purpose=KEPT_PURPOSE),
        credits_held=credits_held,
        due_at=due_at or utc_now(),
    )
    session.add(message)
    if credits_held:
        billing.hold(session, organisation_id, message.id, credits_held)
    wake_after(session, channel.value)
    return message


async def claim(
    session: WriteSession, worker: str, channels: Collection[Channel] = tuple(Channel), limit: int = CLAIM_AT_ONCE
) -> list[OutboxMessage]:
    """Take messages that are due, for one lease: to be handed over now, or when UNKNOWN to be looked up.

    A worker that dies loses its lease, not the message. Nobody knows how far it came, so it is looked up.
    """
    now = utc_now()
    await _doubt_lapsed(session, now)
    due = (
        select(OutboxMessage.id)
        .where(_is_due(now, channels))
        .order_by(case((_somebody_waits(), 0), else_=1), OutboxMessage.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    )
    ids = list(await session.scalars(due))
    if not ids:
        return []
    lease = {"lease_until": now + LEASE, "lease_by": worker}
    mine = update(OutboxMessage).where(OutboxMessage.id.in_(ids))
    await session.execute(
        mine.where(OutboxMessage.status == Delivery.UNKNOWN).values(lookups=OutboxMessage.lookups + 1, **lease)
    )
    await session.execute(
        mine.where(OutboxMessage.status == Delivery.QUEUED).values(
            status=Delivery.SENDING, attempts=OutboxMessage.attempts + 1, handed_at=now, **lease
        )
    )
    return list(
        await session.scalars(
            select(OutboxMessage).where(OutboxMessage.id.in_(ids)).execution_options(populate_existing=True)
        )
    )


async def anything_due(session: ReadSession, channels: Collection[Channel]) -> bool:
    """Whether `claim` would find something, without taking the database's write lock to look."""
    now = utc_now()
    lapsed = and_(OutboxMessage.status == Delivery.SENDING, OutboxMessage.lease_until < now)
    found = exists().where(OutboxMessage.channel.in_(channels), or_(_is_due(now, channels), lapsed))
    return bool(await session.scalar(select(found)))


def _is_due(now: datetime, channels: Collection[Channel]) -> ColumnElement[bool]:
    lost = (OutboxMessage.status == Delivery.UNKNOWN) & (OutboxMessage.sealed != "") & is_free(OutboxMessage, now)
    return and_(
        OutboxMessage.due_at <= now,
        OutboxMessage.channel.in_(channels),
        or_(OutboxMessage.status == Delivery.QUEUED, lost),
    )


def _somebody_waits() -> ColumnElement[bool]:
    return or_(*(OutboxMessage.kind.startswith(begin) for begin in SOMEBODY_WAITS))


async def _doubt_lapsed(session: WriteSession, now: datetime) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.status == Delivery.SENDING, OutboxMessage.lease_until < now)
        .values(status=Delivery.UNKNOWN, unknowns=OutboxMessage.unknowns + 1, lease_until=None, due_at=now)
    )


def opened(message: OutboxMessage) -> Envelope:
    """The message with its content readable, for the sender only."""
    content = Content(**json.loads(unseal(message.sealed, secret=settings().secrets, purpose="outbox")))
    return Envelope(
        message_id=message.id,
        kind=message.kind,
        channel=message.channel,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        content=content,
    )


def read_again(message: OutboxMessage) -> Content | None:
    """What a message said, without its secrets; None for one from before these were kept."""
    if not message.kept_sealed:
        return None
    return Content(**json.loads(unseal(message.kept_sealed, secret=settings().secrets, purpose=KEPT_PURPOSE)))


async def withdraw_unsent(session: WriteSession, *access_ids: UUID) -> None:
    """What has not left for these accesses yet, never will; what may have left is not sent again."""
    await _withdraw(session, OutboxMessage.access_id.in_(access_ids))


async def withdraw_news(session: WriteSession, deal_id: UUID, kinds: Iterable[str]) -> None:
    """The same for these kinds of messages about a deal."""
    await _withdraw(session, OutboxMessage.deal_id == deal_id, OutboxMessage.kind.in_(list(kinds)))


async def withdraw_waiting(session: WriteSession, message_id: UUID) -> bool:
    """The same for one message: whether it was still waiting, and so never leaves."""
    return await _withdraw(session, OutboxMessage.id == message_id, OutboxMessage.status == Delivery.QUEUED) == 1


async def withdraw_queue(session: WriteSession) -> int:
    """The same for everything that waits, of all firms: after a restore it may have left already. How many."""
    return await _withdraw(session)


async def _withdraw(session: WriteSession, *which: ColumnElement[bool]) -> int:
    waiting = list(
        await session.scalars(
            select(OutboxMessage)
            .where(*which, OutboxMessage.status.in_((Delivery.QUEUED, Delivery.UNKNOWN)))
            .with_for_update(key_share=True)
        )
    )
    for message in waiting:
        message.sealed = ""
        if message.status is Delivery.UNKNOWN:
            await billing.settle(session, message.id)
            continue
        message.status = Delivery.WITHDRAWN
        await billing.release(session, message.organisation_id, message.id)
    return len(waiting)


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
