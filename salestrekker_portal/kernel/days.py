"""Instants and days as people read them, in their own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from salestrekker_portal.kernel.text import counted

# Offered wherever somebody says where they are: IANA name, and who keeps it.
TIME_ZONES = [
    ("Australia/Sydney", "Sydney, Melbourne, Canberra, Hobart"),
    ("Australia/Brisbane", "Brisbane"),
    ("Australia/Adelaide", "Adelaide"),
    ("Australia/Darwin", "Darwin"),
    ("Australia/Perth", "Perth"),
    ("Pacific/Auckland", "Auckland, Wellington, Christchurch"),
    ("Pacific/Chatham", "Chatham Islands"),
]


def local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def bounds_of(day: date, zone: str) -> tuple[datetime, datetime]:
    """When a local day begins and ends, in UTC: 23, 24 or 25 hours apart, half hours where clocks move by those."""
    here = ZoneInfo(zone)
    begin = datetime.combine(day, time.min, tzinfo=here)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=here)
    return begin.astimezone(UTC), end.astimezone(UTC)


def day_words(day: date | None) -> str:
    """9 Mar 2026."""
    return f"{day.day} {day:%b %Y}" if day else ""


def weekday_words(day: date, today: date) -> str:
    """Friday 13 March, with the year where it isn't this one: a weekday is what people plan by."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def due_words(day: date, today: date) -> str:
    """today, 13 March; tomorrow, 14 March; otherwise with the weekday. Fits after "due"."""
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    return f"{near}, {day.day} {day:%B}" if near else weekday_words(day, today)


def time_words(instant: datetime, zone: str) -> str:
    """9:41 am."""
    at = local(instant, zone)
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def instant_words(instant: datetime | None, zone: str) -> str:
    """9 Mar 2026, 9:41 am."""
    if instant is None:
        return ""
    return f"{day_words(local(instant, zone).date())}, {time_words(instant, zone)}"


def ago_words(instant: datetime | None, now: datetime, zone: str) -> str:
    """just now, 5 min ago, 3 h ago; then yesterday, 4 days ago and the day, by the calendar of `zone`."""
    if instant is None:
        return ""
    seconds = max(0, int((now - instant).total_seconds()))
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{seconds // 60} min ago"
    if seconds < 86400:
        return f"{seconds // 3600} h ago"
    day = local(instant, zone).date()
    days = (local(now, zone).date() - day).days
    if days <= 1:
        return "yesterday"
    return counted(days, "day") + " ago" if days < 30 else day_words(day)


def working_day_after(day: date, days: int = 2) -> date:
    """So many working days later; weekends are none, and public holidays are not known."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
