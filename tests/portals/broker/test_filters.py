"""Filters stand in the address, so that a link shows others the same; views keep addresses under a name."""

import re

from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.portals.broker.board.address import address_of
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.broker.board.filter_state import BoardFilterState
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.board.views_state import SavedViewsState
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.domains.insights.test_board import fill
from tests.support.harness import Harness


async def test_the_form_becomes_an_address_that_shows_those_deals(sqlite, cast: Cast) -> None:
    await fill(cast, 12)
    async with transaction() as session:
        one = await session.scalar(select(Deal).where(Deal.name == "Deal 00003"))
        one.value_cents, one.lender_line = 640_000_00, "Wattle & Sons"
    form = {"lender": "Wattle & Sons", "from": "600k", "to": "$700,000", "move": "us", "settles": "not-set"}
    seat = {"cookie": cast.cookies["alice"]}
    start = f"/board?workflow={cast.workflow.id}"
    async with Harness() as browser:
        opened = await browser.call(BoardFilterState.show, path=start, **seat)
        assert {"value": "Wattle & Sons", "label": "Wattle & Sons"} in opened.lenders and opened.shown
        closed = await browser.call(BoardFilterState.apply, path=start, form=form, **seat)
        assert not closed.shown and closed.errors == {}
        [to] = re.findall(r"/board\?[^\s'\"]+", " ".join(browser.events))
        board = await browser.call(BoardState.load, path=to, **seat)
        assert [card["name"] for card in board.page["cards"].values()] == ["Deal 00003"]
        chips = (await browser.call(BoardFilterState.load, path=to, **seat)).chips
        assert [chip["words"] for chip in chips] == [
            "Lender: Wattle & Sons", "No settlement day", "$600,000 to $700,000"
        ]  # fmt: skip
        # Each chip leads to the same without it, and the form says what the address does.
        without = await browser.call(BoardState.load, path=chips[0]["to"], **seat)
        assert "lender" not in chips[0]["to"] and without.count_words == "2"
        again = await browser.call(BoardFilterState.show, path=to, **seat)
    assert again.facts | {"from": "600,000", "to": "700,000", "lender": "Wattle & Sons"} == again.facts


async def test_what_can_not_be_read_is_said_beside_its_field(sqlite, cast: Cast) -> None:
    form = {"from": "a lot", "to": "9,999,999,999", "days": "-1"}
    async with Harness() as browser:
        state = await browser.call(BoardFilterState.apply, cookie=cast.cookies["bob"], path="/board", form=form)
        assert set(state.errors) == {"from", "to", "days"}
        form = {"from": "800,000", "to": "1,000"}
        state = await browser.call(BoardFilterState.apply, cookie=cast.cookies["bob"], path="/board", form=form)
    assert set(state.errors) == {"to"}


async def test_a_filter_leaves_the_calendar_at_its_month(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["bob"]}
    path = f"/board?workflow={cast.workflow.id}&view=calendar&month=2027-02"
    async with Harness() as browser:
        state = await browser.call(BoardFilterState.load, path=path, **seat)
        assert state.chips == [] and state.all_path == ""
        await browser.call(BoardFilterState.apply, path=path, form={"news": "on"}, **seat)
        [to] = re.findall(r"/board\?[^\s'\"]+", " ".join(browser.events))
        state = await browser.call(BoardFilterState.load, path=to, **seat)
    assert "month=2027-02" in to and [chip["words"] for chip in state.chips] == ["New for me"]
    assert state.all_path == path


async def test_what_no_browser_writes_into_an_address_filters_nothing(sqlite, cast: Cast) -> None:
    said = "settles=9999-12&month=9999-12&lender=%00&days=1e9&from=-1&owner=x&view=calendar"
    async with Harness() as browser:
        state = await browser.call(BoardFilterState.load, cookie=cast.cookies["bob"], path=f"/board?{said}")
        assert state.chips == [] and browser.refusal == "" and browser.errors == []
        state = await browser.call(DatesState.load, cookie=cast.cookies["bob"], path=f"/board?{said}")
    assert state.read == "calendar" and browser.errors == []


async def test_a_view_is_kept_shared_and_deleted(sqlite, cast: Cast) -> None:
    path = f"/board?workflow={cast.workflow.id}&view=list&owner=me&stale=1&page=3&after={cast.deal.id}"
    bob, alice = ({"cookie": cast.cookies[name], "tab": name} for name in ("bob", "alice"))
    async with Harness() as browser:
        await browser.call(SavedViewsState.begin, path=path, **bob)
        state = await browser.call(SavedViewsState.save, path=path, form={"name": ""}, **bob)
        assert set(state.errors) == {"name"} and state.key
        await browser.call(SavedViewsState.save, path=path, form={"name": "Late", "shared": "on"}, **bob)
        [view] = (await browser.call(SavedViewsState.load, path="/board", **alice)).views
        # Which page somebody was on is not part of a view.
        assert address_of(view["to"].removeprefix("/board?")).page == 1 and "after" not in view["to"]
        assert view["name"] == "Late" and view["shared"] and view["mine"] and not view["on"]
        here = await browser.call(SavedViewsState.load, path=view["to"], **alice)
        assert here.current == "Late"
        gone = await browser.call(SavedViewsState.delete, path="/board", view_id=view["id"], **bob)
        gone = await browser.call(SavedViewsState.load, path="/board", **bob)
        assert gone.views == []
        await browser.call(SavedViewsState.put_back, path="/board", view_id=view["id"], **bob)
        back = await browser.call(SavedViewsState.load, path="/board", **bob)
    assert [each["name"] for each in back.views] == ["Late"]
