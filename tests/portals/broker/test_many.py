"""Ticked in the list, done to all of them by one press, taken back by one Undo."""

from salestrekker_portal.database.second_try import TryAgain
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights.board import stage_figures
from salestrekker_portal.domains.insights.deal_list import PAGE_SIZE
from salestrekker_portal.domains.pipeline import many
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.kernel.errors import BUSY, Busy
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.many_state import ManyState
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.labels import Label
from tests.cast import Cast
from tests.domains.insights.test_board import fill
from tests.portals.broker.test_list_file import _file
from tests.support.harness import Harness


async def test_ticked_deals_move_and_come_back(sqlite, cast: Cast) -> None:
    await fill(cast, PAGE_SIZE + 10)
    seat = {"cookie": cast.cookies["alice"], "path": f"/board?workflow={cast.workflow.id}&view=list"}
    target = cast.stages[4].id

    async def standing() -> int:
        async with reading() as session:
            found = await stage_figures(session, cast.alice, cast.stages)
        return found[target].count

    before = await standing()
    async with Harness() as browser:
        await browser.call(DealListState.load, **seat)
        listed = await browser.call(DealListState.tick_page, on=True, **seat)
        assert len(listed.chosen) == PAGE_SIZE and listed.page_chosen
        listed = await browser.call(DealListState.tick_all, **seat)
        assert len(listed.chosen) == PAGE_SIZE + 11
        async with transaction() as session:
            settled = await settle_deal(session, cast.alice, cast.deal.id)
        await browser.call(ManyState.begin, deed="move", **seat)
        state = await browser.call(ManyState.go, form={"to": ""}, **seat)
        assert state.error == {"to": "Choose one."} and state.deed == "move"
        state = await browser.call(ManyState.go, form={"to": str(target)}, **seat)
        [refused] = state.refused
        assert refused["name"] == settled.name and "settled" in refused["why"] and state.deed == ""
        assert await standing() == PAGE_SIZE + 10
        # What was refused is still ticked; an older notice takes nothing back.
        listed = await browser.call(DealListState.tick, deal_id=str(cast.deal.id), on=False, **seat)
        assert listed.chosen == []
        await browser.call(ManyState.undo, number="0", **seat)
        assert browser.refusal and await standing() == PAGE_SIZE + 10
        await browser.call(ManyState.undo, number="1", **seat)
        assert await standing() == before


async def test_what_was_in_the_way_of_an_undo_keeps_nobody_from_it(sqlite, cast: Cast, monkeypatch) -> None:
    seat = {"cookie": cast.cookies["alice"], "path": f"/board?workflow={cast.workflow.id}&view=list"}
    undo_many, tries = many.undo_many, []

    async def in_the_way(*about):
        tries.append(about)
        if len(tries) == 1:
            raise TryAgain
        if len(tries) == 2:
            raise Busy
        return await undo_many(*about)

    monkeypatch.setattr(many, "undo_many", in_the_way)
    async with Harness() as browser:
        await browser.call(DealListState.load, **seat)
        await browser.call(DealListState.tick, deal_id=str(cast.deal.id), on=True, **seat)
        await browser.call(ManyState.begin, deed="move", **seat)
        await browser.call(ManyState.go, form={"to": str(cast.stages[4].id)}, **seat)
        await browser.call(ManyState.undo, number="1", **seat)
        assert len(tries) == 2 and browser.refusal == BUSY
        await browser.call(ManyState.undo, number="1", **seat)
    assert len(tries) == 3
    async with reading() as session:
        deal = await session.get(Deal, cast.deal.id)
    assert deal.stage_id == cast.deal.stage_id


async def test_a_drawer_that_was_closed_does_nothing(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["alice"], "path": f"/board?workflow={cast.workflow.id}&view=list"}
    async with transaction() as session:
        label = Label(organisation_id=cast.firm.id, name="Urgent")
        session.add(label)
        await session.flush()
        await many.label_deal(session, cast.alice, cast.deal.id, label.id, on=True)
    async with Harness() as browser:
        await browser.call(DealListState.load, **seat)
        await browser.call(DealListState.tick, deal_id=str(cast.deal.id), on=True, **seat)
        state = await browser.call(ManyState.go, form={"to": str(label.id)}, **seat)
    assert "closed" in state.error["all"] and browser.errors == []
    async with reading() as session:
        assert (await session.get(Deal, cast.deal.id)).labels_line == "Urgent"


async def test_another_list_begins_with_nothing_ticked(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["bob"]}
    path = f"/board?workflow={cast.workflow.id}&view=list"
    async with Harness() as browser:
        await browser.call(DealListState.load, path=path, **seat)
        await browser.call(DealListState.tick, path=path, deal_id=str(cast.deal.id), on=True, **seat)
        same = await browser.call(DealListState.load, path=f"{path}&sort=name", **seat)
        assert same.chosen == [str(cast.deal.id)]
        other = await browser.call(DealListState.load, path=f"{path}&owner=me", **seat)
    assert other.chosen == []


async def test_a_client_who_types_is_not_locked_out_by_a_crowd(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["alice"], "path": f"/board?workflow={cast.workflow.id}&view=list"}
    locking = next(stage for stage in cast.stages if stage.fact_find.value == "read_only")
    presence.enter(cast.deal.id, "kims-tab", cast.kim_contact.id, "Kim", "first_name")
    async with Harness() as browser:
        await browser.call(DealListState.load, **seat)
        await browser.call(DealListState.tick, deal_id=str(cast.deal.id), on=True, **seat)
        await browser.call(ManyState.begin, deed="move", **seat)
        state = await browser.call(ManyState.go, form={"to": str(locking.id)}, **seat)
    presence.enter(cast.deal.id, "kims-tab", cast.kim_contact.id, "Kim", "")
    assert "typing" in state.error["all"] and "by itself" in state.error["all"]


async def test_the_file_of_ticked_deals_has_no_others(sqlite, cast: Cast) -> None:
    await fill(cast, 5)
    seat = {"cookie": cast.cookies["bob"], "path": f"/board?workflow={cast.workflow.id}&view=list"}
    async with Harness() as browser:
        await browser.call(DealListState.load, **seat)
        await browser.call(DealListState.tick, deal_id=str(cast.deal.id), on=True, **seat)
        await browser.call(DealListState.tick, deal_id=str(cast.other_deal.id), on=True, **seat)
        await browser.call(ManyState.download, **seat)
        sent = _file(browser)
    assert sent.count("\n") == 2 and cast.deal.name in sent
