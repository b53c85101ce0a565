"""The board through the gate: few statements, small patches, and nothing for those who have no business there."""

import json
from uuid import uuid4

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.insights.deal_list import PAGE_SIZE
from salestrekker_portal.domains.pipeline import settling as service
from salestrekker_portal.domains.workflows.service import add_stage
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.events.notices import Notices
from tests.cast import Cast
from tests.domains.insights.test_board import fill
from tests.support.harness import Harness
from tests.support.statements import counted, scans

MOVE_BUDGET = 6
OPEN_BOARD_BUDGET = 5
PATCH_BYTES = 2048


async def open_board(browser: Harness, cast: Cast, who: str = "alice", path: str = "/board", tab: str = "tab"):
    return await browser.call(BoardState.load, cookie=cast.cookies[who], path=path, tab=tab)


@pytest.mark.parametrize("size", [100, pytest.param(10_000, marks=pytest.mark.slow)])
async def test_move_and_patch_stay_within_their_budgets(sqlite, cast: Cast, size: int) -> None:
    await fill(cast, size)
    async with Harness() as browser:
        with counted() as opening:
            mine = await open_board(browser, cast, tab="alice")
        await open_board(browser, cast, "bob", tab="bob")
        first_stage, target = str(cast.stages[0].id), str(cast.stages[2].id)
        deal, after = mine.page["order"][first_stage][3], mine.page["order"][target][1]
        with counted() as moving:
            await browser.call(
                BoardState.move, cookie=cast.cookies["alice"], path="/board", tab="alice",
                deal_id=deal, stage_id=target, after_id=after,
            )  # fmt: skip
        assert browser.refusal == ""
        with counted() as patching:
            theirs = await browser.call(BoardState.refresh, cookie=cast.cookies["bob"], path="/board", tab="bob")
        sent = browser.bytes_sent()
        assert await scans(moving, "deals") == await scans(patching, "deals") == await scans(opening, "deals") == []
    assert len(opening) <= OPEN_BOARD_BUDGET, str(opening)
    assert len(moving) <= MOVE_BUDGET, str(moving)
    assert len(patching) <= MOVE_BUDGET, str(patching)
    assert sent <= PATCH_BYTES
    assert theirs.patch["moves"] == [{"id": deal, "stage": target, "after": after}]
    assert set(theirs.patch["counts"]) == {first_stage, target}
    assert theirs.patch["seq"] == 2


async def test_board_sends_first_cards_and_counts_only(sqlite, cast: Cast) -> None:
    await fill(cast, 600)
    async with Harness() as browser:
        state = await open_board(browser, cast)
        more = await browser.call(
            BoardState.load_more, cookie=cast.cookies["alice"], path="/board",
            stage_id=str(cast.stages[0].id), last_id=state.page["order"][str(cast.stages[0].id)][-1],
        )  # fmt: skip
    assert len(state.page["cards"]) == 180
    assert state.page["counts"][str(cast.stages[0].id)] == 100
    assert state.count_words == "601"
    assert len(more.more["order"]) == 30 and not set(more.more["order"]) & set(state.page["cards"])


async def test_a_gap_and_a_flood_load_afresh(sqlite, cast: Cast) -> None:
    await fill(cast, 60)
    async with Harness() as browser:
        state = await open_board(browser, cast)
        async with transaction() as session:
            for deal_id in list(state.page["cards"])[:20]:
                await service.move_deal(session, cast.alice, _uuid(deal_id), cast.stages[5].id)
        before = state.page["rev"]
        state = await browser.call(BoardState.refresh, cookie=cast.cookies["alice"], path="/board")
        assert state.patch == {} or state.page["rev"] != before


