"""When an automation is due, what its form must say, and the brake. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.numbers import read_whole
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.tables.automations import AutomationDeed, StageAutomation

MOST_DAYS = 365
MOST_IN_A_FIRM = 100
TELL_LIMIT, NOTE_LIMIT = 160, 4000
# Long enough to take a slip of the mouse back before anybody hears of it.
SETTLES = timedelta(minutes=2)
DAY = timedelta(days=1)
MOST_MOVES = 3

OWNER, TEAM = "owner", "team"


def due_from(automation: StageAutomation) -> timedelta:
    """How long after a deal arrived its turn comes."""
    return timedelta(days=automation.days) if automation.days else SETTLES


def wait_words(days: int) -> str:
    """When it acts, as the beginning of a sentence."""
    return f"After {counted(days, 'day')} there" if days else "When a deal arrives"


def checked_automation(typed: Mapping[str, object]) -> dict[str, Any]:
    """AutomationDeed, about, words and days as they will be kept; who or what they name is looked up by the caller.

    `typed["what"]` is "tell:owner", "papers:<list>", "note:client" or "move:<stage>". Raises Invalid (`what`, `words`,
    `days`).
    """
    errors: dict[str, str] = {}
    kind, _, about = clean(typed.get("what")).partition(":")
    deed = AutomationDeed(kind) if kind in set(AutomationDeed) and about else None
    if deed is None or len(about) > 80:
        errors["what"] = "Choose what it does."
    words = clean(typed.get("words"), lines=deed is AutomationDeed.NOTE)
    limit = NOTE_LIMIT if deed is AutomationDeed.NOTE else TELL_LIMIT
    if deed in (AutomationDeed.TELL, AutomationDeed.NOTE) and not words:
        errors["words"] = "Write what it says."
    elif len(words) > limit:
        errors["words"] = f"Use at most {limit:,} characters. This has {len(words):,}."
    days = read_whole(clean(typed.get("days")) or "0", 0, MOST_DAYS)[0]
    if days is None:
        errors["days"] = f"Enter a whole number from 0 to {MOST_DAYS}."
    if errors:
        raise Invalid(errors)
    return {
        "deed": deed,
        "about": about,
        "words": words if deed in (AutomationDeed.TELL, AutomationDeed.NOTE) else "",
        "days": days,
    }


def demand_no_loop(now: datetime, same: datetime | None, deed: AutomationDeed, moves: int) -> None:
    """The brake. `same`: when this automation last acted on this deal; `moves`: how often automations moved it within
    a day. Raises Conflict in words for the log."""
    if same is not None and now - same < DAY:
        raise Conflict("Not again: it acted on this deal less than a day ago.")
    if deed is AutomationDeed.MOVE and moves >= MOST_MOVES:
        raise Conflict(
            f"Not moved: automations have moved this deal {MOST_MOVES} times within a day. Two of them may send it "
            "round: switch one off."
        )
