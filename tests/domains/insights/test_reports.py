"""What the reports say equals what counting by hand says, on generated firms."""

import random
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights import reports
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal, Outcome
from salestrekker_portal.tables.workflows import Stage
from tests import factories as make
from tests.cast import Cast


async def generate(session, cast: Cast, seed: int) -> None:
    """Deals here and there over two years, moved, settled, stopped, some brought by a partner, some of another firm."""
    chance, now = random.Random(seed), utc_now()
    for number in range(40):
        deal = await make.make_deal(
            session, cast.firm, chance.choice(cast.stages), cast.alice_user, name=f"Deal {number}",
            value_cents=chance.randrange(0, 900_000_00),
        )  # fmt: skip
        deal.created_at = now - timedelta(days=chance.randrange(1, 700), seconds=chance.randrange(86_400))
        if chance.random() < 0.4:
            deal.partner_id = cast.priya_partner.id
        end = chance.random()
        if end < 0.3:
            deal.locked_at, deal.settled_on = now, (now - timedelta(days=chance.randrange(0, 600))).date()
            # Put away once it was over, which unsettles nothing.
            deal.archived_at = now if number % 2 else None
        elif end < 0.5:
            deal.archived_at, deal.outcome = now, chance.choice(list(Outcome))
        at = deal.created_at
        for _ in range(chance.randrange(0, 5)):
            at += timedelta(days=chance.randrange(0, 40), seconds=chance.randrange(86_400))
            moved = {"from_stage": chance.choice(cast.stages).name, "to_stage": "Anywhere"}
            session.add(
                Activity(organisation_id=cast.firm.id, deal_id=deal.id, kind="deal:moved", actor_kind="broker",
                         facts=moved, created_at=at)
            )  # fmt: skip


async def everything(cast: Cast) -> tuple[list[Deal], list[Activity], list[Stage]]:
    async with reading() as session:
        deals = list(await session.scalars(select(Deal).where(Deal.organisation_id == cast.firm.id)))
        moves = select(Activity).where(Activity.kind == "deal:moved", Activity.organisation_id == cast.firm.id)
        return deals, list(await session.scalars(moves.order_by(Activity.created_at))), list(
            await session.scalars(select(Stage).where(Stage.workflow_id == cast.workflow.id).order_by(Stage.position))
        )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_reports_equal_counting_by_hand(database, cast: Cast, seed: int):
    async with transaction() as session:
        await generate(session, cast, seed)
    deals, moves, stages = await everything(cast)
    year = utc_now() - reports.LOOKED_BACK
    async with reading() as session:
        shown = [each for each in await reports.pipeline(session, cast.bob) if each.workflow == cast.workflow.name]
        days = await reports.stage_days(session, cast.alice)
        months = await reports.settled_by_month(session, cast.alice)
        brought = await reports.sources(session, cast.alice)

    open_ones = [each for each in deals if not each.locked_at and not each.archived_at]
    assert [(each.stage, each.deals, each.cents) for each in shown] == [
        (stage.name, len(here), sum(each.value_cents for each in here))
        for stage in stages
        for here in [[each for each in open_ones if each.stage_id == stage.id]]
    ]

    created, spent, last = {each.id: each.created_at for each in deals}, defaultdict(list), {}
    for move in moves:
        if move.created_at >= year:
            spent[move.facts["from_stage"]].append(
                (move.created_at - last.get(move.deal_id, created[move.deal_id])).total_seconds()
            )
        last[move.deal_id] = move.created_at
    by_hand = {stage: (len(each), sum(each) / len(each) / 86_400) for stage, each in spent.items()}
    assert {each.stage: (each.deals, pytest.approx(each.days, abs=1e-3)) for each in days} == by_hand
    assert [each.days for each in days] == sorted((each.days for each in days), reverse=True)

    settled = [each for each in deals if each.locked_at]
    assert any(each.archived_at for each in settled)
    for month in months:
        here = [each for each in settled if each.settled_on.replace(day=1) == month.month]
        assert (month.deals, month.cents) == (len(here), sum(each.value_cents for each in here))
    assert len(months) == 12 and months == sorted(months, key=lambda each: each.month)

    recent = [each for each in deals if each.created_at >= year]
    names = {None: "", cast.priya_partner.id: cast.priya_partner.name}
    assert {each.partner: (each.deals, each.settled, each.stopped) for each in brought} == {
        names[who]: (len(here), sum(bool(each.locked_at) for each in here), sum(bool(each.outcome) for each in here))
        for who in {each.partner_id for each in recent}
        for here in [[each for each in recent if each.partner_id == who]]
    }


async def test_another_firm_and_outsiders_see_none_of_it(database, cast: Cast):
    async with transaction() as session:
        await generate(session, cast, 4)
    async with reading() as session:
        assert not await reports.stage_days(session, cast.mallory)
        assert sum(each.deals for each in await reports.settled_by_month(session, cast.mallory)) == 0
        for report in (reports.pipeline, reports.stage_days, reports.settled_by_month, reports.sources):
            for outsider in (cast.priya, cast.kim):
                with pytest.raises(NotPermitted):
                    await report(session, outsider)


def test_a_sheet_holds_no_formula():
    text = sheet(["Name", "Sum"], [["=1+1", 5], ["@x", -3], ['O"Dea, Kim', 2.5]])
    assert text == '\ufeffName,Sum\r\n\'=1+1,5\r\n\'@x,-3\r\n"O""Dea, Kim",2.5\r\n'
