"""What a day has to be to answer a question, and time that has passed between two."""

from datetime import date

from salestrekker_portal.domains.questions.vocabulary import DateLimit
from salestrekker_portal.kernel.dates import spoken

_OLDEST_YEARS = 120
_ADULT_YEARS = 18
_FURTHEST_YEARS = 60
# How far ahead of today the two digits of a year may lie.
_YEARS_AHEAD = {DateLimit.PAST: 0, DateLimit.ADULT: 0, DateLimit.FUTURE: 99}


def years_ahead(limit: DateLimit) -> int:
    """For a year of two digits: "86" of a birth is 1986, of a loan's end 2086."""
    return _YEARS_AHEAD.get(limit, 20)


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


def _ahead(day: date, today: date) -> str:
    if day.year > today.year:
        return f"Check the year. {day.year} is in the future."
    return f"Check the date. {spoken(day)} is in the future."
