"""Hours of the day where people are. Pure: what an hour of the wall clock is in UTC, on any day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from salestrekker_portal.kernel.days import local

SUMMARY_HOUR = 7
REMINDER_HOUR = 9


def day_if_after(now: datetime, zone: str, hour: int) -> date | None:
    """The local day, once the clock on the wall there shows `hour` or later; None before."""
    there = local(now, zone)
    return there.date() if there.hour >= hour else None


def bounds_of(day: date, zone: str) -> tuple[datetime, datetime]:
    """When a local day begins and ends, in UTC: 23, 24 or 25 hours apart, half hours where clocks move by those."""
    here = ZoneInfo(zone)
    begin = datetime.combine(day, time.min, tzinfo=here)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=here)
    return begin.astimezone(UTC), end.astimezone(UTC)
