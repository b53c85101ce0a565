"""On which days somebody is reminded. Pure: days in, a day out."""

import re
from collections.abc import Sequence
from datetime import date

from salestrekker_portal.kernel.days import working_day_after
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean

STANDARD, USUAL_MOST = (2, 4, 7), 3
MOST_STEPS, FURTHEST, MOST = 6, 30, 10
_DAYS = re.compile(r"[0-9]{1,3}(?:[ ,;]+[0-9]{1,3})*")


def read_rhythm(raw: object) -> tuple[int, ...]:
    """Working days after the asking, as typed: "2, 4, 7". Raises Invalid (`rhythm`)."""
    text = clean(raw)
    if not _DAYS.fullmatch(text):
        raise Invalid({"rhythm": "Enter working days like 2, 4, 7."})
    days = tuple(int(each) for each in re.split(r"[ ,;]+", text))
    if len(days) > MOST_STEPS:
        raise Invalid({"rhythm": f"Enter at most {MOST_STEPS} days. More reminders repeat the last pause."})
    if any(later <= earlier for earlier, later in zip((0, *days), days, strict=False)):
        raise Invalid({"rhythm": "Each day is later than the one before, and the first is 1 or more."})
    if days[-1] > FURTHEST:
        raise Invalid({"rhythm": f"The last day is at most {FURTHEST}."})
    return days


def read_most(raw: object) -> int:
    """How many chasers one thing gets, as typed. Raises Invalid (`most`)."""
    text = clean(raw)
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST:
        raise Invalid({"most": f"Enter a number from 1 to {MOST}."})
    return int(text)


def offset_of(rhythm: Sequence[int], number: int) -> int:
    """Working days from the asking to chaser `number`, from 0. Beyond the rhythm its last pause repeats."""
    if number < len(rhythm):
        return rhythm[number]
    last = rhythm[-1] - (rhythm[-2] if len(rhythm) > 1 else 0)
    return rhythm[-1] + (number - len(rhythm) + 1) * last


def next_day(asked_on: date, chased_on: Sequence[date], rhythm: Sequence[int], most: int) -> date | None:
    """When one thing is next chased; None once it was as often as the firm wants.

    `chased_on` are days since it was asked. A chaser that came early (with another's, or by a press) moves the next:
    the pause between two is never shorter than the rhythm's.
    """
    number = len(chased_on)
    if number >= most:
        return None
    due = working_day_after(asked_on, offset_of(rhythm, number))
    if not chased_on:
        return due
    pause = offset_of(rhythm, number) - offset_of(rhythm, number - 1)
    return max(due, working_day_after(max(chased_on), pause))


def is_working_day(day: date) -> bool:
    """Nobody is chased on a Saturday or Sunday."""
    return day.weekday() < 5
