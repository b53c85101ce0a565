"""One section that somebody told for an earlier loan: when, and what they have said of it since. Pure.

Kept as text in `PortalAccess.told_earlier`: "told_at" and, once they said so, "still_true" or "change", ISO instants.
"""

from collections.abc import Mapping
from datetime import datetime

TOLD_AT, STILL_TRUE, CHANGE = "told_at", "still_true", "change"


def is_open(told: Mapping[str, str]) -> bool:
    """Whether nobody has said yet that it is still true, or begun to change it."""
    return not (told.get(STILL_TRUE) or told.get(CHANGE))


def instant_of(told: Mapping[str, str], what: str) -> datetime | None:
    """When it was told, confirmed or begun to be changed."""
    return datetime.fromisoformat(told[what]) if told.get(what) else None


def said_of(told: Mapping[str, str]) -> tuple[str, datetime | None]:
    """What its client has said of it, in words for staff, and when."""
    if told.get(CHANGE):
        return "Gone through again", instant_of(told, CHANGE)
    if told.get(STILL_TRUE):
        return "Still true", instant_of(told, STILL_TRUE)
    return "Not confirmed yet", None
