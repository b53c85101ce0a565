"""The forecast and the calendar follow the address, as the board does."""

from datetime import timedelta

from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import Workflow
from tests import factories as make
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
        overdue, *rest = state.months
        assert (overdue["name"], overdue["kind"], overdue["count"], overdue["sum"]) == (
            "Overdue",
            "late",
            "1",
            "$500,000",
        )
        assert overdue["cards"][0]["to"] == f"/deals/{cast.deal.id}"
        # Four months that hold nothing, and neither "Later" nor "No settlement day", which would say nothing.
        assert [each["count"] for each in rest] == ["0"] * 4
        state = await browser.call(DatesState.load, path=f"{path}&view=calendar&month={month}", **seat)
        items = [item for day in state.days for item in day["items"]]
        assert [item["to"] for item in items] == [f"/deals/{cast.deal.id}"] and len(state.days) % 7 == 0
        assert "view=calendar" in state.earlier and "month=" in state.later and state.read == "calendar"
        state = await browser.call(DatesState.load, path=f"{path}&view=calendar&owner=me&month=2020-02", **seat)
        assert state.none and state.month_words == "February 2020" and len(state.days) == 35


async def test_a_month_says_what_settled_of_it_and_what_is_likely(sqlite, cast: Cast, frozen_clock) -> None:
    today = local(frozen_clock, cast.firm.time_zone).date()
    async with transaction() as session:
        done = await make.make_deal(session, cast.firm, cast.stages[5], cast.alice_user, name="Costa – refinance, Roe")
        done.settled_on, done.locked_at, done.value_cents = today.replace(day=2), utc_now(), 300_000_00
        for stage, cents in ((cast.stages[2], 500_000_00), (cast.stages[4], 200_000_00)):
            open_one = await make.make_deal(session, cast.firm, stage, cast.alice_user, name="Ngata – first home, Roe")
            open_one.expected_settlement_on, open_one.value_cents = today + timedelta(days=9), cents
        (await session.get(Workflow, cast.workflow.id)).goal_cents = 4_500_000_00
    path = f"/board?workflow={cast.workflow.id}&view=forecast"
    async with Harness() as browser:
        mine = await browser.call(DatesState.load, path=f"{path}&owner=me", cookie=cast.cookies["alice"])
        assert {each["goal"] for each in mine.months} == {""}, "a part of the deals has no goal of its own"
        state = await browser.call(DatesState.load, path=path, cookie=cast.cookies["alice"])
    assert {each["goal"] for each in state.months if each["kind"] == "month"} == {"Goal $4,500,000"}
    march = state.months[0]
    assert (march["name"], march["count"], march["aside"]) == ("March 2026", "2", "Day 9 of 31")
    # 60 % of 500,000 and 90 % of 200,000 are likely, beside what settled.
    assert (march["sum"], march["of"]) == ("$780,000", "of $1,000,000")
    assert (march["settled"], march["likely"], march["note"]) == ("30.0%", "48.0%", "1 deal settled, $300,000")
    assert [(card["day"], card["month"]) for card in march["cards"]] == [("18", "Mar"), ("18", "Mar")]
    assert [each["name"] for each in state.months][-1] == "No settlement day"


async def test_the_calendar_says_what_is_late_what_is_due_and_what_settled(sqlite, cast: Cast) -> None:
    today = local(utc_now(), cast.firm.time_zone).date()
    async with transaction() as session:
        late = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, name="Reyes – purchase, Cook")
        late.expected_settlement_on, late.value_cents = today - timedelta(days=2), 610_000_00
        done = await make.make_deal(session, cast.firm, cast.stages[5], cast.alice_user, name="Costa – refinance, Roe")
        done.settled_on, done.locked_at = today, utc_now()
        due = await make.make_deal(session, cast.firm, cast.stages[2], cast.bob_user, name="O’Shea – investment, Ash")
        due.finance_due_on = today
        for nth in range(9):
            busy = await make.make_deal(
                session, cast.firm, cast.stages[2], cast.bob_user, name=f"Busy {nth} – {'x' * 80}"
            )
            busy.expected_settlement_on, busy.value_cents = today, 100_000_00
    path, seat = f"/board?workflow={cast.workflow.id}&view=calendar", {"cookie": cast.cookies["bob"]}
    async with Harness() as browser:
        state = await browser.call(DatesState.load, path=path, **seat)
        day = next(each for each in state.days if each["today"])
        looks = {each["words"]: each["look"] for each in [*day["items"], *day["more"]]}
        assert looks["Costa settled"] == "settled" and looks["O’Shea finance"] == "finance"
        assert looks["Busy 3 settles"] == "settlement" and (len(day["items"]), day["more_words"]) == (5, "6 more")
        assert (
            state.today_words == f"Today, {today:%A} {today.day}"
            and state.today[0]["words"] == "Reyes should have settled"
        )
        assert [each["day"] for each in state.today].count("") == 11
        counts = {each["key"]: each["words"] for each in state.kinds}
        assert counts["finance"] == "Finance due 1" and counts["task"] == "Tasks 0"
        assert state.week_total == "$900,000 settles"
        [finance] = [each for each in state.kinds if each["key"] == "finance"]
        assert finance["on"] and "hide=finance" in finance["to"]
        hidden = await browser.call(DatesState.load, path=finance["to"], **seat)
        shown = [item["look"] for each in hidden.days for item in [*each["items"], *each["more"]]]
        assert "finance" not in shown and "settled" in shown
        # What is left out keeps its count, what stands beside stays, and turning the page keeps the choice.
        assert {each["key"]: each["words"] for each in hidden.kinds} == counts
        assert len(hidden.today) == len(state.today) and "hide=finance" in hidden.later
        elsewhere = await browser.call(DatesState.load, path=f"{path}&month=2020-02&hide=x,finance", **seat)
        assert elsewhere.none and len(elsewhere.today) == len(state.today) and "month" not in elsewhere.this_month
