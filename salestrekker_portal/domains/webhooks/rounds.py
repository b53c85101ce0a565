"""The worker's part: from what happened to deliveries, and from deliveries that are due to the other program."""

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.config import settings
from salestrekker_portal.database.leases import is_free
from salestrekker_portal.database.session import WriteSession, reading, transaction
from salestrekker_portal.domains.notices.published import PUBLISHED
from salestrekker_portal.domains.webhooks.ports import HookCarrier, NotDelivered
from salestrekker_portal.domains.webhooks.rules import body_of, next_try, signed
from salestrekker_portal.domains.webhooks.service import PURPOSE
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.kernel.tokens import unseal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.webhooks import HookDelivery, HookState, Webhook

log = logging.getLogger(__name__)

AT_ONCE = 20
LEASE = timedelta(minutes=2)
PROBLEM_LIMIT = 200


async def tell_programs(carrier: HookCarrier) -> int:
    """One round of both; how many rows were dealt with."""
    return await _address() + await _deliver(carrier)


async def _address() -> int:
    """A delivery for each address that wants to hear of what happened. Marked in the same transaction: none twice."""
    async with reading() as session:
        if await session.scalar(select(Activity.id).where(Activity.hook_at <= utc_now()).limit(1)) is None:
            return 0
    async with transaction() as session:
        due = select(Activity).where(Activity.hook_at <= utc_now()).order_by(Activity.hook_at, Activity.id)
        happened = list(await session.scalars(due.limit(AT_ONCE).with_for_update(skip_locked=True, key_share=True)))
        firms = {each.organisation_id for each in happened}
        wanting: dict[UUID, list[Webhook]] = {firm: [] for firm in firms}
        live = select(Webhook).where(Webhook.organisation_id.in_(firms), Webhook.ended_at.is_(None))
        for webhook in await session.scalars(live):
            wanting[webhook.organisation_id].append(webhook)
        for activity in happened:
            activity.hook_at = None
            for webhook in wanting[activity.organisation_id]:
                _queue(session, webhook, activity)
    return len(happened)


def _queue(session: WriteSession, webhook: Webhook, activity: Activity) -> None:
    event = PUBLISHED.get(activity.kind, "")
    if event not in webhook.events:
        return
    body = body_of(activity.id, event, activity.created_at, activity.deal_id, activity.facts or {})
    session.add(HookDelivery(webhook_id=webhook.id, event_id=activity.id, event=event, body=body, due_at=utc_now()))


async def _deliver(carrier: HookCarrier) -> int:
    """Take what is due under a lease and send it, all at once: a round lasts as long as its slowest."""
    now = utc_now()
    due = (HookDelivery.state == HookState.WAITING, HookDelivery.due_at <= now)
    async with reading() as session:
        if await session.scalar(select(HookDelivery.id).where(*due, is_free(HookDelivery, now)).limit(1)) is None:
            return 0
    async with transaction() as session:
        found = (
            select(HookDelivery, Webhook)
            .join(Webhook, Webhook.id == HookDelivery.webhook_id)
            .where(*due, is_free(HookDelivery, now), Webhook.ended_at.is_(None))
            .order_by(HookDelivery.due_at, HookDelivery.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, key_share=True, of=HookDelivery)
        )
        taken = [(delivery, webhook) for delivery, webhook in await session.execute(found)]
        for delivery, _ in taken:
            delivery.lease_until = now + LEASE
    await asyncio.gather(*(_one(carrier, delivery, webhook) for delivery, webhook in taken))
    return len(taken)


async def _one(carrier: HookCarrier, delivery: HookDelivery, webhook: Webhook) -> None:
    try:
        secret = unseal(webhook.sealed, secret=settings().secrets, purpose=PURPOSE)
        headers = signed(secret, delivery.id, delivery.body, utc_now())
        status = await carrier.post(webhook.url, delivery.body.encode(), headers)
    except NotDelivered as failure:
        await _settle(delivery.id, failure.status, failure.problem)
    except Exception:
        log.exception("delivery %s could not be sent", delivery.id)
        await _settle(delivery.id, None, "something went wrong on our side")
    else:
        await _settle(delivery.id, status)


async def _settle(delivery_id: UUID, status: int | None, problem: str = "") -> None:
    """Write down what came of a try."""
    now = utc_now()
    async with transaction() as session:
        delivery = await session.get(HookDelivery, delivery_id)
        if delivery is None or delivery.state is not HookState.WAITING:
            return  # its address was removed meanwhile
        delivery.attempts += 1
        delivery.answered, delivery.lease_until = status, None
        delivery.problem = shortened(problem, PROBLEM_LIMIT)
        if not problem:
            delivery.state, delivery.delivered_at = HookState.DELIVERED, now
            return
        again = next_try(delivery.attempts, now)
        if again is None:
            delivery.state = HookState.FAILED
        else:
            delivery.due_at = again
