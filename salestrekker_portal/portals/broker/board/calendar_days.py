"""A month of dates in words: days with what is due, what today and this week have, and the kinds to choose from."""

from datetime import date, timedelta
from typing import TypedDict

from salestrekker_portal.domains.insights.calendar import DueDate
from salestrekker_portal.domains.insights.chosen import Between
from salestrekker_portal.domains.insights.forecast import fits
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.broker.board.address import DATE_KINDS, BoardAddress
from salestrekker_portal.portals.broker.words import value_words

WORDS = {"settlement": "Settles", "finance": "Finance due", "task": "Tasks"}
# So many stand in a day; the others behind "3 more".
MOST_IN_A_DAY = 5
# What is later than this stands in the calendar of its month only.
LATE_DAYS = 30


class BoardDate(TypedDict):
    """Something that is due on a day; `look` says how it is drawn: settlement, settled, finance, task or late. `carry`
    names it for `carry_state`, and is "" for what stays where it is."""

    key: str
    carry: str
    to: str
    look: str
    words: str
    full: str


class BoardDay(TypedDict):
    """A day of the calendar; `other`: of the month before or after."""

    key: str
    number: str
    said: str
    other: bool
    today: bool
    weekend: bool
    items: list[BoardDate]
    more: list[BoardDate]
    more_words: str


class AsideLine(TypedDict):
    """A line beside the calendar."""

    key: str
    to: str
    look: str
    words: str
    note: str
    day: str


class KindChip(TypedDict):
    """A kind of dates that is shown or not, with how many the month has."""

    key: str
    words: str
    to: str
    on: bool


def kind_of(due: DueDate) -> str:
    """What has settled is shown and left out with what will."""
    return "settlement" if due.kind == "settled" else due.kind


def chips_of(found: list[DueDate], month: Between, address: BoardAddress) -> list[KindChip]:
    """Each kind with its count in the month, whether it is shown or not."""
    counts = dict.fromkeys(DATE_KINDS, 0)
    for each in found:
        if fits(month, each.day):
            counts[kind_of(each)] += 1
    chips: list[KindChip] = []
    for kind in DATE_KINDS:
        off = kind in address.hide
        hide = tuple(each for each in DATE_KINDS if (each in address.hide) != (each == kind))
        chips.append(
            {"key": kind, "words": f"{WORDS[kind]} {counts[kind]:,}", "to": address.but(hide=hide).path, "on": not off}
        )
    return chips


def days_of(found: list[DueDate], around: Between, month: date, today: date) -> list[BoardDay]:
    """Every day of these weeks, with what it has."""
    by_day: dict[date, list[DueDate]] = {}
    for each in found:
        by_day.setdefault(each.day, []).append(each)
    day, days = around.first or month, []
    while day < (around.before or month):
        items = [_item(each, today) for each in by_day.get(day, [])]
        days.append(_day(day, items, month, today))
        day += timedelta(days=1)
    return days


def week_around(today: date) -> Between:
    """What is late since not too long, and up to Sunday."""
    return Between(first=today - timedelta(days=LATE_DAYS), before=today + timedelta(days=7 - today.weekday()))


def today_lines(found: list[DueDate], today: date) -> list[AsideLine]:
    """What should have happened, the oldest first, then what is due today."""
    late = [each for each in found if is_late(each, today) and fits(week_around(today), each.day)]
    now = [each for each in found if each.day == today]
    return [_aside(each, n, today) for n, each in enumerate([*late, *now])]


def week_lines(found: list[DueDate], today: date) -> list[AsideLine]:
    """What is due from tomorrow to Sunday."""
    coming = [each for each in found if each.day > today and fits(week_around(today), each.day)]
    return [_aside(each, n, today) for n, each in enumerate(coming)]


def week_words(found: list[DueDate], today: date) -> str:
    """What should settle from today to Sunday: $610,000 settles."""
    cents = sum(
        each.cents
        for each in found
        if each.kind == "settlement" and each.day >= today and fits(week_around(today), each.day)
    )
    return f"{value_words(cents)} settles" if cents else ""


def is_late(due: DueDate, today: date) -> bool:
    """Its day is past, and it hasn't happened."""
    return due.kind != "settled" and due.day < today


def short_name(deal: str) -> str:
    """What stands before the dash of "O’Shea – investment, Stockton": who it is about."""
    return deal.split(" – ")[0].strip() or deal


def _words(due: DueDate, name: str) -> str:
    return {"settlement": f"{name} settles", "settled": f"{name} settled", "finance": f"{name} finance"}.get(
        due.kind, due.title or name
    )


def carry_key(due: DueDate) -> str:
    """What it is, for carrying it to another day."""
    return "" if due.kind == "settled" else f"{due.kind}:{due.task_id or due.deal_id}"


def _item(due: DueDate, today: date) -> BoardDate:
    late = is_late(due, today)
    about = f"{due.title}, {due.deal}" if due.kind == "task" else _words(due, due.deal)
    return {
        # By what it is, and not by its place: whoever has the focus on it keeps that when others come and go.
        "key": f"{due.kind}-{due.task_id or due.deal_id}",
        "carry": carry_key(due),
        "to": _address(due),
        "look": "late" if late else due.kind,
        "words": _words(due, short_name(due.deal)),
        "full": f"Late: {about}" if late else about,
    }


def _aside(due: DueDate, n: int, today: date) -> AsideLine:
    late, name = is_late(due, today), short_name(due.deal)
    words, note = _words(due, name), ""
    if due.kind == "task":
        note = name
    elif late:
        words = f"{name} should have settled" if due.kind == "settlement" else f"{name}, finance was due"
    elif due.kind == "finance":
        words = f"{name}, finance due"
    if due.cents and due.kind == "settlement":
        note = value_words(due.cents)
    day = f"{due.day:%a} {due.day.day}" if abs((due.day - today).days) < 7 else f"{due.day.day} {due.day:%b}"
    return {
        "key": f"{n}", "to": _address(due), "look": "late" if late else due.kind, "words": words, "note": note,
        "day": "" if due.day == today else day,
    }  # fmt: skip


def _address(due: DueDate) -> str:
    return f"/deals/{due.deal_id}/tasks" if due.kind == "task" else f"/deals/{due.deal_id}"


def _day(day: date, items: list[BoardDate], month: date, today: date) -> BoardDay:
    # One more than there is room for stands there itself: "1 more" takes as much room.
    shown = len(items) if len(items) <= MOST_IN_A_DAY + 1 else MOST_IN_A_DAY
    other = (day.year, day.month) != (month.year, month.month)
    return {
        "key": day.isoformat(),
        "number": f"{day.day} {day:%b}" if other and day.day == 1 else str(day.day),
        "said": f"{day:%A} {day_words(day)}",
        "other": other,
        "today": day == today,
        "weekend": day.weekday() > 4,
        "items": items[:shown],
        "more": items[shown:],
        "more_words": f"{counted(len(items) - shown, 'more', 'more')}" if len(items) > shown else "",
    }
