"""Hours of the day where people are. Pure: what an hour of the wall clock is in UTC, on any day of the year."""

from datetime import date, datetime

from salestrekker_portal.kernel.days import local

SEALS_HOUR = 6
SUMMARY_HOUR = 7
REMINDER_HOUR = 9


def day_if_after(now: datetime, zone: str, hour: int) -> date | None:
    """The local day, once the clock on the wall there shows `hour` or later; None before."""
    there = local(now, zone)
    return there.date() if there.hour >= hour else None
