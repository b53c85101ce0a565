"""A link that puts the day of a message into its reader's own calendar."""

from dataclasses import replace
from datetime import date

from salestrekker_portal.config import settings
from salestrekker_portal.domains.notices.calendar import CalendarDay, token_for
from salestrekker_portal.domains.notices.words import Words
from salestrekker_portal.domains.notifications.recipients import Recipient
from salestrekker_portal.kernel.days import weekday_words
from salestrekker_portal.kernel.text import counted, joined, shortened

ABOUT_LIMIT = 300


def with_calendar(words: Words, day: date, names: list[str], recipient: Recipient, today: date) -> Words:
    """The words, with the day for a calendar; it says what is due and to whom, and lets nobody in."""
    title = f"{counted(max(1, len(names)), 'document')} due: {recipient.firm_name}"
    said = CalendarDay(day=day.isoformat(), title=title, about=shortened(joined(names), ABOUT_LIMIT))
    address = f"{settings().public_origin}/calendar/{token_for(said, settings().secret)}.ics"
    return replace(words, ways=[[f"Put {weekday_words(day, today)} in my calendar", address]])
