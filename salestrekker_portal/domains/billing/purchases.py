"""Buying packs of SMS credits, by hand and by themselves when few are left.

A purchase is written down before money is asked for and credited only with a receipt in hand. One that was
interrupted in between is asked about again: the gateway charges the same purchase once.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession, transaction
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.billing.ports import PaymentGateway, PaymentRefused
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.numbers import read_whole
from salestrekker_portal.tables.billing import PurchaseState, SmsCreditEntry, SmsPurchase
from salestrekker_portal.tables.organisations import Organisation

PACK_CREDITS = 1_000
PACK_PRICE_CENTS = 49_99
DESCRIPTION = f"{PACK_CREDITS:,} SMS credits"
RECHARGE_MOST = 500
RECHARGE_AT_ITSELF = "Automatic recharge"


async def start_purchase(session: WriteSession, actor: Actor, attempt: UUID) -> SmsPurchase:
    """Write down that a pack is wanted. The same attempt again is the same purchase. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = select(SmsPurchase).where(
        SmsPurchase.organisation_id == actor.organisation_id, SmsPurchase.attempt == attempt
    )
    known = (await session.scalars(found)).one_or_none()
    return known or await _begin(session, actor.organisation_id, attempt, actor.name)


async def carry_out(gateway: PaymentGateway, purchase_id: UUID) -> SmsPurchase:
    """Pay for a purchase that was started, and credit it: two transactions, with the gateway in between."""
    async with transaction() as session:
        purchase = await session.get(SmsPurchase, purchase_id)
    if purchase is None:
        raise NotFound("purchase")
    if purchase.state is not PurchaseState.STARTED:
        return purchase
    receipt, problem = "", ""
    try:
        receipt = await gateway.charge(purchase.id, purchase.price_cents, DESCRIPTION)
    except PaymentRefused as refusal:
        problem = refusal.problem
    async with transaction() as session:
        return await _settle(session, purchase_id, receipt, problem)


async def set_recharge(
    session: WriteSession,
    actor: Actor,
    *,
    on: bool,
    below: object = None,
    shown: Mapping[str, object] | None = None,
) -> Organisation:
    """Buy a pack by itself when fewer than `below` credits are left (B-04).

    Raises NotPermitted, Invalid (`below`), Faster (`below`, changed by somebody else since `shown`).
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    organisation = await existing(
        session, Organisation, actor.organisation_id, with_for_update=HOLD, populate_existing=True
    )
    least = None
    if on:
        now, trail = {"below": str(organisation.sms_recharge_below or "")}, Trail(kinds=("billing:recharge_set",))
        kept = await on_top_of(session, actor, trail, shown=shown, now=now, typed={"below": below})
        least = read_whole(str(kept["below"] or ""), 2, RECHARGE_MOST)[0]
        if least is None:
            raise Invalid({"below": f"Enter a number from 2 to {RECHARGE_MOST}."})
    if organisation.sms_recharge_below != least:
        organisation.sms_recharge_below = least
        record(session, actor, "billing:recharge_set", organisation_id=organisation.id, below=least)
    return organisation


async def start_recharge(session: WriteSession, organisation_id: UUID) -> UUID:
    """A purchase that nobody pressed for. One that is under way already is answered instead."""
    await session.get(Organisation, organisation_id, with_for_update=HOLD)
    under_way = await session.scalar(
        select(SmsPurchase.id)
        .where(SmsPurchase.organisation_id == organisation_id, SmsPurchase.state == PurchaseState.STARTED)
        .limit(1)
    )
    return under_way or (await _begin(session, organisation_id, new_id(), RECHARGE_AT_ITSELF)).id


async def _begin(session: WriteSession, organisation_id: UUID, attempt: UUID, who: str) -> SmsPurchase:
    purchase = SmsPurchase(
        organisation_id=organisation_id,
        attempt=attempt,
        credits=PACK_CREDITS,
        price_cents=PACK_PRICE_CENTS,
        bought_by=who,
    )
    session.add(purchase)
    await session.flush()
    return purchase


async def _settle(session: WriteSession, purchase_id: UUID, receipt: str, problem: str) -> SmsPurchase:
    purchase = await existing(session, SmsPurchase, purchase_id, with_for_update=HOLD)
    if purchase.state is not PurchaseState.STARTED:
        return purchase
    purchase.settled_at, purchase.receipt, purchase.problem = utc_now(), receipt, problem[:300]
    purchase.state = PurchaseState.PAID if receipt else PurchaseState.REFUSED
    if receipt:
        session.add(
            SmsCreditEntry(
                organisation_id=purchase.organisation_id, credits=purchase.credits, reason=f"Bought, {receipt}"
            )
        )
    record(
        session, None, "billing:bought" if receipt else "billing:refused",
        organisation_id=purchase.organisation_id, credits=purchase.credits, by=purchase.bought_by,
    )  # fmt: skip
    return purchase
