"""Adding an address, listing addresses with what they were sent, ending one: an admin's to do."""

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession, transaction
from salestrekker_portal.database.waking import WEBHOOKS, wake_after
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.webhooks.rules import checked_events, checked_url
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, noting
from salestrekker_portal.kernel.tokens import seal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.webhooks import HookDelivery, HookState, Webhook

MOST = 10
LOG_SHOWN = 20
KEPT = timedelta(days=30)
PURPOSE = "webhook secret"


@dataclass(frozen=True, kw_only=True)
class ListedWebhook:
    """An address with its newest deliveries."""

    webhook: Webhook
    log: list[HookDelivery]


async def add_webhook(
    session: WriteSession, actor: Actor, *, url: object, events: Iterable[object]
) -> tuple[UUID, str]:
    """The id of the new address, and the secret that signs what it is sent; it can't be had again.

    Raises NotPermitted, Invalid (`url`, `events`), Conflict (there are enough).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    errors: dict[str, str] = {}
    address, wanted = "", []
    with noting(errors):
        address = checked_url(url, private=settings().webhooks_private)
    with noting(errors):
        wanted = checked_events(events)
    if errors:
        raise Invalid(errors)
    await existing(session, Organisation, actor.organisation_id, with_for_update=HOLD)
    live = select(func.count()).where(Webhook.organisation_id == actor.organisation_id, Webhook.ended_at.is_(None))
    if (await session.scalar(live) or 0) >= MOST:
        raise Conflict(f"There are {MOST} addresses already. Remove one that isn't used, then add this one.")
    secret = f"whsec_{base64.b64encode(os.urandom(24)).decode()}"
    webhook = Webhook(
        organisation_id=actor.organisation_id,
        url=address,
        events=wanted,
        sealed=seal(secret, secret=settings().secret, purpose=PURPOSE),
    )
    session.add(webhook)
    record(session, actor, "webhook:added", organisation_id=actor.organisation_id, subject_id=webhook.id, url=address)
    return webhook.id, secret


async def webhooks_of(session: ReadSession, actor: Actor) -> list[ListedWebhook]:
    """The firm's live addresses, the oldest first, each with its newest deliveries. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    mine = select(Webhook).where(Webhook.organisation_id == actor.organisation_id, Webhook.ended_at.is_(None))
    found = list(await session.scalars(mine.order_by(Webhook.id)))
    place = func.row_number().over(partition_by=HookDelivery.webhook_id, order_by=HookDelivery.id.desc()).label("place")
    newest = select(HookDelivery.id, place).where(HookDelivery.webhook_id.in_([each.id for each in found])).subquery()
    rows = await session.scalars(
        select(HookDelivery)
        .join(newest, newest.c.id == HookDelivery.id)
        .where(newest.c.place <= LOG_SHOWN)
        .order_by(HookDelivery.id.desc())
    )
    logs: dict[UUID, list[HookDelivery]] = {each.id: [] for each in found}
    for row in rows:
        logs[row.webhook_id].append(row)
    return [ListedWebhook(webhook=each, log=logs[each.id]) for each in found]


async def end_webhook(session: WriteSession, actor: Actor, webhook_id: UUID) -> None:
    """Nothing more is sent there, and what waits is dropped. Ending it twice is fine. Raises NotPermitted, NotFound."""
    webhook = await _held(session, actor, webhook_id)
    if webhook.ended_at is not None:
        return
    webhook.ended_at = utc_now()
    await session.execute(
        delete(HookDelivery).where(HookDelivery.webhook_id == webhook.id, HookDelivery.state == HookState.WAITING)
    )
    record(
        session, actor, "webhook:ended",
        organisation_id=actor.organisation_id, subject_id=webhook.id, url=webhook.url,
    )  # fmt: skip


async def send_again(session: WriteSession, actor: Actor, delivery_id: UUID) -> None:
    """Try a delivery that was given up once more, from the beginning. Raises NotPermitted, NotFound."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    delivery = await session.get(HookDelivery, delivery_id)
    if delivery is None:
        raise NotFound("delivery")
    webhook = await _held(session, actor, delivery.webhook_id)
    if webhook.ended_at is not None:
        raise NotFound("delivery")
    again = update(HookDelivery).where(HookDelivery.id == delivery_id, HookDelivery.state == HookState.FAILED)
    await session.execute(again.values(state=HookState.WAITING, attempts=0, due_at=utc_now(), lease_until=None))
    wake_after(session, WEBHOOKS)


async def _held(session: WriteSession, actor: Actor, webhook_id: UUID) -> Webhook:
    demand(actor, Permission.ORGANISATION_MANAGE)
    mine = select(Webhook).where(Webhook.id == webhook_id, Webhook.organisation_id == actor.organisation_id)
    webhook = (await session.scalars(mine.with_for_update(key_share=True))).one_or_none()
    if webhook is None:
        raise NotFound("address")
    return webhook


async def sweep_deliveries() -> None:
    """Forget what was sent, or given up, a month ago."""
    async with transaction() as session:
        old = delete(HookDelivery).where(HookDelivery.created_at < utc_now() - KEPT)
        await session.execute(old.where(HookDelivery.state != HookState.WAITING))
