"""What became of a message that was handed over: answers of the provider, lost answers, later callbacks.

Functions that take `worker` do nothing when its lease was lost: another worker has the message then.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.activity.service import deal_topic, touch
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.outbox import rules, service
from salestrekker_portal.domains.outbox.ports import Reason, Receipt, Report
from salestrekker_portal.domains.outbox.rules import Next
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

OnGivenUp = Callable[[WriteSession, OutboxMessage], Awaitable[None]]

BACK_OFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))
ASK_AFTER = timedelta(hours=1)
CHANNEL_PAUSE = timedelta(seconds=60)
LOST_ANSWER = "no answer came, so we are checking whether it arrived"
NEVER_ARRIVED = "it did not reach our provider"
NOBODY_KNOWS = "no answer came, so we can't tell whether it arrived"


async def hold_deals_of(session: WriteSession, *message_ids: UUID) -> None:
    """Hold the deals of these messages before the messages: a PIN that came back changes its client's access."""
    await hold_deals(session, select(OutboxMessage.deal_id).where(OutboxMessage.id.in_(message_ids)))


async def _mine(session: WriteSession, message_id: UUID, worker: str) -> OutboxMessage | None:
    return (
        await session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.id == message_id,
                OutboxMessage.lease_by == worker,
                OutboxMessage.status.in_((Delivery.SENDING, Delivery.UNKNOWN)),
            )
            .with_for_update(key_share=True)
        )
    ).one_or_none()


async def settle_sent(session: WriteSession, message_id: UUID, worker: str, receipt: Receipt) -> None:
    """It left. Its content is forgotten here."""
    message = await _mine(session, message_id, worker)
    if message is not None:
        await _left(session, message, Delivery.SENT, receipt)


async def settle_failed(
    session: WriteSession,
    message_id: UUID,
    worker: str,
    problem: str,
    *,
    permanent: bool,
    reason: Reason = Reason.OTHER,
) -> OutboxMessage | None:
    """It did not leave: try later, or give up. Returns the message when it has been given up."""
    await hold_deals_of(session, message_id)
    message = await _mine(session, message_id, worker)
    if message is None:
        return None
    message.problem, message.reason = problem[:300], reason.value
    if permanent or message.attempts > len(BACK_OFF):
        return await _given_up(session, message)
    message.status, message.lease_until = Delivery.QUEUED, None
    message.due_at = utc_now() + BACK_OFF[message.attempts - 1]
    tell(session, message)
    return None


async def settle_unknown(session: WriteSession, message_id: UUID, worker: str) -> None:
    """No answer came. It is looked up, never simply sent again."""
    message = await _mine(session, message_id, worker)
    if message is None:
        return
    message.status, message.problem, message.lease_until = Delivery.UNKNOWN, LOST_ANSWER, None
    message.unknowns += 1
    message.due_at = utc_now() + rules.LOOK_FIRST
    tell(session, message)


async def put_back(session: WriteSession, message_id: UUID, worker: str, problem: str) -> None:
    """The channel is down: the message waits, and this try does not count."""
    message = await _mine(session, message_id, worker)
    if message is None:
        return
    if message.status is Delivery.SENDING:
        message.status, message.attempts = Delivery.QUEUED, message.attempts - 1
    else:
        message.lookups -= 1
    message.problem, message.reason, message.lease_until = problem[:300], Reason.CONFIGURATION.value, None
    message.due_at = utc_now() + CHANNEL_PAUSE
    tell(session, message)


async def settle_lookup(
    session: WriteSession, message_id: UUID, worker: str, found: list[Receipt] | None
) -> tuple[Next, OutboxMessage | None]:
    """What the provider said about a lost answer, and what is done about it. None: it could not say."""
    await hold_deals_of(session, message_id)
    message = await _mine(session, message_id, worker)
    if message is None:
        return Next.LOOK_LATER, None
    receipt = await _not_yet_ours(session, found) if found else None
    then = rules.after_lost_answer(
        found=None if found is None else receipt is not None,
        kind=message.kind,
        channel=message.channel,
        unknowns=message.unknowns,
        lookups=message.lookups,
    )
    if then is Next.ADOPT and receipt is not None:
        await _left(session, message, Delivery.SENT, receipt)
    elif then is Next.SEND_AGAIN:
        message.status, message.attempts, message.handed_at = Delivery.SENDING, message.attempts + 1, utc_now()
        message.lease_until = utc_now() + service.LEASE
    elif then is Next.GIVE_UP:
        message.problem = NEVER_ARRIVED
        await _given_up(session, message)
    elif then is Next.LEAVE:
        # Counted as spent: a provider that does not answer may well have sent it.
        message.problem, message.sealed, message.lease_until = NOBODY_KNOWS, "", None
        await billing.settle(session, message.id)
    else:
        message.lease_until = None
        message.due_at = utc_now() + rules.LOOK_AGAIN[message.lookups - 1]
    tell(session, message)
    return then, message


async def advance(session: WriteSession, message_id: UUID, report: Report) -> OutboxMessage | None:
    """The provider called back. Returns the message when this moved it forward, None otherwise."""
    await hold_deals_of(session, message_id)
    message = await session.get(OutboxMessage, message_id, with_for_update=HOLD, populate_existing=True)
    if message is None or not rules.may_move(message.status, report.status, message.channel):
        return None
    await _left(session, message, report.status, Receipt(ref=report.ref))
    message.reported_at = utc_now()
    message.problem, message.reason = report.problem[:300], report.reason.value if report.problem else ""
    if report.never_left:
        await billing.release(session, message.organisation_id, message.id, even_spent=True)
    return message


async def act_on(session: WriteSession, message_id: UUID, report: Report, on_given_up: OnGivenUp) -> None:
    """`advance`, and what follows when the message came back."""
    moved = await advance(session, message_id, report)
    if moved is not None and report.status is Delivery.BOUNCED:
        await on_given_up(session, moved)


async def _not_yet_ours(session: WriteSession, found: list[Receipt]) -> Receipt | None:
    """The first that belongs to no other message: two equal texts to one person are two messages."""
    refs = [receipt.ref for receipt in found]
    taken = set(await session.scalars(select(OutboxMessage.provider_ref).where(OutboxMessage.provider_ref.in_(refs))))
    return next((receipt for receipt in found if receipt.ref not in taken or not receipt.ref), None)


async def _left(session: WriteSession, message: OutboxMessage, status: Delivery, receipt: Receipt) -> None:
    if message.status is not Delivery.FAILED:
        # What was given up has had its credits back, and keeps them.
        await billing.settle(session, message.id, receipt.segments if message.channel is Channel.SMS else None)
    message.status, message.sealed, message.problem, message.reason = status, "", "", ""
    message.lease_until = None
    if message.channel is Channel.SMS and receipt.segments:
        message.credits_held = receipt.segments
    message.sent_at = message.sent_at or utc_now()
    # From now on, when to ask what became of it (see following.py).
    message.due_at = message.sent_at + ASK_AFTER
    message.provider_ref = receipt.ref[:120] or message.provider_ref
    tell(session, message)


async def _given_up(session: WriteSession, message: OutboxMessage) -> OutboxMessage:
    message.status, message.sealed, message.lease_until = Delivery.FAILED, "", None
    await billing.release(session, message.organisation_id, message.id)
    tell(session, message)
    return message


def tell(session: WriteSession, message: OutboxMessage) -> None:
    """Open pages that show this message look again."""
    touch(session, "outbox", *([deal_topic(message.deal_id)] if message.deal_id else []))
