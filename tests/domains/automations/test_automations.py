"""What stages do by themselves: tried first, done once, written down, refused in words, and never round and round."""

import asyncio
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.automations import rounds, service
from salestrekker_portal.domains.documents.requests import lists_for
from salestrekker_portal.domains.firm.members import disable_member
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.kernel.clock import freeze, utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.automations import AutomationRun, StageAutomation
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.workflows import Stage
from tests.cast import Cast
from tests.domains.imports.files import line_of, written
from tests.domains.imports.test_importing import brought_in, chosen, looked_at
from tests.domains.notifications.world import notices, tell

SOON = timedelta(minutes=3)


@pytest.fixture(autouse=True)
def clock_runs():
    freeze(utc_now())
    yield
    freeze(None)


def later(by: timedelta) -> None:
    freeze(utc_now() + by)


async def switched_on(cast: Cast, what: str, *, stage: int = 1, days: int = 0, words: str = "", **more: str) -> UUID:
    typed = {"what": what, "days": str(days), "words": words, **more}
    async with transaction() as session:
        made = await service.add_automation(session, cast.alice, cast.stages[stage].id, typed)
    async with transaction() as session:
        await service.try_automation(session, cast.alice, made.id, cast.deal.id)
        await service.switch_automation(session, cast.alice, made.id, on=True)
    later(timedelta(seconds=1))
    return made.id


async def move(cast: Cast, stage: int, **how) -> None:
    async with transaction() as session:
        if (await session.get(Deal, cast.deal.id)).stage_id == cast.stages[stage].id:
            await move_deal(session, cast.alice, cast.deal.id, cast.stages[0 if stage else 1].id)
        await move_deal(session, cast.alice, cast.deal.id, cast.stages[stage].id, **how)


async def work() -> None:
    later(SOON)
    while await rounds.automations_round():
        pass


async def runs() -> list[AutomationRun]:
    async with reading() as session:
        return list(await session.scalars(select(AutomationRun).order_by(AutomationRun.created_at)))


async def a_list(cast: Cast) -> str:
    async with reading() as session:
        return (await lists_for(session, cast.alice))[0].key


async def test_on_arrival_people_are_told_papers_asked_for_and_a_note_shared_once_each(database, cast: Cast):
    await switched_on(cast, "tell:owner", words="Ring them")
    await switched_on(cast, "tell:" + str(cast.bob.id), words="Order the valuation")
    await switched_on(cast, "note:client", words="We have what we need.")
    await switched_on(cast, f"papers:{await a_list(cast)}")
    await move(cast, 1)
    assert await rounds.automations_round() == 0, "a slip may still be taken back"
    await work()
    await work()
    done = await runs()
    assert len(done) == 4 and all(run.done for run in done), [run.result for run in done]
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(DocumentRequest)) > 0
        note = (await session.scalars(select(Note))).one()
        acts = await session.scalars(select(Activity).where(Activity.kind.in_(("note:added", "request:added"))))
        who = {each.actor_name for each in acts}
    assert note.author_name == cast.alice.name and note.shared_with_client_at is not None
    assert who == {f"Automation of stage {cast.stages[1].name}"}
    await tell()
    assert [each.facts["words"] for each in await notices(cast.alice.id)] == ["Ring them"]
    assert [each.facts["words"] for each in await notices(cast.bob.id)] == ["Order the valuation"]
    shared = [each for each in await notices(cast.kim_access.id) if each.event == "note_shared"]
    assert [each.author for each in shared] == [cast.alice.name], "clients read a person’s name"


async def test_it_is_tried_before_it_is_switched_on_and_trying_writes_nothing(sqlite, cast: Cast):
    async with transaction() as session:
        typed = {"what": "note:client", "days": "", "words": "Hello"}
        made = await service.add_automation(session, cast.alice, cast.stages[1].id, typed)
    with pytest.raises(Conflict, match="Try it"):
        async with transaction() as session:
            await service.switch_automation(session, cast.alice, made.id, on=True)
    async with transaction() as session:
        words = await service.try_automation(session, cast.alice, made.id, cast.deal.id)
    assert "would share a note" in words and words.endswith("Nothing was done.")
    await move(cast, 1)
    await work()
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Note)) == 0
    assert await runs() == []


async def test_after_days_there_and_not_for_who_had_them_before(sqlite, cast: Cast):
    await move(cast, 1)
    later(timedelta(days=4))
    await switched_on(cast, "tell:owner", days=3, words="Still here")
    await work()
    assert await runs() == [], "its three days were over before the automation was on"
    await move(cast, 2)
    await move(cast, 1)
    later(timedelta(days=3) - 2 * SOON)
    await work()
    assert await runs() == []
    later(2 * SOON)
    await work()
    assert [run.result for run in await runs()] == ["tell the deal’s owner: “Still here”"]


