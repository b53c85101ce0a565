"""Billing details: SMS credits, what they went on, and buying more."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.billing.purchases import carry_out, set_recharge, start_purchase
from salestrekker_portal.domains.billing.queries import PAGE_SIZE, LedgerLine, account_of, ledger, purchases_of
from salestrekker_portal.domains.billing.service import HELD
from salestrekker_portal.domains.billing.upkeep import LOW_BALANCE
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.numbers import whole_in
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.billing import PurchaseState, SmsPurchase
from salestrekker_portal.wiring import payments

STATES = {PurchaseState.PAID: "Paid", PurchaseState.STARTED: "Not finished", PurchaseState.REFUSED: "Refused"}


class CreditLine(TypedDict):
    id: str
    at: str
    what: str
    to: str
    credits: str


class Bought(TypedDict):
    id: str
    at: str
    what: str
    price: str
    by: str
    state: str


class BillingState(KeptAtOnce, rx.State):
    """The balance, the ledger a page at a time, purchases, and recharging."""

    ready: bool = False
    balance: str = ""
    low: str = ""
    allowance: str = ""
    granted: str = ""
    spent: str = ""
    recharge: bool = False
    below: str = ""
    lines: list[CreditLine] = []
    bought: list[Bought] = []
    earlier: str = ""
    later: str = ""
    asking: bool = False
    # One a purchase: pressing twice buys once.
    attempt: str = ""
    gateway: str = ""
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read everything afresh."""
        self.saved, self.errors, self.asking = "", {}, False
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def ask_to_buy(self):
        """Show what it costs before anything is bought."""
        async with self._looking() as (session, actor):
            await account_of(session, actor)
        self.attempt, self.asking, self.gateway = str(new_id()), True, payments().label

    @rx.event
    @allow(Portal.BROKER)
    async def stop_buying(self):
        """Close the question; nothing was bought."""
        self.asking = False

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def buy(self, attempt: str):
        """Buy a pack. The same attempt again shows how it ended."""
        async with self._acting() as (session, actor):
            purchase = await start_purchase(session, actor, uuid_from(attempt, "purchase"))
        done = await carry_out(payments(), purchase.id)
        self.asking = False
        await self._read()
        if done.state is not PurchaseState.PAID:
            raise Conflict(done.problem or "The payment did not go through. Nothing was charged.")
        return Notices.tell(f"Added: {counted(done.credits, 'SMS credit')}. Receipt {done.receipt}.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def switch_recharge(self, on: bool):
        """Switch recharging on at its usual level, or off."""
        await self._recharge(bool_from(on), self.below or str(LOW_BALANCE))

    @rx.event
    @allow(Portal.BROKER)
    @once
    @asks_again
    async def save_recharge(self, form: dict):
        """Keep the level below which a pack is bought."""
        await self._recharge(True, str(form_from(form).get("below") or ""), shown_from(form))

    async def _recharge(self, on: bool, below: str, shown: dict[str, object] | None = None) -> None:
        try:
            async with self._keeping() as (session, actor):
                await set_recharge(session, actor, on=on, below=below, shown=shown)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors = {}

    async def _read(self) -> None:
        page = whole_in(self._query("page"), 10_000) or 1
        async with self._looking() as (session, actor):
            account = await account_of(session, actor)
            lines, count = await ledger(session, actor, page=page)
            packs = await purchases_of(session, actor)
            zone = actor.time_zone
        self.balance = f"{account.balance:,}"
        self.low = _low_words(account.balance)
        people = "1 user" if account.users == 1 else f"{account.users} users"
        self.allowance = f"{account.allowance:,} a month: 100 for each of {people}"
        self.granted = f"{account.granted_this_month:,}"
        self.spent = f"{account.spent_this_month:,}"
        self.recharge = account.recharge_below is not None
        self.below = str(account.recharge_below or "")
        self.lines = [_line(each, zone) for each in lines]
        self.bought = [_bought(each, zone) for each in packs]
        self.earlier = f"/settings/billing?page={page + 1}" if count > page * PAGE_SIZE else ""
        self.later = f"/settings/billing?page={page - 1}" if page > 1 else ""
        self.ready = True


def _low_words(left: int) -> str:
    if left >= LOW_BALANCE:
        return ""
    if left < 2:
        return "Nobody can be invited: an invitation needs at least 2 credits. Buy a pack, or wait for next month."
    return (
        f"{counted(left, 'credit')} left. An invitation needs at least 2: one for the PIN, one kept for a new PIN. "
        "Names in letters that a plain SMS doesn’t have cost more; the invitation says so."
    )


def _line(each: LedgerLine, zone: str) -> CreditLine:
    what = "SMS, waiting to be sent" if each.reason == HELD else each.reason
    to = " · ".join(part for part in (each.to, each.deal) if part)
    return CreditLine(
        id=each.id, at=instant_words(each.at, zone), what=what, to=to, credits=f"{each.credits:+,}".replace("-", "−")
    )


def _bought(each: SmsPurchase, zone: str) -> Bought:
    return Bought(
        id=str(each.id),
        at=instant_words(each.created_at, zone),
        what=f"{each.credits:,} SMS",
        price=money_words(each.price_cents),
        by=each.bought_by,
        state=" ".join(part for part in (STATES[each.state], each.receipt or each.problem) if part),
    )