async def test_settled_deal_leaves_other_boards(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        await open_board(browser, cast)
        async with transaction() as session:
            await service.settle_deal(session, cast.alice, cast.deal.id)
        state = await browser.call(BoardState.refresh, cookie=cast.cookies["alice"], path="/board")
    assert state.patch["removed"] == [str(cast.deal.id)]
    assert state.count_words == "0"


async def test_a_stage_that_is_added_is_on_the_boards_that_are_open(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        assert "On hold" not in json.dumps((await open_board(browser, cast, "bob")).stages)
        async with transaction() as session:
            facts = {"name": "On hold", "client_name": "On hold", "probability_pct": "60", "stale_days": "5"}
            await add_stage(session, cast.alice, cast.workflow.id, 1, facts)
        after = await browser.call(BoardState.refresh, cookie=cast.cookies["bob"], path="/board")
    assert "On hold" in json.dumps(after.stages)


async def test_a_refused_move_puts_the_card_back_and_says_why(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        await service.settle_deal(session, cast.alice, cast.deal.id)
    tries = [
        {"deal_id": str(cast.deal.id), "stage_id": str(cast.stages[0].id), "after_id": ""},
        {"deal_id": str(cast.other_deal.id), "stage_id": str(cast.stages[0].id), "after_id": ""},
        {"deal_id": str(uuid4()), "stage_id": "no-stage", "after_id": ""},
        {"deal_id": {"evil": 1}, "stage_id": ["x"], "after_id": 5},
    ]
    async with Harness() as browser:
        for typed in tries:
            state = await browser.call(BoardState.move, cookie=cast.cookies["bob"], path="/board", **typed)
            assert browser.refusal == ""
            assert state.page["rev"]
            assert (await browser.state(Notices)).tone == "bad"


@pytest.mark.parametrize("who", ["kim", "priya", ""])
async def test_only_staff_pass_the_gate(sqlite, cast: Cast, who: str) -> None:
    cookie = cast.cookies.get(who, "")
    async with Harness() as browser:
        for handler, payload in (
            (BoardState.load, {}),
            (BoardState.refresh, {}),
            (BoardState.load_more, {"stage_id": str(cast.stages[0].id), "last_id": str(cast.deal.id)}),
            (BoardState.move, {"deal_id": str(cast.deal.id), "stage_id": str(cast.stages[0].id), "after_id": ""}),
            (DealListState.load, {}),
        ):
            state = await browser.call(handler, cookie=cookie, path="/board?view=list", **payload)
            assert browser.was_stopped
            assert str(cast.deal.id) not in json.dumps(state.dict(), default=str)


async def test_another_firm_sees_its_own_board_whatever_the_address_says(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        state = await open_board(browser, cast, "mallory", f"/board?workflow={cast.workflow.id}")
        assert str(cast.deal.id) not in json.dumps(state.page)
        assert state.workflow_id != str(cast.workflow.id)
        more = await browser.call(
            BoardState.load_more, cookie=cast.cookies["mallory"], path="/board",
            stage_id=str(cast.stages[1].id), last_id=str(cast.deal.id),
        )  # fmt: skip
        assert browser.refusal and more.more == {}


async def test_list_view_follows_the_address(sqlite, cast: Cast) -> None:
    await fill(cast, PAGE_SIZE + 5)
    path = f"/board?view=list&workflow={cast.workflow.id}&sort=amount&dir=desc"
    async with Harness() as browser:
        first = (await browser.call(DealListState.load, cookie=cast.cookies["bob"], path=path)).later
        state = await browser.call(DealListState.load, cookie=cast.cookies["bob"], path=first)
        assert browser.refusal == ""
    assert state.range_words == f"{PAGE_SIZE + 1}–{PAGE_SIZE + 6} of {PAGE_SIZE + 6} deals"
    assert {each["key"]: each["sorted"] for each in state.columns}["amount"] == "descending"
    assert state.later == "" and "page" not in state.earlier and "before" not in state.earlier


def test_addresses_survive_nonsense() -> None:
    # A lender may be called anything; nothing else can be this.
    assert read_address(lambda name: "';drop table deals;--").but(lender="") == BoardAddress()
    known = {"view": "list", "page": "-3", "sort": "name", "workflow": "x"}
    assert read_address(lambda name: known.get(name, "")) == BoardAddress(view="list", sort="name")


def _uuid(text: str):
    from uuid import UUID

    return UUID(text)