async def test_a_move_that_is_taken_back_is_no_arrival(sqlite, cast: Cast):
    async with reading() as session:
        was = [each.id for each in cast.stages].index((await session.get(Deal, cast.deal.id)).stage_id)
    other = 1 if was != 1 else 2
    await switched_on(cast, "tell:owner", stage=was, words="Here")
    await switched_on(cast, "tell:owner", stage=other, words="There")
    await move(cast, other)
    await move(cast, was, only_from=cast.stages[other].id)
    await work()
    assert [(run.done, run.result) for run in await runs()] == [(False, "A move was taken back, which is no arrival.")]


async def test_who_has_left_what_is_gone_and_closed_deals_are_said_or_left_alone(sqlite, cast: Cast):
    await switched_on(cast, f"move:{cast.stages[2].id}")
    await switched_on(cast, f"tell:{cast.bob.id}", words="Look")
    async with transaction() as session:
        await disable_member(session, cast.alice, cast.bob.id, cast.alice.id)
    await move(cast, 1)
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).locked_at = utc_now()
    await work()
    assert await runs() == []
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).locked_at = None
        await session.delete(await session.get(Stage, cast.stages[2].id))
    await work()
    said = await runs()
    assert [run.done for run in said] == [False, False]
    assert all("can't find" in run.result for run in said), [run.result for run in said]


async def test_two_workers_and_a_killed_one_do_it_once(database, cast: Cast, monkeypatch):
    key = await switched_on(cast, "note:client", words="Once")
    await move(cast, 1)
    later(SOON)

    class KilledError(BaseException):
        pass

    def killed(*_):
        raise KilledError

    with monkeypatch.context() as broken:
        # The note stands in the transaction; the process ends before the commit.
        broken.setattr(rounds, "touch", killed)
        with pytest.raises(KilledError):
            await rounds.automations_round()
    assert await runs() == []

    async def one() -> None:
        async with transaction() as session:
            await rounds.act_on(session, key, cast.deal.id)

    await asyncio.gather(one(), one(), rounds.automations_round())
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(Note)) == 1
    assert len(await runs()) == 1


@pytest.mark.parametrize("seed", range(3))
async def test_no_random_automations_send_a_deal_round(sqlite, cast: Cast, seed: int):
    chance = Random(seed)
    count = len(cast.stages)
    for here in range(count):
        to = chance.choice([each for each in range(count) if each != here])
        await switched_on(cast, f"move:{cast.stages[to].id}", stage=here, days=chance.choice((0, 0, 1)))
    start = chance.randrange(count)
    for stage in (start, (start + 1) % count):
        await move(cast, stage)
    for _ in range(24):
        await work()
        later(timedelta(hours=2))
    moves = [run.created_at for run in await runs() if run.done]
    assert moves, "nothing ran, so nothing was shown"
    for at in moves:
        assert len([each for each in moves if at <= each < at + timedelta(days=1)]) <= 3


async def test_the_brake_says_so_in_words(sqlite, cast: Cast):
    for here, to in ((0, 1), (1, 0)):
        await switched_on(cast, f"move:{cast.stages[to].id}", stage=here)
    await move(cast, 2)
    await move(cast, 1)
    for _ in range(5):
        await work()
    said = await runs()
    assert [run.done for run in said] == [True, True, False]
    assert "less than a day ago" in said[-1].result


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"what": ""}, "what"), ({"what": "burn:all"}, "what"), ({"what": "tell:owner"}, "words"),
     ({"what": "note:client", "words": "x" * 4001}, "words"), ({"what": "note:partner", "words": "x"}, "what"),
     ({"what": "tell:owner", "words": "x", "days": "-1"}, "days"), ({"what": ["x"], "days": {}}, "what")],
)  # fmt: skip
async def test_garbage_is_said(sqlite, cast: Cast, typed, field):
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await service.add_automation(session, cast.alice, cast.stages[1].id, typed)
    assert field in refusal.value.errors


@pytest.mark.parametrize("seed", range(4))
async def test_other_words_leave_it_on_and_whatever_else_changes_has_to_be_tried_again(sqlite, cast: Cast, seed: int):
    chance = Random(seed)
    key = await switched_on(cast, "tell:owner", words="Ring them")
    choices = {
        "stage": [str(each.id) for each in cast.stages[:2]],
        "days": ["", "0", "3"],
        "what": ["tell:owner", "tell:team", f"papers:{await a_list(cast)}"],
        "words": ["Ring them", "Write to them"],
    }
    for _ in range(12):
        async with reading() as session:
            row = await service.automation_to_change(session, cast.alice, key)
            was, on = service.automation_form(row), row.on_since
        name = chance.choice(list(choices))
        typed = {**was, "words": was["words"] or "Ring them", name: chance.choice(choices[name])}
        async with transaction() as session:
            off = await service.change_automation(session, cast.alice, key, typed, was)
        async with reading() as session:
            row = await service.automation_to_change(session, cast.alice, key)
        now = service.automation_form(row)
        same = {each: now[each] for each in now if each != "words"} == {
            each: was[each] for each in was if each != "words"
        }
        assert (row.on_since, off) == ((on, False) if same else (None, on is not None)), (name, was, now)
        if not same:
            with pytest.raises(Conflict, match="Try it"):
                async with transaction() as session:
                    await service.switch_automation(session, cast.alice, key, on=True)
            async with transaction() as session:
                await service.try_automation(session, cast.alice, key, cast.deal.id)
                await service.switch_automation(session, cast.alice, key, on=True)


