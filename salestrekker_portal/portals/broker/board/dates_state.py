"""The forecast by month and the calendar of a workflow, as filtered as its board."""

from datetime import date, timedelta

import reflex as rx

from salestrekker_portal.domains.insights.calendar import DueDate, dates_of
from salestrekker_portal.domains.insights.chosen import Between, BoardFilter, month_after, settles_between
from salestrekker_portal.domains.insights.forecast import forecast, settled_this_month
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.portals.broker.board.address import BoardAddress, read_address
from salestrekker_portal.portals.broker.board.calendar_days import (
    AsideLine,
    BoardDay,
    KindChip,
    chips_of,
    days_of,
    kind_of,
    today_lines,
    week_around,
    week_lines,
    week_words,
)
from salestrekker_portal.portals.broker.board.filter_words import MONTHS
from salestrekker_portal.portals.broker.board.forecast_months import ForecastMonth, months_of
from salestrekker_portal.portals.broker.board.reading import stages_shown
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.tables.access import Portal


class DatesState(BrokerState, rx.State):
    """Read only while its view is shown."""

    months: list[ForecastMonth] = []
    days: list[BoardDay] = []
    month_words: str = ""
    none: bool = False
    earlier: str = ""
    later: str = ""
    this_month: str = ""
    kinds: list[KindChip] = []
    today_words: str = ""
    today: list[AsideLine] = []
    week: list[AsideLine] = []
    week_total: str = ""
    # Which of the two has been read.
    read: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the view of the address; nothing while the board or the list is shown."""
        address = read_address(self._query)
        if address.view not in ("forecast", "calendar"):
            return
        async with self._looking() as (session, actor):
            workflows = await workflows_with_stages(session, actor)
            stages = stages_shown(workflows, address)
            today, chosen = local(utc_now(), actor.time_zone).date(), address.filter(actor)
            if address.view == "forecast":
                columns = await forecast(session, actor, stages, chosen, today)
                settled = await settled_this_month(session, actor, stages, chosen, today)
                # Of some of its deals the whole workflow's goal would say nothing.
                goal = next((each.goal_cents for each, its in workflows if its is stages), None)
                self.months = months_of(columns, stages, today, settled, goal if chosen == BoardFilter() else None)
            else:
                shown = settles_between(address.month or f"{today:%Y-%m}", today) or Between()
                first, last = _weeks(shown, today)
                around = Between(first=first, before=last)
                found = await dates_of(session, actor, stages, chosen, around, week_around(today))
                self._show(address, found, shown, around, today)
        self.read = address.view

    def _show(self, address: BoardAddress, found: list[DueDate], shown: Between, around: Between, today: date) -> None:
        month = shown.first or today
        self.month_words = f"{MONTHS[month.month - 1]} {month.year}"
        before = (month.replace(day=1) - timedelta(days=1)).replace(day=1)
        self.earlier = address.but(month=f"{before:%Y-%m}").path
        self.later = address.but(month=f"{month_after(month):%Y-%m}").path
        self.this_month = address.but(month="").path
        self.kinds = chips_of(found, shown, address)
        kept = [each for each in found if kind_of(each) not in address.hide]
        self.days = days_of(kept, around, month, today)
        self.none = not any(day["items"] for day in self.days)
        self.today_words = f"Today, {today:%A} {today.day}"
        self.today, self.week = today_lines(found, today), week_lines(found, today)
        self.week_total = week_words(found, today)


def _weeks(shown: Between, today: date) -> tuple[date, date]:
    """The whole weeks around a month, from a Monday to the Monday after the last."""
    first, before = shown.first or today, shown.before or today
    return first - timedelta(days=first.weekday()), before + timedelta(days=-before.weekday() % 7)
