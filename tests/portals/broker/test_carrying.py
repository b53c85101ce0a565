"""A date of the calendar is carried to another day, said where it was put when it is refused, and brought back."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.domains.tasks.service import add_task
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.portals.broker.board.carry_state import CarryState
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.support.harness import Harness


async def test_every_date_of_the_month_is_carried_and_brought_back(sqlite, cast: Cast) -> None:
    today = local(utc_now(), cast.firm.time_zone).date()
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.expected_settlement_on = deal.finance_due_on = today
        await add_task(session, cast.alice, title="Ring them", due=f"{today:%d/%m/%Y}", deal_id=deal.id)
    seat = {"cookie": cast.cookies["bob"], "path": f"/board?workflow={cast.workflow.id}&view=calendar"}
    # Another day that the same month shows, whichever day today is.
    to = today + timedelta(days=1 if today.day < 28 else -1)
    async with Harness() as browser:
        state = await browser.call(DatesState.load, **seat)
        things = [item["carry"] for day in state.days for item in day["items"]]
        assert sorted(each.split(":")[0] for each in things) == ["finance", "settlement", "task"]
        for what in things:
            await browser.call(CarryState.carry, **seat, what=what, seen_on=today.isoformat(), to=to.isoformat())
            notice = await browser.state(Notices)
            assert f"{to.day} {to:%B}" in notice.text and notice.undoable
            assert await _on(browser, what) == [to.isoformat()]
            await browser.call(CarryState.put_back, **seat, about=f"{what} {today} {to}")
            assert browser.refusal == "" and await _on(browser, what) == [today.isoformat()]


async def _on(browser: Harness, what: str) -> list[str]:
    days = (await browser.state(DatesState)).days
    return [day["key"] for day in days if any(item["carry"] == what for item in day["items"])]


async def test_what_is_refused_is_said_on_the_day_where_it_was_put(sqlite, cast: Cast) -> None:
    today = local(utc_now(), cast.firm.time_zone).date()
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).expected_settlement_on = today
        await settle_deal(session, cast.alice, cast.deal.id)
    seat = {"cookie": cast.cookies["bob"], "path": f"/board?workflow={cast.workflow.id}&view=calendar"}
    to = (today + timedelta(days=1)).isoformat()
    async with Harness() as browser:
        state = await browser.call(
            CarryState.carry, **seat, what=f"settlement:{cast.deal.id}", seen_on=today.isoformat(), to=to
        )
        assert (state.refused_on, browser.refusal) == (to, "") and "settled" in state.refused
        state = await browser.call(DatesState.load, **seat)
        settled = [item for day in state.days for item in day["items"] if item["look"] == "settled"]
        assert [item["carry"] for item in settled] == [""], "what has settled stays where it is"
    async with reading() as session:
        assert (await session.get(Deal, cast.deal.id)).expected_settlement_on == today


@pytest.mark.parametrize("what", ["", "settled:{deal}", "settlement:", "settlement:x", "task:{deal}", ["x"], None])
@pytest.mark.parametrize("to", ["2026-12-02", "tomorrow", "", None, {}])
async def test_what_no_calendar_says_is_refused(sqlite, cast: Cast, what, to) -> None:
    what = what.replace("{deal}", str(cast.deal.id)) if isinstance(what, str) else what
    seat = {"cookie": cast.cookies["bob"], "path": "/board?view=calendar"}
    async with Harness() as browser:
        await browser.call(CarryState.carry, **seat, what=what, seen_on="2026-12-01", to=to)
        assert browser.refusal
        await browser.call(CarryState.put_back, **seat, about=f"{what} 2026-12-01 {to}")
        assert browser.refusal


async def test_a_deal_of_the_forecast_is_carried_to_a_month_and_back_to_where_it_had_none(sqlite, cast: Cast) -> None:
    seat = {"cookie": cast.cookies["bob"], "path": f"/board?workflow={cast.workflow.id}&view=forecast"}
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).expected_settlement_on = None

    def standing(state) -> dict[str, str]:
        return {month["day"]: card["seen"] for month in state.months for card in month["cards"]
                if card["key"] == str(cast.deal.id)}  # fmt: skip

    async with Harness() as browser:
        state = await browser.call(DatesState.load, **seat)
        assert standing(state) == {"": "none"}
        months = [each["day"] for each in state.months if each["kind"] == "month"]
        assert len(months) >= 4 and months == sorted(months) and "" not in months
        what = f"settlement:{cast.deal.id}"
        await browser.call(CarryState.carry, **seat, what=what, seen_on="none", to=months[2])
        [(month, day)] = standing(await browser.state(DatesState)).items()
        assert month == months[2] and day.startswith(month)
        await browser.call(CarryState.put_back, **seat, about=f"{what} none {day}")
        assert browser.refusal == "" and standing(await browser.state(DatesState)) == {"": "none"}
        state = await browser.call(CarryState.carry, **seat, what=what, seen_on=day, to=months[3])
        assert state.refused_on == months[3] and "faster" in state.refused
