"""Tasks: read as people write them, done and undone, put off, and asked for by stages."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.merging import merge_contacts
from salestrekker_portal.domains.clients.parting import take_apart
from salestrekker_portal.domains.firm.members import disable_member
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.domains.tasks import service
from salestrekker_portal.domains.tasks.queries import done_tasks, open_tasks, tasks_around
from salestrekker_portal.domains.tasks.rules import TaskTime, read_due, when_of
from salestrekker_portal.domains.workflows.rules import checked_stage, stage_form
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage
from tests import factories as make
from tests.cast import Cast

MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("", None), ("today", 0), ("Tomorrow", 1), ("fri", 4), ("monday", 7), ("in 3 days", 3), ("2 weeks", 14),
     ("1 day", 1), ("next week", 7), ("17/3/2026", 8), ("17 Mar 26", 8), ("17/3", 8),
     ("9 Mar", 0), ("Mon 8/3", 364), ("next fri", 11), ("Next Monday", 7), ("next sun", 13), ("this fri", 4),
     ("on Friday", 4), ("in a week", 7), ("a day", 1), ("+3 days", 3), ("tmrw", 1), ("end of month", 22), ("EOM", 22)],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed, days):
    assert read_due(typed, MONDAY) == (None if days is None else MONDAY + timedelta(days=days))


@pytest.mark.parametrize(
    "typed",
    ["soonish", "next", "last fri", "next fr", "the fri", "week", "in the week", "end", "31/2/2026", "31/2", "17",
     "3/2026", "in 999 days", "fr", "x" * 500],
)  # fmt: skip
def test_what_is_no_day_is_said(typed):
    with pytest.raises(Invalid) as refusal:
        read_due(typed, MONDAY)
    assert "tomorrow" in refusal.value.errors["due"]


def test_where_a_task_stands():
    day = timedelta(days=1)
    assert when_of(MONDAY - day, None, False, MONDAY) is TaskTime.LATE
    assert when_of(MONDAY, None, False, MONDAY) is TaskTime.TODAY
    assert when_of(MONDAY + 7 * day, None, False, MONDAY) is TaskTime.SOON
    assert (
        when_of(MONDAY + 8 * day, None, False, MONDAY) is TaskTime.LATER
        and when_of(None, None, False, MONDAY) is TaskTime.LATER
    )
    assert when_of(MONDAY + day, MONDAY + day, False, MONDAY) is TaskTime.WAITING
    assert (
        when_of(MONDAY, MONDAY, False, MONDAY) is TaskTime.TODAY
        and when_of(MONDAY, None, True, MONDAY) is TaskTime.DONE
    )


def test_a_stages_tasks_are_written_one_a_line():
    typed = {"name": "Lodged", "probability_pct": "50", "stale_days": "7"}
    kept = checked_stage({**typed, "tasks": "Order the valuation, 3 days\n\nRing them\nSend it in 10 d"})
    asked = [
        {"title": "Order the valuation", "days": 3},
        {"title": "Ring them", "days": 0},
        {"title": "Send it", "days": 10},
    ]
    assert kept["tasks"] == asked
    shown = stage_form(Stage(workflow_id=uuid4(), position=0, **kept))
    assert checked_stage(shown)["tasks"] == asked
    with pytest.raises(Invalid) as refusal:
        checked_stage({**typed, "tasks": "\n".join("abc") + "\n" + "\n".join("1234567890")})
    assert "at most 12" in refusal.value.errors["tasks"]


async def _task(cast: Cast, who="alice", **facts) -> Task:
    async with transaction() as session:
        return await service.add_task(session, getattr(cast, who), **{"title": "Ring them", **facts})


async def _move_of(cast: Cast) -> Move:
    async with reading() as session:
        return await session.scalar(select(Deal.move).where(Deal.id == cast.deal.id))


async def test_a_task_that_is_due_makes_it_our_move_until_it_is_done_or_put_off(database, cast: Cast):
    async with transaction() as session:
        other = await service.add_task(session, cast.bob, title="Later", due="in 30 days", deal_id=cast.deal.id)
    before = await _move_of(cast)
    task = await _task(cast, due="today", deal_id=cast.deal.id)
    assert before is not Move.US and await _move_of(cast) is Move.US
    async with transaction() as session:
        await service.finish_task(session, cast.bob, task.id, done=True)
    assert await _move_of(cast) is before
    async with transaction() as session:
        await service.finish_task(session, cast.bob, task.id, done=False)
    assert await _move_of(cast) is Move.US
    async with transaction() as session:
        await service.put_off_task(session, cast.bob, task.id, 3)
    assert await _move_of(cast) is before
    async with reading() as session:
        titles = [each.task.id for each in await open_tasks(session, cast.alice, deal_id=cast.deal.id)]
        assert titles == [task.id, other.id] and not await done_tasks(session, cast.alice, cast.deal.id)


async def test_another_day_ends_its_waiting(sqlite, cast: Cast):
    task = await _task(cast, due="today", deal_id=cast.deal.id)
    form = {"title": "Ring them again", "owner": str(cast.alice.id)}
    today = service.today_of(cast.alice)
    async with transaction() as session:
        shown = service.task_form(await service.put_off_task(session, cast.alice, task.id, 7))
    later = today + timedelta(days=7)
    for due, waits, when in ((shown["due"], later, TaskTime.WAITING), ("today", None, TaskTime.TODAY)):
        async with transaction() as session:
            kept = await service.change_task(session, cast.alice, task.id, {**form, "due": due}, None)
        assert (kept.waits_until, when_of(kept.due_on, kept.waits_until, False, today)) == (waits, when)
    assert await _move_of(cast) is Move.US


async def test_whose_they_are(database, cast: Cast):
    mine, bobs = await _task(cast), await _task(cast, who="bob")
    async with reading() as session:
        assert [each.task.id for each in await open_tasks(session, cast.alice, owner_id=cast.alice.id)] == [mine.id]
        assert {each.task.id for each in await open_tasks(session, cast.alice)} == {mine.id, bobs.id}
        assert not await open_tasks(session, cast.mallory)
    for who, refusal in (("mallory", NotFound), ("kim", NotPermitted), ("priya", NotPermitted)):
        with pytest.raises(refusal):
            async with transaction() as session:
                await service.finish_task(session, getattr(cast, who), mine.id, done=True)
    with pytest.raises(NotFound):
        await _task(cast, owner_id=cast.mallory_user.id)
    async with transaction() as session:
        await disable_member(session, cast.alice, cast.bob_user.id, cast.alice_user.id)
    async with reading() as session:
        found = await open_tasks(session, cast.alice, owner_id=cast.alice.id)
    assert {each.task.id for each in found} == {mine.id, bobs.id}


async def test_a_stage_asks_once_for_what_is_to_be_done_there(database, cast: Cast):
    async with transaction() as session:
        stage = await session.get(Stage, cast.stages[2].id)
        stage.tasks = [{"title": "Order the valuation", "days": 3}, {"title": "Ring them", "days": 0}]
    for target in (2, 1, 2):
        async with transaction() as session:
            await move_deal(session, cast.bob, cast.deal.id, cast.stages[target].id)
    async with reading() as session:
        found = await open_tasks(session, cast.alice, deal_id=cast.deal.id)
    today = service.today_of(cast.bob)
    assert [(each.task.title, each.task.due_on) for each in found] == [
        ("Ring them", today), ("Order the valuation", today + timedelta(days=3)),
    ]  # fmt: skip
    assert {each.task.owner_id for each in found} == {cast.alice_user.id}


async def test_a_task_about_a_contact_goes_along_when_they_are_merged_and_comes_back(database, cast: Cast) -> None:
    async with transaction() as session:
        twin = await make.make_contact(session, cast.firm, "Kimmy", "Nguyen", mobile="+61491570110")
        own = await service.add_task(session, cast.bob, title="Ring Kimmy", due="today", contact_id=twin.id)
        on_deal = await service.add_task(session, cast.bob, title="Of the deal", deal_id=cast.deal.id)
    async with reading() as session:
        mine = await open_tasks(session, cast.bob, owner_id=cast.bob.id)
        assert [each.contact for each in mine] == ["Kimmy Nguyen", ""]
        around = await tasks_around(session, cast.alice, twin.id, [cast.deal.id])
        assert [each.task.id for each in around] == [own.id, on_deal.id]
        assert [each.task.id for each in await tasks_around(session, cast.alice, twin.id)] == [own.id]
        assert await tasks_around(session, cast.mallory, twin.id, [cast.deal.id]) == []
    async with transaction() as session:
        merge = await merge_contacts(session, cast.alice, cast.kim_contact.id, twin.id)
    async with reading() as session:
        assert [each.task.id for each in await tasks_around(session, cast.alice, cast.kim_contact.id)] == [own.id]
    with pytest.raises(Conflict, match="merged into another contact"):
        async with transaction() as session:
            await service.add_task(session, cast.alice, title="Late", contact_id=twin.id)
    async with transaction() as session:
        await take_apart(session, cast.alice, merge.id)
    async with reading() as session:
        assert (await session.get(Task, own.id)).contact_id == twin.id


async def test_a_task_about_a_contact_is_the_firms_own(database, cast: Cast) -> None:
    for actor, contact in ((cast.mallory, cast.kim_contact.id), (cast.alice, uuid4())):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await service.add_task(session, actor, title="Ring", contact_id=contact)
    for actor in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await service.add_task(session, actor, title="Ring", contact_id=cast.kim_contact.id)
