"""Links that put the days of a message into its reader's own calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from salestrekker_portal.config import settings
from salestrekker_portal.domains.notices.calendar import CalendarDay, token_for
from salestrekker_portal.domains.notices.words import Words
from salestrekker_portal.domains.notifications.recipients import Recipient
from salestrekker_portal.kernel.days import weekday_words
from salestrekker_portal.kernel.text import counted, joined, shortened

ABOUT_LIMIT = 300


# More days than that are read on the page.
MOST_DAYS = 3


def with_calendar(words: Words, facts: Mapping[str, Any], names: list[str], recipient: Recipient, today: date) -> Words:
    """The words, with a way into a calendar for each day by which something is due; it says what is due and to whom,
    and lets nobody in.
    """
    alone = {str(facts["due_on"]): names} if facts.get("due_on") else {}
    days: Mapping[str, list[str]] = facts.get("due_days") or alone
    ways = [_way(date.fromisoformat(day), due, recipient, today) for day, due in islice(days.items(), MOST_DAYS)]
    return replace(words, ways=ways) if ways else words


def _way(day: date, names: list[str], recipient: Recipient, today: date) -> list[str]:
    title = f"{counted(max(1, len(names)), 'document')} due: {recipient.firm_name}"
    said = CalendarDay(day=day.isoformat(), title=title, about=shortened(joined(names), ABOUT_LIMIT))
    address = f"{settings().public_origin}/calendar/{token_for(said, settings().secret)}.ics"
    return [f"Put {weekday_words(day, today)} in my calendar", address]
