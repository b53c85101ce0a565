"""The forecast and the calendar follow the address, as the board does."""

from datetime import timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.support.harness import Harness


async def test_both_views_show_the_deal_with_its_link(sqlite, cast: Cast) -> None:
    today = utc_now().date()
    async with transaction() as session:
        deal = await session.scalar(select(Deal).where(Deal.id == cast.deal.id))
        deal.expected_settlement_on = today - timedelta(days=3)
        deal.value_cents = 500_000_00
    seat, path = {"cookie": cast.cookies["bob"]}, f"/board?workflow={cast.workflow.id}"
    month = f"{today - timedelta(days=3):%Y-%m}"
    async with Harness() as browser:
        state = await browser.call(DatesState.load, path=path, **seat)
        assert state.read == ""
        state = await browser.call(DatesState.load, path=f"{path}&view=forecast", **seat)
        overdue = state.months[0]
        assert (overdue["name"], overdue["count"], overdue["total"], overdue["late"]) == (
            "Overdue",
            "1",
            "$500,000",
            True,
        )
        assert overdue["cards"][0]["to"] == f"/deals/{cast.deal.id}" and len(state.months) == 7
        state = await browser.call(DatesState.load, path=f"{path}&view=calendar&month={month}", **seat)
        items = [item for day in state.days for item in day["items"]]
        assert [item["to"] for item in items] == [f"/deals/{cast.deal.id}"] and len(state.days) % 7 == 0
        assert "view=calendar" in state.earlier and "month=" in state.later and state.read == "calendar"
        state = await browser.call(DatesState.load, path=f"{path}&view=calendar&owner=me&month=2020-02", **seat)
        assert state.none and state.month_words == "February 2020" and len(state.days) == 35
