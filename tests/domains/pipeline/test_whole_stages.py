"""Emptying a stage writes what moving each deal by hand writes, in statements that do not grow with the deals."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.pipeline.whole_stages import archive_all, move_all
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.errors import NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import Stage
from tests import factories as make
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("database")


async def fill(cast, count: int) -> list:
    """Deals in the second stage below each other, the cast's own among them."""
    async with transaction() as session:
        last, deals = None, []
        for number in range(count):
            last = rank.between(last, None)
            deals.append(
                await make.make_deal(
                    session, cast.firm, cast.stages[1], cast.alice_user, cast.sam_contact, name=f"{number}", rank=last
                )
            )
        return deals


async def names_in(stage) -> list[str]:
    async with reading() as session:
        found = select(Deal.name).where(Deal.stage_id == stage.id, Deal.archived_at.is_(None))
        return list(await session.scalars(found.order_by(Deal.rank, Deal.id)))


async def moved(cast, stage, target) -> int:
    async with transaction() as session:
        with counted() as seen:
            await move_all(session, cast.alice, [stage.id], await session.get(Stage, target.id))
        return len(seen)


async def test_deals_arrive_on_top_in_their_order_each_with_its_record(cast):
    await fill(cast, 5)
    before = await names_in(cast.stages[1])
    standing = await names_in(cast.stages[2])
    await moved(cast, cast.stages[1], cast.stages[2])
    assert await names_in(cast.stages[1]) == [] and await names_in(cast.stages[2]) == before + standing
    async with reading() as session:
        rows = list(await session.scalars(select(Activity).where(Activity.kind == "deal:moved")))
        deals = list(await session.scalars(select(Deal).where(Deal.stage_id == cast.stages[2].id)))
    assert len(rows) == len(before) and {row.facts["to_stage"] for row in rows} == {cast.stages[2].name}
    assert {deal.workflow_id for deal in deals} == {cast.workflow.id}


async def test_the_number_of_statements_does_not_grow(cast):
    await fill(cast, 3)
    few = await moved(cast, cast.stages[1], cast.stages[2])
    await fill(cast, 60)
    assert await moved(cast, cast.stages[1], cast.stages[2]) == few


async def test_archiving_ends_the_access_of_clients_who_are_in(cast):
    await fill(cast, 3)
    async with transaction() as session:
        count = await archive_all(session, cast.alice, [cast.stages[1].id])
    assert count == 4 and await names_in(cast.stages[1]) == []
    async with reading() as session:
        assert (await session.get(PortalAccess, cast.kim_access.id)).revoked_at is not None


async def test_only_open_deals_of_the_own_firm_and_only_for_who_may(cast):
    await fill(cast, 2)
    before = await names_in(cast.stages[1])
    async with transaction() as session:
        assert (
            await move_all(session, cast.mallory, [cast.stages[1].id], await session.get(Stage, cast.stages[2].id)) == 0
        )
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await archive_all(session, cast.bob, [cast.stages[1].id])
    assert await names_in(cast.stages[1]) == before
