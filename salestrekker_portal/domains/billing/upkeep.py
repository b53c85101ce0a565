"""What happens to SMS credits by itself: the month's allowance, recharging, and a warning when few are left."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.billing.ports import PaymentGateway
from salestrekker_portal.domains.billing.purchases import RECHARGE_AT_ITSELF, carry_out, start_recharge
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.billing import PurchaseState, SmsCreditEntry, SmsPurchase
from salestrekker_portal.tables.organisations import Membership, Organisation, Role, User

ALLOWANCE_PER_USER = 100
LOW_BALANCE = 20


async def keep_credits(gateway: PaymentGateway) -> None:
    """Once round every firm. Safe to call often and from several processes: each step happens once."""
    async with reading() as session:
        firms = list(await session.scalars(select(Organisation.id)))
    for organisation_id in firms:
        async with transaction() as session:
            await grant_allowance(session, organisation_id)
            wanted = await _wants_recharge(session, organisation_id)
        if wanted:
            async with transaction() as session:
                purchase_id = await start_recharge(session, organisation_id)
            # Outside of both transactions: a payment provider may take seconds, and a lock on the firm would stop its
            # texts.
            await carry_out(gateway, purchase_id)
        async with transaction() as session:
            await warn_when_low(session, organisation_id)


async def grant_allowance(session: WriteSession, organisation_id: UUID) -> int:
    """Add this month's credits, 100 for each user who may sign in (B-01); 0 when they were added already.

    Months begin where the firm is. What is unused stays.
    """
    # Held, so that two workers at the turn of a month grant once.
    organisation = await existing(session, Organisation, organisation_id, with_for_update=HOLD)
    period = period_of(utc_now(), organisation.time_zone)
    known = select(SmsCreditEntry.id).where(
        SmsCreditEntry.organisation_id == organisation_id, SmsCreditEntry.period == period
    )
    if await session.scalar(known):
        return 0
    credits = ALLOWANCE_PER_USER * await active_users(session, organisation_id)
    session.add(
        SmsCreditEntry(organisation_id=organisation_id, credits=credits, reason="Monthly allowance", period=period)
    )
    await session.flush()
    return credits


def period_of(instant: datetime, zone: str) -> str:
    """The month of an instant where the firm is: 2026-03."""
    return f"{local(instant, zone):%Y-%m}"


async def active_users(session: ReadSession, organisation_id: UUID) -> int:
    """How many people may sign in to the firm's dashboard."""
    counted = select(func.count()).where(
        Membership.organisation_id == organisation_id, Membership.disabled_at.is_(None)
    )
    return int(await session.scalar(counted) or 0)


async def warn_when_low(session: WriteSession, organisation_id: UUID) -> None:
    """Tell the admins once when credits run low; again only after there were enough in between."""
    organisation = await existing(session, Organisation, organisation_id, with_for_update=HOLD)
    left = await billing.balance(session, organisation_id)
    if left >= LOW_BALANCE:
        organisation.sms_warned_at = None
        return
    if organisation.sms_warned_at is not None:
        return
    organisation.sms_warned_at = utc_now()
    record(session, None, "billing:low", organisation_id=organisation_id, left=left,
           reason="Clients get their PIN by SMS. With fewer than 2 credits nobody can be invited.")  # fmt: skip


async def admins_of(session: ReadSession, organisation_id: UUID) -> list[User]:
    """The firm's admins who may sign in, the longest-serving first; nobody whom only another firm knows yet."""
    found = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.ADMIN,
            Membership.disabled_at.is_(None),
            Membership.waits_since.is_(None),
        )
        .order_by(Membership.created_at)
    )
    return list(await session.scalars(found))


async def _wants_recharge(session: ReadSession, organisation_id: UUID) -> bool:
    """Whether a pack is due, or one was interrupted. After a refusal, nothing by itself until the next month."""
    organisation = await existing(session, Organisation, organisation_id)
    if organisation.sms_recharge_below is None:
        return False
    latest = (
        await session.scalars(
            select(SmsPurchase)
            .where(SmsPurchase.organisation_id == organisation_id, SmsPurchase.bought_by == RECHARGE_AT_ITSELF)
            .order_by(SmsPurchase.created_at.desc())
            .limit(1)
        )
    ).first()
    this_month = period_of(utc_now(), organisation.time_zone)
    if (
        latest is not None
        and latest.state is PurchaseState.REFUSED
        and period_of(latest.created_at, organisation.time_zone) == this_month
    ):
        return False
    return await billing.balance(session, organisation_id) < organisation.sms_recharge_below
