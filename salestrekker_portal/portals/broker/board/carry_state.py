"""Carrying a date of the calendar to another day, and taking that back."""

from datetime import date

import reflex as rx

from salestrekker_portal.domains.pipeline.carrying import CarriedDate, CarriedKind, carry_date
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local, weekday_words
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.portals.broker.board.calendar_days import short_name
from salestrekker_portal.portals.broker.board.dates_state import DatesState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import choice_from, uuid_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


@closes_with_page(lambda state: setattr(state, "refused", ""))
class CarryState(BrokerState, rx.State):
    """`refused` is why the last one stays where it was, said in the day `refused_on` on which it was put down."""

    refused: str = ""
    refused_on: str = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def carry(self, what: str, seen_on: str, to: str):
        """Put it on another day. What refuses it is said there."""
        carried = _carried(what, seen_on, to)
        self.refused, self.refused_on = "", carried.to.isoformat()
        try:
            async with self._acting() as (session, actor):
                name = await carry_date(session, actor, carried)
                today = local(utc_now(), actor.time_zone).date()
        except Conflict as refusal:
            self.refused = refusal.message
            return DatesState.load
        said = f"{short_name(name)} is on {weekday_words(carried.to, today)} now."
        return [DatesState.load, Notices.offer_undo(said, "date", f"{what} {seen_on} {to}")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back(self, about: str):
        """Undo: it is on the day where it was."""
        carried = _carried(
            *(about.split(" ") if isinstance(about, str) and about.count(" ") == 2 else ("", "", ""))
        ).back
        async with self._acting() as (session, actor):
            await carry_date(session, actor, carried)
            today = local(utc_now(), actor.time_zone).date()
        return [DatesState.load, Notices.tell(f"Back on {weekday_words(carried.to, today)}.")]


UNDOES["date"] = CarryState.put_back


def _carried(what: object, seen_on: object, to: object) -> CarriedDate:
    """Raises NotFound for what the calendar never says."""
    kind, _, key = str(what).partition(":")
    return CarriedDate(
        kind=choice_from(kind, CarriedKind, "date"), thing_id=uuid_from(key, "date"), seen_on=_day(seen_on), to=_day(to)
    )


def _day(raw: object) -> date:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise NotFound("day") from None
