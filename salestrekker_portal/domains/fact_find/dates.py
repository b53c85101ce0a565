"""Days and months as people type them, and sentences for those that do not exist."""

import re
from calendar import month_name, monthrange
from datetime import date

from salestrekker_portal.domains.fact_find.vocabulary import DateLimit

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_SEPARATORS = re.compile(r"[\s/.\-,]+")
_OLDEST_YEARS = 120
_ADULT_YEARS = 18
_FURTHEST_YEARS = 60

Read = tuple[date | None, str | None]

_WHOLE_DAY = "Enter a day, a month and a year, for example 27 3 1986."
_WHOLE_MONTH = "Enter a month and a year, for example 08 2024."
_WHOLE_YEAR = "Enter the year with four digits, for example 1986."


def read_day(text: str) -> Read:
    """A day typed as dd/mm/yyyy, d m yyyy, 3 May 2024 or 2024-05-03: the date, or a sentence."""
    parts = _parts(text)
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    if len(parts) != 3:
        return None, _WHOLE_DAY
    day, month, year = _number(parts[0]), _month(parts[1]), _number(parts[2])
    if day is None or month is None or year is None:
        return None, _WHOLE_DAY
    return _build(day, month, year, len(parts[2]))


def read_month(text: str) -> Read:
    """A month typed as mm/yyyy, m yyyy, May 2024 or 2024-05: its first day, or a sentence."""
    parts = _parts(text)
    if len(parts) == 2 and len(parts[0]) == 4:
        parts.reverse()
    if len(parts) == 1 and re.fullmatch(r"[0-9]{6}", parts[0]):
        parts = [parts[0][:2], parts[0][2:]]
    if len(parts) != 2:
        return None, _WHOLE_MONTH
    month, year = _month(parts[0]), _number(parts[1])
    if month is None or year is None:
        return None, _WHOLE_MONTH
    return _build(1, month, year, len(parts[1]))


def outside(day: date, limit: DateLimit, today: date) -> str | None:
    """Why this day cannot be the answer, or None when it can."""
    if day.year < today.year - _OLDEST_YEARS:
        return f"Check the year. {day.year} is too long ago."
    if limit in (DateLimit.PAST, DateLimit.ADULT) and day > today:
        return _ahead(day, today)
    if day.year > today.year + _FURTHEST_YEARS:
        return f"Check the year. {day.year} is too far ahead."
    if limit is DateLimit.FUTURE and day < today:
        return f"Check the date. {spoken(day)} has already passed."
    if limit is DateLimit.ADULT and years_between(day, today) < _ADULT_YEARS:
        return "Everyone who applies must be 18 or older. Check the date."
    return None


def spoken(day: date) -> str:
    """The day as people say it: 3 May 2024."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def years_between(start: date, end: date) -> int:
    """Whole years from `start` to `end`."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; negative when `start` is later."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def months_before(day: date, months: int) -> date:
    """The first day of the month that many months earlier."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text.strip()) if part]


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _month(text: str) -> int | None:
    return _MONTHS.get(text[:3].lower()) if text.isalpha() else _number(text)


def _build(day: int, month: int, year: int, year_digits: int) -> Read:
    if year_digits != 4 or year < 1000:
        return None, _WHOLE_YEAR
    if not 1 <= month <= 12:
        return None, "Check the month. It goes from 1 to 12."
    last = monthrange(year, month)[1]
    if day < 1 or day > 31:
        return None, f"Check the day. It goes from 1 to {last}."
    if day > last:
        when = f"{month_name[month]} {year}" if (day, month) == (29, 2) else month_name[month]
        return None, f"{when} has no {_ordinal(day)}. Check the day."
    return date(year, month, day), None


def _ordinal(day: int) -> str:
    return f"{day}{'st' if day == 31 else 'th'}"


def _ahead(day: date, today: date) -> str:
    if day.year > today.year:
        return f"Check the year. {day.year} is in the future."
    return f"Check the date. {spoken(day)} is in the future."
