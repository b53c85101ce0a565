"""Ticked in the list, done to all of them by one press, taken back by one Undo."""

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.insights.board import stage_figures
from salestrekker_portal.domains.insights.deal_list import PAGE_SIZE
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.many_state import ManyState
from salestrekker_portal.portals.shared.profile.presence import presence
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
