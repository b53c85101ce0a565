"""What the billing page reads: the balance, what came in and went out, and what was bought."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.billing.upkeep import ALLOWANCE_PER_USER, active_users, period_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.billing import SmsCreditEntry, SmsPurchase
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Delivery, OutboxMessage

PAGE_SIZE = 50
NOT_SENT = "SMS, not sent"
_GIVEN_UP = (Delivery.FAILED, Delivery.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One change of the balance. `to` and `deal` are empty for what was no message."""

    id: str
    at: datetime
    credits: int
    reason: str
    to: str
    deal: str


@dataclass(frozen=True, kw_only=True)
class CreditAccount:
    """How the firm's credits stand."""

    balance: int
    users: int
    allowance: int
    granted_this_month: int
    spent_this_month: int
    recharge_below: int | None


async def account_of(session: ReadSession, actor: Actor) -> CreditAccount:
    """The figures at the top of the page. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(session, Organisation, actor.organisation_id)
    users = await active_users(session, organisation.id)
    period = period_of(utc_now(), organisation.time_zone)
    granted = await session.scalar(
        select(SmsCreditEntry.credits).where(
            SmsCreditEntry.organisation_id == organisation.id, SmsCreditEntry.period == period
        )
    )
    rows = await session.execute(
        select(SmsCreditEntry.created_at, SmsCreditEntry.credits)
        .where(SmsCreditEntry.organisation_id == organisation.id, SmsCreditEntry.message_id.is_not(None))
        .order_by(SmsCreditEntry.created_at.desc())
        .limit(5_000)
    )
    spent = -sum(credits for at, credits in rows if period_of(at, organisation.time_zone) == period)
    return CreditAccount(
        balance=await billing.balance(session, organisation.id),
        users=users,
        allowance=users * ALLOWANCE_PER_USER,
        granted_this_month=granted or 0,
        spent_this_month=spent,
        recharge_below=organisation.sms_recharge_below,
    )


async def ledger(session: ReadSession, actor: Actor, *, page: int = 1) -> tuple[list[LedgerLine], int]:
    """A page of changes, newest first, and how many there are in all. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    own = SmsCreditEntry.organisation_id == actor.organisation_id
    count = int(await session.scalar(select(func.count()).where(own)) or 0)
    rows = await session.execute(
        select(SmsCreditEntry, OutboxMessage.recipient_name, OutboxMessage.status, Deal.name)
        .outerjoin(OutboxMessage, OutboxMessage.id == SmsCreditEntry.message_id)
        .outerjoin(Deal, Deal.id == OutboxMessage.deal_id)
        .where(own)
        .order_by(SmsCreditEntry.created_at.desc(), SmsCreditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    lines = [
        LedgerLine(
            id=str(entry.id),
            at=entry.created_at,
            credits=entry.credits,
            reason=NOT_SENT if entry.reason == billing.HELD and status in _GIVEN_UP else entry.reason,
            to=to or "",
            deal=deal or "",
        )
        for entry, to, status, deal in rows
    ]
    return lines, count


async def purchases_of(session: ReadSession, actor: Actor) -> list[SmsPurchase]:
    """The last packs that were bought or refused. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    return list(
        await session.scalars(
            select(SmsPurchase)
            .where(SmsPurchase.organisation_id == actor.organisation_id)
            .order_by(SmsPurchase.created_at.desc())
            .limit(12)
        )
    )
