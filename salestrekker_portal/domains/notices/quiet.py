"""Quiet hours: from 8 in the evening to 8 in the morning no text of ours wakes anybody, where they are. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGINS, ENDS = 20, 8
# Whoever writes by hand may decide not to wait while most people are still up, and again once they are.
LATE, EARLY = 22, 7


def leaves_at(now: datetime, zone: str) -> datetime:
    """When a text that is ready `now` leaves: at once by day, otherwise at 8 on the clock of the wall there.

    In UTC. The clock may change in between: 8 is 8 of the new day all the same.
    """
    here = ZoneInfo(zone)
    there = now.astimezone(here)
    if ENDS <= there.hour < BEGINS:
        return now
    day = there.date() + (timedelta(days=1) if there.hour >= BEGINS else timedelta(0))
    return datetime.combine(day, time(ENDS), tzinfo=here).astimezone(UTC)


def may_leave_now(now: datetime, zone: str) -> bool:
    """Whether somebody may say that a text of theirs doesn’t wait for the morning: never in the middle of the night."""
    return EARLY <= now.astimezone(ZoneInfo(zone)).hour < LATE
