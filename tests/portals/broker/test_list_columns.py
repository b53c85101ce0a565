"""The drawer of columns, and the list that follows it."""

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.organisations.saved_views import add_view
from salestrekker_portal.portals.broker.board.columns_state import ListColumnsState
from salestrekker_portal.portals.broker.board.list_state import DealListState
from salestrekker_portal.tables.organisations import ListColumns
from tests.cast import Cast
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


def keys(state) -> list[str]:
    return [each["key"] for each in state.columns]


async def test_columns_are_chosen_ordered_and_widened_for_oneself(cast: Cast) -> None:
    seat = {"cookie": cast.cookies["alice"], "path": f"/board?workflow={cast.workflow.id}&view=list"}
    bob = {**seat, "cookie": cast.cookies["bob"], "tab": "bob"}
    async with Harness() as browser:
        listed = await browser.call(DealListState.load, **seat)
        assert keys(listed)[:3] == ["deal", "stage", "amount"] and "clients" not in keys(listed)
        assert set(listed.lines[0]["cells"]) < set(keys(listed))
        line = listed.lines[0]
        assert line["amount"] == line["cells"]["amount"] and line["stage"] == line["cells"]["stage"]
        assert line["when"].split()[0] == line["cells"]["days"] and "day" in line["when"]
        await browser.call(ListColumnsState.show, **seat, column="clients", on=True)
        await browser.call(ListColumnsState.place, **seat, column="clients", place=1)
        await browser.call(ListColumnsState.widen, **seat, column="clients", width=180.0)
        await browser.call(ListColumnsState.show, **seat, column="days", on=False)
        listed = await browser.call(DealListState.load, **seat)
        assert keys(listed)[:3] == ["deal", "clients", "stage"] and "days" not in keys(listed)
        assert listed.columns[1]["width"] == 180 and "Kim" in listed.lines[0]["cells"]["clients"]
        first, *_, last = listed.choices
        assert first["fixed"] and not first["up"] + first["down"] and not last["on"]
        assert "clients" not in keys(await browser.call(DealListState.load, **bob))
        sorted_by = next(each for each in listed.columns if each["key"] == "settles")["to"]
        turned = await browser.call(DealListState.load, **{**seat, "path": sorted_by})
        assert next(each for each in turned.columns if each["key"] == "settles")["sorted"] == "ascending"
        await browser.call(ListColumnsState.standard, **seat)
        assert "clients" not in keys(await browser.call(DealListState.load, **seat))


async def test_a_saved_view_has_columns_of_its_own(cast: Cast) -> None:
    seat = {"cookie": cast.cookies["alice"], "path": "/board?view=list&owner=me"}
    async with transaction() as session:
        await add_view(session, cast.alice, "view=list&owner=me&sort=amount", {"name": "Mine"})
    async with Harness() as browser:
        await browser.call(ListColumnsState.show, **seat, column="lvr", on=True)
        assert "lvr" in keys(await browser.call(DealListState.load, **seat))
        turned = {**seat, "path": "/board?view=list&owner=me&sort=name&dir=desc"}
        assert "lvr" in keys(await browser.call(DealListState.load, **turned))
        assert "lvr" not in keys(await browser.call(DealListState.load, **{**seat, "path": "/board?view=list"}))


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (ListColumnsState.show, {"column": "salary", "on": True}),
        (ListColumnsState.show, {"column": None, "on": "x"}),
        (ListColumnsState.widen, {"column": {"a": 1}, "width": "wide"}),
        (ListColumnsState.place, {"column": "drop table", "place": 10**30}),
    ],
)
async def test_nonsense_is_refused_and_keeps_nothing(cast: Cast, handler, payload) -> None:
    async with Harness() as browser:
        await browser.call(handler, payload, cookie=cast.cookies["alice"], path="/board?view=list")
        assert browser.refusal
    async with reading() as session:
        assert await session.scalar(select(func.count()).select_from(ListColumns)) == 0
