"""What stands beside a partner on a deal: who they are, since when they follow, and what they were promised."""

from datetime import datetime
from typing import Any

from salestrekker_portal.domains.partners import promises
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, local, time_words
from salestrekker_portal.tables.partners import DealPartner


def promise_of(tie: DealPartner | None, zone: str) -> dict[str, Any]:
    """In words and as a state; amber is for the broker first, before the partner reads that it is late."""
    if tie is None or tie.promised_for is None:
        return {"promise": "", "when": "", "thanked": tie is not None and tie.thanked_at is not None}
    due, now = tie.promised_for, utc_now()
    today = local(due, zone).date() <= local(now, zone).date()
    when = "late" if due <= now else "today" if today else "due"
    asked = " They asked for it." if tie.nudged_at is not None else ""
    return {"promise": f"Update by {promises.promise_words(due, zone)}.{asked}", "when": when, "thanked": False}


def owed_words(due: datetime | None, zone: str) -> dict[str, str] | None:
    """An update that a partner waits for today or longer: short, and in a sentence. None before its day."""
    if due is None:
        return None
    now, at = local(utc_now(), zone), local(due, zone)
    days = (now.date() - at.date()).days
    if days < 0:
        return None
    hour = time_words(due, zone).replace(":00", "")
    late = due <= utc_now()
    day = "today" if not days else f"{at:%a}" if days < 7 else f"{at.day} {at:%b}"
    word = f"Update {'was due' if late else 'due'} {hour if not days else f'{day} {hour}'}"
    said = promises.promise_words(due, zone)
    return {"word": word, "what": f"A partner {'was' if late else 'is'} promised the next update by {said}"}


def name_of(name: str, firm: str) -> str:
    """A partner in a list to choose from."""
    return f"{name}, {firm}" if firm else name


def note_of(firm: str, referred: bool, shared_at: datetime, zone: str) -> str:
    """Where a partner works, and since when they follow."""
    day = day_words(local(shared_at, zone).date())
    parts = [firm, f"Referred it, {day}" if referred else f"Since {day}"]
    return " · ".join(part for part in parts if part)
