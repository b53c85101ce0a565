"""When a task is due, and what a stage asks for when a deal arrives. Pure."""

import re
from calendar import day_name, monthrange
from datetime import date, timedelta
from enum import StrEnum

from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean

TITLE_LIMIT = 200
SOON_DAYS = 7
MOST_DAYS = 365
# What "chase in …" offers.
CHASES = (1, 3, 7)

_WEEKDAYS = [name.lower() for name in day_name]
_IN_DAYS = re.compile(r"(?:in |\+)?([0-9]{1,3}|an?) ?(d|days?|w|weeks?)")
_NEAR = {"today": 0, "now": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "next week": SOON_DAYS}


class TaskTime(StrEnum):
    """Where a task stands in a list, in this order."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    WAITING = "waiting"
    DONE = "done"


def checked_title(raw: object) -> str:
    """What has to be done. Raises Invalid (`title`)."""
    title = clean(raw)
    if not title:
        raise Invalid({"title": "Say what has to be done."})
    if len(title) > TITLE_LIMIT:
        raise Invalid({"title": f"Use at most {TITLE_LIMIT} characters. This has {len(title):,}."})
    return title


def read_due(raw: object, today: date) -> date | None:
    """The day meant by "today", "tomorrow", "fri", "in 3 days", "2 weeks", "17/4" or a date; None for nothing.

    Raises Invalid (`due`). A weekday is the next one, never today, and "next fri" is that of the week after this one;
    a day without its year is the next such day.
    """
    text = clean(raw).lower()
    if not text:
        return None
    day = _near(text, today) or _weekday(text, today)
    sentence: str | None = None
    if day is None:
        day, sentence = read_day(text, today)
    if day is None:
        day = _next_such(text, today)
    if day is None:
        raise Invalid({"due": f"{sentence or 'That is no day.'} Today, tomorrow, fri and “in 3 days” work too."})
    return day


def _near(text: str, today: date) -> date | None:
    """By how far it is, or the last day of this month."""
    if text in ("end of month", "end of the month", "month end", "eom"):
        return today.replace(day=monthrange(today.year, today.month)[1])
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    found = _IN_DAYS.fullmatch(text)
    if not found:
        return None
    days = (int(found[1]) if found[1].isdigit() else 1) * (SOON_DAYS if found[2].startswith("w") else 1)
    return today + timedelta(days=days) if days <= MOST_DAYS else None


def _weekday(text: str, today: date) -> date | None:
    """By its name, or the first three letters of it or more."""
    which, _, name = text.rpartition(" ")
    named = [number for number, each in enumerate(_WEEKDAYS) if len(name) >= 3 and each.startswith(name)]
    if not named or which not in ("", "on", "this", "next"):
        return None
    if which == "next":
        return today + timedelta(days=SOON_DAYS - today.weekday() + named[0])
    return today + timedelta(days=(named[0] - today.weekday() - 1) % SOON_DAYS + 1)


def _next_such(text: str, today: date) -> date | None:
    days = (read_day(f"{text} {year}")[0] for year in (today.year, today.year + 1))
    return next((day for day in days if day is not None and day >= today), None)


def when_of(due_on: date | None, waits_until: date | None, done: bool, today: date) -> TaskTime:
    """Where a task stands today."""
    if done:
        return TaskTime.DONE
    if waits_until is not None and waits_until > today:
        return TaskTime.WAITING
    if due_on is None:
        return TaskTime.LATER
    if due_on < today:
        return TaskTime.LATE
    if due_on == today:
        return TaskTime.TODAY
    return TaskTime.SOON if due_on <= today + timedelta(days=SOON_DAYS) else TaskTime.LATER
