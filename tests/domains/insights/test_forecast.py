"""The forecast adds up to a count by hand, and the calendar has each date once, on both databases."""

import random
from datetime import date, timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights.calendar import dates_of
from salestrekker_portal.domains.insights.chosen import Between, BoardFilter
from salestrekker_portal.domains.insights.forecast import (
    SettledSoFar,
    fits,
    forecast,
    forecast_days,
    settled_this_month,
)
from salestrekker_portal.domains.tasks.service import add_task
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.domains.insights.test_board import fill

TODAY = date(2026, 11, 15)


async def _spread(cast: Cast) -> None:
    await fill(cast, 240)
    chance = random.Random(3)
    async with transaction() as session:
        for deal in await session.scalars(select(Deal).where(Deal.organisation_id == cast.firm.id)):
            days = chance.choice([None, chance.randrange(-40, 200)])
            deal.expected_settlement_on = None if days is None else TODAY + timedelta(days=days)
            deal.finance_due_on = TODAY + timedelta(days=chance.randrange(-10, 40)) if chance.random() < 0.3 else None
            deal.approved_on = TODAY if chance.random() < 0.3 else None
            deal.value_cents = chance.randrange(900_000) * 100
            deal.archived_at = utc_now() if chance.random() < 0.1 else None
            deal.locked_at = utc_now() if chance.random() < 0.1 else None
            deal.settled_on = TODAY + timedelta(days=chance.randrange(-40, 2)) if deal.locked_at else None


async def _open(cast: Cast) -> list[Deal]:
    async with reading() as session:
        mine = select(Deal).where(Deal.organisation_id == cast.firm.id)
        return list(await session.scalars(mine.where(Deal.archived_at.is_(None), Deal.locked_at.is_(None))))


async def _settled(cast: Cast) -> list[Deal]:
    async with reading() as session:
        mine = select(Deal).where(Deal.organisation_id == cast.firm.id)
        return list(await session.scalars(mine.where(Deal.locked_at.is_not(None))))


def test_every_day_has_one_column() -> None:
    columns = forecast_days(date(2026, 12, 31))
    assert [each.first for each in columns] == [
        None, date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1), None,
    ]  # fmt: skip
    for day in (None, *(date(2026, 10, 1) + timedelta(days=n) for n in range(300))):
        assert sum(fits(each, day) for each in columns) == 1, day


async def test_the_forecast_is_what_a_count_by_hand_says(database, cast: Cast) -> None:
    await _spread(cast)
    deals, weights = await _open(cast), {stage.id: stage.probability_pct for stage in cast.stages}
    for chosen in (BoardFilter(), BoardFilter(owner_id=cast.bob_user.id)):
        async with reading() as session:
            found = await forecast(session, cast.alice, cast.stages, chosen, TODAY)
        for column in found:
            mine = [
                deal
                for deal in deals
                if fits(column.days, deal.expected_settlement_on) and chosen.owner_id in (None, deal.owner_id)
            ]
            assert column.count == len(mine) and column.cents == sum(deal.value_cents for deal in mine)
            by_stage = {stage: sum(d.value_cents for d in mine if d.stage_id == stage) for stage in weights}
            assert column.weighted_cents == sum(cents * weights[each] // 100 for each, cents in by_stage.items())
            days = [(card.deal.expected_settlement_on or TODAY, card.deal.id) for card in column.cards]
            first = sorted((deal.expected_settlement_on or TODAY, deal.id) for deal in mine)[:30]
            assert days == first
        async with reading() as session:
            done = await settled_this_month(session, cast.alice, cast.stages, chosen, TODAY)
        mine = [
            deal
            for deal in await _settled(cast)
            if deal.settled_on and deal.settled_on.month == 11 and chosen.owner_id in (None, deal.owner_id)
        ]
        assert done == SettledSoFar(count=len(mine), cents=sum(deal.value_cents for deal in mine)) and mine
    async with reading() as session:
        theirs = await forecast(session, cast.mallory, cast.stages, BoardFilter(), TODAY)
        clients = await forecast(session, cast.kim, cast.stages, BoardFilter(), TODAY)
        nothing = [
            await settled_this_month(session, each, cast.stages, BoardFilter(), TODAY)
            for each in (cast.mallory, cast.kim)
        ]
    assert sum(each.count for each in (*theirs, *clients)) == 0 and nothing == [SettledSoFar()] * 2


async def test_the_calendar_has_settlements_finance_and_tasks(database, cast: Cast) -> None:
    await _spread(cast)
    month = Between(first=date(2026, 11, 1), before=date(2026, 12, 1))
    deals = await _open(cast)
    gone = next(deal.id for deal in deals if deal.name.startswith("Deal 0001"))
    async with transaction() as session:
        await add_task(session, cast.bob, title="Ring the solicitor", due="20/11/2026", deal_id=gone)
        await add_task(session, cast.bob, title="Another month", due="20/12/2026", deal_id=gone)
    async with reading() as session:
        found = await dates_of(session, cast.alice, cast.stages, BoardFilter(), month)
        theirs = await dates_of(session, cast.mallory, cast.stages, BoardFilter(), month)
    wanted = {(deal.expected_settlement_on, "settlement", deal.id) for deal in deals}
    wanted |= {(deal.finance_due_on, "finance", deal.id) for deal in deals if deal.approved_on is None}
    wanted |= {(deal.settled_on, "settled", deal.id) for deal in await _settled(cast)}
    wanted = {each for each in wanted if fits(month, each[0])} | {(date(2026, 11, 20), "task", gone)}
    assert {(each.day, each.kind, each.deal_id) for each in found} == wanted and len(found) == len(wanted)
    assert [each.day for each in found] == sorted(each.day for each in found) and theirs == []
    assert any(each.kind == "settled" for each in found)
    async with reading() as session:
        clients = await dates_of(session, cast.kim, cast.stages, BoardFilter(), month)
        week = Between(first=date(2026, 12, 30), before=date(2027, 1, 6))
        both = await dates_of(session, cast.alice, cast.stages, BoardFilter(), month, week)
        alone = await dates_of(session, cast.alice, cast.stages, BoardFilter(), week)
    assert clients == [] and alone and both == found + alone


async def test_a_filtered_calendar_keeps_its_task_in_a_crowded_month(database, cast: Cast, monkeypatch) -> None:
    await fill(cast, 20)
    monkeypatch.setattr("salestrekker_portal.domains.insights.calendar.MOST_DATES", 3)
    deals = await _open(cast)
    theirs = next(deal for deal in deals if deal.owner_id == cast.bob_user.id)
    others = [deal.id for deal in deals if deal.owner_id != cast.bob_user.id]
    async with transaction() as session:
        for nth, other in enumerate(others):
            await add_task(session, cast.bob, title=f"Ring {nth}", due="02/11/2026", deal_id=other)
        await add_task(session, cast.bob, title="The one that matters", due="20/11/2026", deal_id=theirs.id)
    month, chosen = Between(first=date(2026, 11, 1), before=date(2026, 12, 1)), BoardFilter(owner_id=cast.bob_user.id)
    async with reading() as session:
        found = await dates_of(session, cast.alice, cast.stages, chosen, month)
    assert [each.title for each in found if each.kind == "task"] == ["The one that matters"]
