"""A date goes to the day where it was put and back, from where it was seen, by who may, and nowhere else."""

import asyncio
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.pipeline.carrying import CarriedDate, CarriedKind, carry_date, day_in_month
from salestrekker_portal.domains.pipeline.settling import archive_deal, settle_deal
from salestrekker_portal.domains.tasks.service import add_task, finish_task, remove_task
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.tasks import Task
from tests.cast import Cast

DAY = date(2026, 12, 1)
EVERY = pytest.mark.parametrize("kind", list(CarriedKind))


async def laid_out(cast: Cast) -> dict[CarriedKind, UUID]:
    """The cast's deal with a settlement, finance and a task, all of one day."""
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.expected_settlement_on = deal.finance_due_on = DAY
        task = await add_task(session, cast.alice, title="Ring them", due=f"{DAY:%d/%m/%Y}", deal_id=deal.id)
    return {CarriedKind.SETTLEMENT: deal.id, CarriedKind.FINANCE: deal.id, CarriedKind.TASK: task.id}


async def days(cast: Cast, things: dict) -> dict[CarriedKind, date | None]:
    async with reading() as session:
        deal, task = await session.get(Deal, cast.deal.id), await session.get(Task, things[CarriedKind.TASK])
    return dict(zip(CarriedKind, (deal.expected_settlement_on, deal.finance_due_on, task.due_on), strict=True))


async def carry(actor, kind, thing_id, seen_on, to) -> None:
    async with transaction() as session:
        await carry_date(session, actor, CarriedDate(kind=kind, thing_id=thing_id, seen_on=seen_on, to=to))


@pytest.mark.parametrize("seed", range(3))
async def test_each_goes_where_it_is_put_and_nothing_else_moves(database, cast: Cast, seed: int) -> None:
    chance, things = Random(seed), await laid_out(cast)
    expected = dict.fromkeys(CarriedKind, DAY)
    moved = 0
    for _ in range(15):
        kind = chance.choice(list(CarriedKind))
        to = DAY + timedelta(days=chance.randrange(-40, 41))
        moved += to != expected[kind]
        await carry(chance.choice((cast.alice, cast.bob)), kind, things[kind], expected[kind], to)
        if chance.random() < 0.3:
            moved += to != expected[kind]
            async with transaction() as session:
                there = CarriedDate(kind=kind, thing_id=things[kind], seen_on=expected[kind], to=to)
                await carry_date(session, cast.alice, there.back)
        else:
            expected[kind] = to
        assert await days(cast, things) == expected
    async with reading() as session:
        told = await session.scalars(select(Activity).where(Activity.kind.in_(("deal:changed", "task:changed"))))
    assert len(list(told)) == moved, "a date that is there already is told of to nobody"


@EVERY
async def test_of_two_at_once_one_is_told_that_the_other_was_faster(database, cast: Cast, kind) -> None:
    things = await laid_out(cast)
    wanted = [DAY + timedelta(days=n) for n in (1, 2)]
    told = await asyncio.gather(*(carry(who, kind, things[kind], DAY, to)
                                  for who, to in zip((cast.alice, cast.bob), wanted, strict=True)),
                                return_exceptions=True)  # fmt: skip
    assert sorted(type(each).__name__ for each in told) == ["Conflict", "NoneType"]
    kept = wanted[[each is None for each in told].index(True)]
    assert (await days(cast, things))[kind] == kept
    assert "Somebody was faster" in str(next(each for each in told if each))


@EVERY
async def test_others_carry_nothing_and_garbage_goes_nowhere(sqlite, cast: Cast, kind) -> None:
    things = await laid_out(cast)
    to = DAY + timedelta(days=1)
    for who in (cast.mallory, cast.priya, cast.kim):
        with pytest.raises((NotFound, NotPermitted)):
            await carry(who, kind, things[kind], DAY, to)
    for thing, day, refused in ((uuid4(), to, NotFound), (things[kind], date(9, 1, 1), Conflict),
                                (things[kind], date(9999, 12, 31), Conflict)):  # fmt: skip
        with pytest.raises(refused):
            await carry(cast.alice, kind, thing, DAY, day)
    assert set((await days(cast, things)).values()) == {DAY}


@pytest.mark.parametrize("close", [settle_deal, archive_deal])
async def test_a_closed_deal_keeps_its_days_and_what_is_done_its_own(sqlite, cast: Cast, close) -> None:
    things = await laid_out(cast)
    async with transaction() as session:
        await finish_task(session, cast.alice, things[CarriedKind.TASK], done=True)
        await close(session, cast.alice, cast.deal.id)
    for kind in CarriedKind:
        with pytest.raises(Conflict):
            await carry(cast.alice, kind, things[kind], DAY, DAY + timedelta(days=1))
    async with transaction() as session:
        await remove_task(session, cast.alice, things[CarriedKind.TASK])
    with pytest.raises(NotFound):
        await carry(cast.alice, CarriedKind.TASK, things[CarriedKind.TASK], DAY, DAY + timedelta(days=1))


def test_a_day_of_a_month_is_near_the_one_before_and_a_working_day_that_is_to_come() -> None:
    chance = Random(3)
    for _ in range(2000):
        first = date(chance.randrange(2024, 2032), chance.randrange(1, 13), 1)
        was = chance.choice([None, first + timedelta(days=chance.randrange(-400, 400))])
        today = first + timedelta(days=chance.randrange(-60, 60))
        day = day_in_month(first, was, today)
        month = [first + timedelta(days=number) for number in range(31)]
        month = [each for each in month if each.month == first.month]
        left = [each for each in month if each >= today] or month
        working = [each for each in left if each.weekday() < 5] or left
        assert day in working
        wanted = month[min((was or month[-1]).day, len(month)) - 1]
        assert abs((day - wanted).days) <= 2 or wanted < today
    assert day_in_month(date(2027, 2, 1), date(2027, 1, 31), DAY) == date(2027, 2, 26)
    assert day_in_month(date(2027, 3, 1), None, DAY) == date(2027, 3, 31)


async def test_a_settlement_gets_a_day_and_loses_it_again_and_nothing_else_can(database, cast: Cast) -> None:
    things = await laid_out(cast)
    deal_id = things[CarriedKind.SETTLEMENT]
    await carry(cast.alice, CarriedKind.SETTLEMENT, deal_id, DAY, None)
    await carry(cast.alice, CarriedKind.SETTLEMENT, deal_id, None, DAY)
    assert (await days(cast, things))[CarriedKind.SETTLEMENT] == DAY
    with pytest.raises(Conflict, match="faster"):
        await carry(cast.alice, CarriedKind.SETTLEMENT, deal_id, None, DAY + timedelta(days=9))
    for kind in (CarriedKind.FINANCE, CarriedKind.TASK):
        with pytest.raises(NotFound):
            await carry(cast.alice, kind, things[kind], DAY, None)
