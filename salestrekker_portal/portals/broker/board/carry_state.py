"""Carrying a date of the calendar to another day or a deal of the forecast to another month, and taking that back."""

import re
from datetime import date

import reflex as rx

from salestrekker_portal.domains.pipeline.carrying import CarriedDate, CarriedKind, carry_date, day_in_month
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local, weekday_words
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.portals.broker.board.calendar_days import short_name
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.broker.board.forecast_months import NO_DAY
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import choice_from, uuid_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal

_A_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@closes_with_page(lambda state: setattr(state, "refused", ""))
class CarryState(BrokerState, rx.State):
    """`refused` is why the last one stays where it was, said in the day or month `refused_on` where it was put down."""

    refused: str = ""
    refused_on: str = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def carry(self, what: str, seen_on: str, to: str):
        """Put it on another day. What refuses it is said there."""
        self.refused, self.refused_on = "", ""
        try:
            async with self._acting() as (session, actor):
                today = local(utc_now(), actor.time_zone).date()
                carried = _carried(what, seen_on, to, today)
                name = await carry_date(session, actor, carried)
        except Conflict as refusal:
            self.refused, self.refused_on = refusal.message, to
            return DatesState.load
        said = f"{short_name(name)} is on {weekday_words(carried.to or today, today)} now."
        return [DatesState.load, Notices.offer_undo(said, "date", f"{what} {seen_on} {carried.to}")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back(self, about: str):
        """Undo: it is on the day where it was."""
        parts = about.split(" ") if isinstance(about, str) and about.count(" ") == 2 else ("", "", "")
        async with self._acting() as (session, actor):
            today = local(utc_now(), actor.time_zone).date()
            carried = _carried(*parts, today).back
            await carry_date(session, actor, carried)
        said = f"Back on {weekday_words(carried.to, today)}." if carried.to else "It has no day again."
        return [DatesState.load, Notices.tell(said)]


UNDOES["date"] = CarryState.put_back


def _carried(what: object, seen_on: object, to: object, today: date) -> CarriedDate:
    """Raises NotFound for what neither view says. A month is a day of it."""
    kind, _, key = str(what).partition(":")
    seen = None if seen_on == NO_DAY else _day(seen_on)
    return CarriedDate(
        kind=choice_from(kind, CarriedKind, "date"), thing_id=uuid_from(key, "date"), seen_on=seen,
        to=day_in_month(_day(f"{to}-01"), seen, today) if _A_MONTH.fullmatch(str(to)) else _day(to),
    )  # fmt: skip


def _day(raw: object) -> date:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise NotFound("day") from None
