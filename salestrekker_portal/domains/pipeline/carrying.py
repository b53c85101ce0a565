"""A date is carried to another day: a settlement that is expected, finance that is due, a task."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.tasks.queries import access_task
from salestrekker_portal.domains.tasks.service import put_on_day
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local, weekday_words
from salestrekker_portal.kernel.errors import Conflict, NotFound

# Nobody's settlement or task is in another century: that is a slip, or garbage.
FIRST_YEAR, LAST_YEAR = 1990, 2099
SATURDAY = 5


class CarriedKind(StrEnum):
    """What may be carried; what has settled stays where it is."""

    SETTLEMENT = "settlement"
    FINANCE = "finance"
    TASK = "task"


_COLUMNS = {CarriedKind.SETTLEMENT: "expected_settlement_on", CarriedKind.FINANCE: "finance_due_on"}


@dataclass(frozen=True, kw_only=True)
class CarriedDate:
    """A date where somebody saw it, and where it should go. `thing_id`: the deal's, or the task's. A settlement may
    have had no day, and then goes back to none."""

    kind: CarriedKind
    thing_id: UUID
    seen_on: date | None
    to: date | None

    @property
    def back(self) -> "CarriedDate":
        return CarriedDate(kind=self.kind, thing_id=self.thing_id, seen_on=self.to, to=self.seen_on)


def day_in_month(first: date, was: date | None, today: date) -> date:
    """When a deal settles that was put into a month: on the same day of it as before, on the last one where it had none
    or the month is shorter; not on a day that is over, and on no weekend while the month has another. Pure."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    day = min(first + timedelta(days=(was or last).day - 1), last)
    day = max(day, today) if today <= last else day
    if day.weekday() < SATURDAY:
        return day
    monday, friday = (day + timedelta(days=number - day.weekday()) for number in (7, 4))
    if monday <= last:
        return monday
    return friday if friday >= today or today > last else day


async def carry_date(session: WriteSession, actor: Actor, carried: CarriedDate) -> str:
    """Put it on the other day; the name of the deal or task. Nothing when it is there already.

    Raises NotFound, NotPermitted, Conflict (settled, archived, done, or on another day by now than was seen).
    """
    if carried.to is None and carried.kind is not CarriedKind.SETTLEMENT:
        raise NotFound("day")
    if carried.to and not FIRST_YEAR <= carried.to.year <= LAST_YEAR:
        raise Conflict(f"Choose a day from {FIRST_YEAR} to {LAST_YEAR}.")
    if carried.kind is CarriedKind.TASK and carried.to:
        task = await access_task(session, actor, carried.thing_id)
        if task.done_at is not None:
            raise Conflict("This task is done already.")
        if task.due_on != carried.to:
            _demand_seen(task.due_on, carried, actor)
            put_on_day(session, actor, task, carried.to)
        return task.title
    deal = await access_deal(session, actor, carried.thing_id, Permission.DEAL_WRITE)
    demand_open(deal)
    column = _COLUMNS[carried.kind]
    if getattr(deal, column) != carried.to:
        _demand_seen(getattr(deal, column), carried, actor)
        setattr(deal, column, carried.to)
        record(session, actor, "deal:changed", organisation_id=deal.organisation_id, deal_id=deal.id, fields=column)
        board_changed(session, deal.organisation_id, deal.id, placed=True)
    return deal.name


def _demand_seen(now: date | None, carried: CarriedDate, actor: Actor) -> None:
    """Nobody overwrites a day that they have not seen."""
    if now != carried.seen_on:
        today = local(utc_now(), actor.time_zone).date()
        where = f"is on {weekday_words(now, today)} by now" if now else "has no day any more"
        raise Conflict(f"Somebody was faster: it {where}. Look again, and move it from there.")
