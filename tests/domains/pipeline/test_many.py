"""The same done to many deals: what refuses is said of each, the rest is done, and one Undo brings all back."""

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights import board
from salestrekker_portal.domains.pipeline import many
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import DealLabel, Label
from salestrekker_portal.tables.tasks import Task
from tests.cast import Cast
from tests.domains.insights.test_board import fill


async def _order(cast: Cast) -> dict:
    """Every card of the board, stage by stage, in its place."""
    async with reading() as session:
        found = await board.first_cards(session, cast.alice, cast.stages)
    return {stage: [card.deal.id for card in cards] for stage, cards in found.cards.items()}


async def _ids(cast: Cast, count: int) -> list:
    async with reading() as session:
        found = select(Deal.id).where(Deal.name.like("Deal 0%")).order_by(Deal.name).limit(count)
        return list(await session.scalars(found))


async def _label(cast: Cast) -> Label:
    async with transaction() as session:
        label = Label(organisation_id=cast.firm.id, name="Urgent")
        session.add(label)
    return label


async def test_many_move_in_order_and_all_come_back(database, cast: Cast) -> None:
    await fill(cast, 30)
    before, ids, target = await _order(cast), await _ids(cast, 12), cast.stages[4].id
    async with transaction() as session:
        await settle_deal(session, cast.alice, ids[2])
    before[cast.stages[2].id].remove(ids[2])
    async with transaction() as session:
        done = await many.move_many(session, cast.bob, ids, target, except_for={ids[3]: "Kim is typing."})
    # Two stood there already, one is settled, and of one somebody is typing.
    assert done.same == 2 and done.refused[1].why == "Kim is typing."
    assert [each.deal_id for each in done.refused] == [ids[2], ids[3]] and "settled" in done.refused[0].why
    assert done.refused[0].name == "Deal 00002"
    moved = [each.deal_id for each in done.back]
    after = await _order(cast)
    assert after[target][: len(moved)] == moved
    async with transaction() as session:
        back = await many.undo_many(session, cast.bob, done.back)
    assert len(back.back) == 8 and back.refused == [] and await _order(cast) == before


async def test_what_somebody_moved_since_stays_and_is_said(database, cast: Cast) -> None:
    await fill(cast, 12)
    ids = await _ids(cast, 4)
    async with transaction() as session:
        done = await many.move_many(session, cast.alice, ids, cast.stages[5].id, except_for={})
    async with transaction() as session:
        await move_deal(session, cast.bob, ids[1], cast.stages[0].id)
    async with transaction() as session:
        back = await many.undo_many(session, cast.alice, done.back)
    assert [each.deal_id for each in back.refused] == [ids[1]] and "since" in back.refused[0].why
    async with reading() as session:
        stages = dict(list(await session.execute(select(Deal.id, Deal.stage_id).where(Deal.id.in_(ids)))))
    assert stages == {deal_id: cast.stages[n if n != 1 else 0].id for n, deal_id in enumerate(ids)}


async def test_owner_label_and_task_for_many_and_back(database, cast: Cast) -> None:
    await fill(cast, 10)
    ids, label = await _ids(cast, 6), await _label(cast)

    async def seen():
        async with reading() as session:
            owners = list(await session.execute(select(Deal.id, Deal.owner_id, Deal.labels_line).order_by(Deal.id)))
            worn = await session.scalar(select(func.count()).select_from(DealLabel))
            tasks = await session.scalar(select(func.count()).where(Task.removed_at.is_(None)))
            owned = await session.scalar(
                select(func.count())
                .select_from(Task)
                .join(Deal, (Deal.id == Task.deal_id) & (Deal.owner_id == Task.owner_id))
            )
        return owners, worn, tasks, owned

    before = await seen()
    for act in (
        lambda session: many.give_many(session, cast.alice, ids, cast.bob_user.id),
        lambda session: many.label_many(session, cast.bob, ids, label.id, on=True),
        lambda session: many.task_for_many(session, cast.bob, ids, title="Ring them", due="tomorrow"),
    ):
        async with transaction() as session:
            done = await act(session)
        changed = await seen()
        assert changed != before and len(done.back) + done.same == 6 and done.refused == []
        async with transaction() as session:
            await many.undo_many(session, cast.bob, done.back)
        assert (await seen())[:3] == before[:3]
    assert changed[1] == 0 and changed[2] == before[2] + 6 and changed[3] == before[3] + 6


async def test_nobody_else_reaches_them(database, cast: Cast) -> None:
    await fill(cast, 4)
    ids, label = await _ids(cast, 3), await _label(cast)
    for act, why in (
        (lambda session: many.move_many(session, cast.mallory, ids, cast.stages[2].id, except_for={}), NotFound),
        (lambda session: many.move_many(session, cast.mallory, ids, cast.other_stages[0].id, except_for={}), Conflict),
        (lambda session: many.give_many(session, cast.mallory, ids, cast.mallory_user.id), Conflict),
        (lambda session: many.give_many(session, cast.alice, ids, cast.mallory_user.id), NotFound),
        (lambda session: many.label_many(session, cast.mallory, ids, label.id, on=True), NotFound),
        (lambda session: many.task_for_many(session, cast.mallory, ids, title="Spy", due=""), Conflict),
        (lambda session: many.move_many(session, cast.kim, ids, cast.stages[2].id, except_for={}), NotPermitted),
        (lambda session: many.give_many(session, cast.priya, ids, cast.bob_user.id), NotPermitted),
        (lambda session: many.task_for_many(session, cast.alice, ids, title=" ", due="when?"), Invalid),
        (lambda session: many.task_for_many(session, cast.alice, [], title="x", due=""), Invalid),
    ):
        with pytest.raises(why) as refusal:
            async with transaction() as session:
                await act(session)
        assert "Deal 0" not in str(refusal.value)


async def test_two_hundred_at_most(sqlite, cast: Cast) -> None:
    await fill(cast, many.MOST + 1)
    ids = await _ids(cast, many.MOST + 1)
    with pytest.raises(Invalid):
        async with transaction() as session:
            await many.move_many(session, cast.alice, ids, cast.stages[3].id, except_for={})
