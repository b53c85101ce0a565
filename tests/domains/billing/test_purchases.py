"""Credits are granted once a month, bought once a press, and warned about once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.adapters.payments import DemonstrationGateway, NoGateway
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing.purchases import carry_out, set_recharge, start_purchase
from salestrekker_portal.domains.billing.queries import PAGE_SIZE, account_of, ledger
from salestrekker_portal.domains.billing.service import balance, hold
from salestrekker_portal.domains.billing.upkeep import grant_allowance, keep_credits
from salestrekker_portal.domains.outbox.service import Content, enqueue
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.billing import PurchaseState
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from tests.domains.notifications.world import tell


async def _balance(cast):
    async with reading() as session:
        return await balance(session, cast.firm.id)


async def _buy(actor, attempt, gateway=None):
    async with transaction() as session:
        purchase = await start_purchase(session, actor, attempt)
    return await carry_out(gateway or DemonstrationGateway(), purchase.id)


async def test_a_pack_is_a_thousand_credits_and_the_same_press_buys_once(sqlite, cast):
    before, attempt = await _balance(cast), new_id()
    first, again = await _buy(cast.alice, attempt), await _buy(cast.alice, attempt)
    assert first.id == again.id and first.state is PurchaseState.PAID and first.receipt.startswith("DEMO-")
    assert first.price_cents == 4999 and await _balance(cast) == before + 1000
    await _buy(cast.alice, new_id())
    assert await _balance(cast) == before + 2000


async def test_a_refused_payment_credits_nothing(sqlite, cast):
    before = await _balance(cast)
    done = await _buy(cast.alice, new_id(), NoGateway())
    assert done.state is PurchaseState.REFUSED and "payment provider" in done.problem
    assert await _balance(cast) == before


async def test_only_an_admin_buys_and_nobody_buys_for_another_firm(sqlite, cast):
    attempt = new_id()
    for stranger in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await _buy(stranger, attempt)
    bought, before = await _buy(cast.alice, attempt), await _balance(cast)
    theirs = await _buy(cast.mallory, attempt)
    assert theirs.id != bought.id and theirs.organisation_id == cast.other_firm.id and await _balance(cast) == before


async def test_the_allowance_comes_once_a_month_for_each_user(sqlite, cast, frozen_clock):
    before = await _balance(cast)
    async with transaction() as session:
        assert await grant_allowance(session, cast.firm.id) == 200  # alice and bob
        assert await grant_allowance(session, cast.firm.id) == 0
    assert await _balance(cast) == before + 200
    # 31 March, 11 pm in Sydney is still March; an hour later it is April there.
    clock.freeze(frozen_clock.replace(month=3, day=31, hour=12))
    async with transaction() as session:
        assert await grant_allowance(session, cast.firm.id) == 0
    clock.freeze(frozen_clock.replace(month=3, day=31, hour=13, minute=5))
    async with transaction() as session:
        assert await grant_allowance(session, cast.firm.id) == 200


async def test_few_credits_recharge_by_themselves_and_are_warned_about_once(sqlite, cast, frozen_clock):
    await keep_credits(DemonstrationGateway())
    left = await _balance(cast)
    async with transaction() as session:
        hold(session, cast.firm.id, new_id(), left - 5)
    await keep_credits(DemonstrationGateway())
    await keep_credits(DemonstrationGateway())
    await tell()
    async with reading() as session:
        kinds = select(OutboxMessage.recipient).where(OutboxMessage.kind == "notice.sms_low")
        assert list(await session.scalars(kinds)) == ["alice@example.com"]
    async with transaction() as session:
        await set_recharge(session, cast.alice, on=True, below="50")
    await keep_credits(DemonstrationGateway())
    await keep_credits(DemonstrationGateway())
    assert await _balance(cast) == 1005


async def test_a_refused_recharge_is_not_tried_every_minute(sqlite, cast, frozen_clock):
    async with transaction() as session:
        await set_recharge(session, cast.alice, on=True, below="500")
    await keep_credits(NoGateway())
    clock.freeze(frozen_clock + timedelta(minutes=1))
    left = await _balance(cast)
    await keep_credits(DemonstrationGateway())
    assert await _balance(cast) == left
    clock.freeze(frozen_clock + timedelta(days=30))
    async with transaction() as session:
        hold(session, cast.firm.id, new_id(), 100)
    await keep_credits(DemonstrationGateway())
    assert await _balance(cast) == left - 100 + 200 + 1000


@pytest.mark.parametrize("typed", ["", "1", "-4", "501", "ten", "9" * 10_000, "<script>", None, "³"])
async def test_a_level_that_is_no_number_is_refused(sqlite, cast, typed):
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await set_recharge(session, cast.alice, on=True, below=typed)
    assert "below" in refusal.value.errors


async def test_the_ledger_is_the_firms_own_and_adds_up(sqlite, cast):
    await _buy(cast.alice, new_id())
    async with reading() as session:
        lines, count = await ledger(session, cast.alice)
        account = await account_of(session, cast.alice)
        assert sum(line.credits for line in lines) == account.balance and count == len(lines)
        assert account.allowance == 200
        theirs, _ = await ledger(session, cast.mallory)
        assert not {line.id for line in lines} & {line.id for line in theirs}
        with pytest.raises(NotPermitted):
            await ledger(session, cast.bob)
        with pytest.raises(NotPermitted):
            await account_of(session, cast.bob)


async def _texted(cast, *, name: str, deal_id) -> None:
    async with transaction() as session:
        enqueue(
            session, organisation_id=cast.firm.id, kind="portal.pin", channel=Channel.SMS, recipient="+61491570006",
            recipient_name=name, cause=new_id(), content=Content(sender="H", paragraphs=["Your PIN is …"]),
            deal_id=deal_id, credits_held=2,
        )  # fmt: skip


async def test_the_ledger_says_to_whom_and_for_which_deal_newest_first_a_page_at_a_time(sqlite, cast, frozen_clock):
    for number in range(PAGE_SIZE + 3):
        clock.freeze(frozen_clock + timedelta(minutes=number))
        await _texted(cast, name=f"Kim {number}", deal_id=cast.deal.id if number % 2 else None)
    async with reading() as session:
        first, count = await ledger(session, cast.alice)
        second, _ = await ledger(session, cast.alice, page=2)
    texts = [line for line in [*first, *second] if line.to]
    assert len(first) == PAGE_SIZE and count == len(first) + len(second)
    assert [line.to for line in texts] == [f"Kim {number}" for number in reversed(range(PAGE_SIZE + 3))]
    assert {(line.deal, int(line.to[4:]) % 2) for line in texts} == {(cast.deal.name, 1), ("", 0)}
    assert {line.credits for line in texts} == {-2}


async def test_what_was_spent_this_month_is_counted_where_the_firm_is(sqlite, cast, frozen_clock):
    # Sydney is ahead of UTC: the evening of 28 February there is still the month before.
    for instant in (datetime(2026, 2, 28, 12, 59, tzinfo=UTC), datetime(2026, 2, 28, 13, 1, tzinfo=UTC), frozen_clock):
        clock.freeze(instant)
        await _texted(cast, name="Kim", deal_id=None)
    async with reading() as session:
        account = await account_of(session, cast.alice)
    assert account.spent_this_month == 4 and account.granted_this_month == 0 and account.users == 2


async def test_a_purchase_that_is_none_is_not_paid(sqlite, cast):
    with pytest.raises(NotFound):
        await carry_out(DemonstrationGateway(), new_id())