async def test_what_was_changed_is_what_it_does(database, cast: Cast):
    key = await switched_on(cast, "tell:owner", words="Ring them")
    await move(cast, 1)
    async with transaction() as session:
        row = await service.automation_to_change(session, cast.alice, key)
        await service.change_automation(session, cast.alice, key, {**service.automation_form(row), "words": "Write"})
    await work()
    assert [run.result for run in await runs()] == ["tell the deal’s owner: “Write”"]


async def test_a_change_is_refused_as_adding_is_and_leaves_it_as_it_was(sqlite, cast: Cast):
    key = await switched_on(cast, "tell:owner", words="Ring them")
    async with reading() as session:
        form = service.automation_form(await service.automation_to_change(session, cast.alice, key))
    wrong = [
        ({"what": ""}, Invalid), ({"words": ""}, Invalid), ({"days": "-1"}, Invalid), ({"days": "soon"}, Invalid),
        ({"what": f"move:{cast.stages[1].id}"}, Invalid), ({"stage": "x"}, NotFound), ({"stage": ["x"]}, NotFound),
        ({"stage": str(cast.other_stages[0].id)}, NotFound), ({"what": f"tell:{cast.mallory.id}"}, NotFound),
    ]  # fmt: skip
    for typed, refused in wrong:
        with pytest.raises(refused):
            async with transaction() as session:
                await service.change_automation(session, cast.alice, key, {**form, **typed}, form)
    async with reading() as session:
        row = await service.automation_to_change(session, cast.alice, key)
    assert service.automation_form(row) == form and row.on_since is not None


async def test_others_neither_see_nor_change_it(sqlite, cast: Cast):
    key = await switched_on(cast, "tell:owner", words="Ring them")
    words = {"what": "tell:owner", "words": "x"}
    for who, expected in ((cast.bob, NotPermitted), (cast.kim, NotPermitted), (cast.mallory, NotFound)):
        for deed in (
            lambda s, who=who: service.try_automation(s, who, key, cast.deal.id),
            lambda s, who=who: service.switch_automation(s, who, key, on=False),
            lambda s, who=who: service.delete_automation(s, who, key),
            lambda s, who=who: service.automation_to_change(s, who, key),
            lambda s, who=who: service.change_automation(s, who, key, {**words, "stage": str(cast.stages[1].id)}),
            lambda s, who=who: service.add_automation(s, who, cast.stages[1].id, words),
        ):
            with pytest.raises(expected):
                async with transaction() as session:
                    await deed(session)
    async with transaction() as session:
        assert await service.automation_log(session, cast.mallory) == []
        for bad in (cast.other_deal.id, uuid4()):
            with pytest.raises(NotFound):
                await service.try_automation(session, cast.alice, key, bad)
        for what in (f"tell:{cast.mallory.id}", f"move:{cast.other_stages[0].id}", f"papers:{uuid4()}", "tell:x"):
            with pytest.raises(NotFound):
                await service.add_automation(session, cast.alice, cast.stages[1].id, {"what": what, "words": "x"})
        assert (await session.get(StageAutomation, key)).on_since is not None


async def test_deals_from_a_spreadsheet_set_nothing_off_until_they_are_moved(database, cast: Cast):
    await switched_on(cast, "tell:owner", words="Ring them")
    await switched_on(cast, "tell:team", days=1, words="Still here")
    file = await chosen(cast.alice, written([line_of(number) for number in range(3)]))
    await looked_at(cast.alice, file)
    await brought_in(cast.alice, file)
    later(timedelta(days=2))
    await work()
    # The deal of everybody else here stands in that stage and isn't from the file.
    assert {run.deal_id for run in await runs()} <= {cast.deal.id}
    async with reading() as session:
        deal_id = await session.scalar(select(Deal.id).where(Deal.name == "Home loan 1"))
    for stage in (0, 1):
        async with transaction() as session:
            await move_deal(session, cast.alice, deal_id, cast.stages[stage].id)
    await work()
    assert [run.deal_id for run in await runs() if run.deal_id != cast.deal.id] == [deal_id]
