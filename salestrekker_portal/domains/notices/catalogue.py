"""Everything that somebody can be told about, as data: to whom, how, at what default, and in which words.

A key is for ever: choices that people made are stored under it. Texts use merge fields in braces; `FIELDS` names
them all, and an event lists those that it knows. Each line of `email_text` is a paragraph.
"""

from salestrekker_portal.domains.notices.events import (
    ALL,
    AT_ONCE,
    BOTH,
    EMAIL,
    FIELDS,
    NONE,
    PILE,
    REQUESTS_SETTLE,
    TYPING_SETTLES,
    Event,
    Ways,
)
from salestrekker_portal.domains.notices.to_clients import TO_CLIENTS
from salestrekker_portal.domains.notices.to_partners import TO_PARTNERS
from salestrekker_portal.domains.notices.to_staff import TO_STAFF
from salestrekker_portal.tables.notifications import Audience

__all__ = [
    "ALL", "AT_ONCE", "BOTH", "BY_KEY", "CATALOGUE", "EMAIL", "FIELDS", "NONE", "PILE", "REQUESTS_SETTLE",
    "TYPING_SETTLES", "Event", "Ways", "events_for",
]  # fmt: skip

CATALOGUE: tuple[Event, ...] = (*TO_CLIENTS, *TO_STAFF, *TO_PARTNERS)
BY_KEY: dict[str, Event] = {event.key: event for event in CATALOGUE}


def events_for(audience: Audience) -> list[Event]:
    """The events that this audience can be told of, in the order of their settings pages."""
    return [event for event in CATALOGUE if event.audience is audience]
