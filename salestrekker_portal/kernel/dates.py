"""Days and months as people type or paste them, and sentences for those that do not exist."""

import re
from calendar import day_name, month_name, monthrange
from datetime import date

from salestrekker_portal.kernel.marks import plain

_MONTH_NAMES = {name.lower(): number for number, name in enumerate(month_name) if name}
_WEEKDAYS = [name.lower() for name in day_name]
_SEPARATORS = re.compile(r"[\s/.\-,_\\']+")  # also '86, as years are shortened
_TIME = re.compile(r"[T ,]+[0-9]{1,2}:[0-9]{2}.*$", re.IGNORECASE)  # a spreadsheet's midnight
_AHEAD = 20

Read = tuple[date | None, str | None]

_WHOLE_DAY = "Enter a day, a month and a year, for example 27 3 1986."
_WHOLE_MONTH = "Enter a month and a year, for example 08 2024."
_WHOLE_YEAR = "Enter the year with four digits, for example 1986."


def read_day(text: str, today: date | None = None, *, ahead: int = _AHEAD) -> Read:
    """A day typed as dd/mm/yyyy, d.m.yy, 3 May 2024, May 3rd, 2024 or 2024-05-03: the date, or a sentence.

    A year of two digits is the latest one that is at most `ahead` years after `today`; without `today` it is refused.
    """
    parts = _parts(text)
    if len(parts) == 1 and re.fullmatch(r"[0-9]{8}", parts[0]):
        parts = _eight(parts[0])
    if len(parts) == 1 and today is not None and re.fullmatch(r"[0-9]{6}", parts[0]):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) == 3 and len(parts[0]) == 4 and parts[0].isdecimal():
        parts.reverse()
    if len(parts) == 3 and parts[0].isalpha():
        parts[0], parts[1] = parts[1], parts[0]
    if len(parts) != 3:
        return None, _WHOLE_DAY
    day, month = _number(parts[0]), _month(parts[1])
    if day is None or month is None or _number(parts[2]) is None:
        return None, _WHOLE_DAY
    return _build(day, month, parts[2], today, ahead)


def _eight(digits: str) -> list[str]:
    """Day, month and year of eight digits: 27031986, or 19860327 where that year would be none that people know."""
    year_first = digits[:2] in ("19", "20") and digits[4:6] not in ("19", "20")
    return [digits[6:], digits[4:6], digits[:4]] if year_first else [digits[:2], digits[2:4], digits[4:]]


def read_month(text: str, today: date | None = None, *, ahead: int = _AHEAD) -> Read:
    """A month typed as mm/yyyy, m yy, May 2024 or 2024-05: its first day, or a sentence."""
    parts = _parts(text)
    if len(parts) == 2 and len(parts[0]) == 4 and parts[0].isdecimal():
        parts.reverse()
    if len(parts) == 1 and re.fullmatch(r"[0-9]{6}", parts[0]):
        parts = [parts[0][:2], parts[0][2:]]
    if len(parts) != 2:
        return None, _WHOLE_MONTH
    month = _month(parts[0])
    if month is None or _number(parts[1]) is None:
        return None, _WHOLE_MONTH
    return _build(1, month, parts[1], today, ahead)


def spoken(day: date) -> str:
    """The day as people say it: 3 May 2024."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def _parts(text: str) -> list[str]:
    parts = [part for part in _SEPARATORS.split(_TIME.sub("", plain(text))) if part]
    return [part for part in parts if not _begins(part, _WEEKDAYS) and part.lower() not in ("of", "the")]


def _begins(part: str, names: list[str]) -> bool:
    return len(part) >= 3 and any(name.startswith(part.lower()) for name in names)


def _number(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,4})(?:(?<=[0-9])(?:st|nd|rd|th))?", text, re.IGNORECASE)
    return int(found[1]) if found else None


def _month(text: str) -> int | None:
    if not text.isalpha():
        return _number(text)
    found = [number for name, number in _MONTH_NAMES.items() if len(text) >= 3 and name.startswith(text.lower())]
    return found[0] if found else None


def _build(day: int, month: int, typed_year: str, today: date | None, ahead: int) -> Read:
    year = _year(typed_year, today, ahead)
    if year is None:
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


def _year(typed: str, today: date | None, ahead: int) -> int | None:
    digits = re.sub(r"[^0-9]", "", typed)
    if len(digits) == 2 and today is not None:
        latest = today.year + ahead
        return latest - (latest - int(digits)) % 100
    return int(digits) if len(digits) == 4 and int(digits) >= 1000 else None


def _ordinal(day: int) -> str:
    return f"{day}{'st' if day == 31 else 'th'}"
