"""When an automation is due, what its form must say, and the brake. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from salestrekker_portal.domains.automations.conditions import checked_conditions
from salestrekker_portal.domains.workflows.rules import tasks_typed
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

# More would be a second automation.
MOST_STEPS = 4
STEP_FIELDS = ("what", "words")
WORDED = (AutomationDeed.TELL, AutomationDeed.NOTE, AutomationDeed.TASK)

OWNER, TEAM = "owner", "team"


@dataclass(frozen=True, kw_only=True)
class AutomationStep:
    """One deed of an automation. `about`: whom it tells or gives a task, which list it asks for, or the stage that it
    moves to."""

    deed: AutomationDeed
    about: str
    words: str


def due_from(automation: StageAutomation) -> timedelta:
    """How long after a deal arrived its turn comes."""
    return timedelta(days=automation.days) if automation.days else SETTLES


def wait_words(days: int) -> str:
    """When it acts, as the beginning of a sentence."""
    return f"After {counted(days, 'day')} there" if days else "When a deal arrives"


def steps_of(automation: StageAutomation) -> list[AutomationStep]:
    """What it does, in order."""
    more = [(AutomationDeed(each["deed"]), each["about"], each["words"]) for each in automation.more]
    return [AutomationStep(deed=deed, about=about, words=words) for deed, about, words in [_first(automation), *more]]


def _first(automation: StageAutomation) -> tuple[AutomationDeed, str, str]:
    return automation.deed, automation.about, automation.words


def heaviest(steps: Sequence[AutomationStep]) -> AutomationDeed:
    """The deed that its log row carries: a move, if there is one, because the brake counts those."""
    deeds = [each.deed for each in steps]
    return AutomationDeed.MOVE if AutomationDeed.MOVE in deeds else deeds[0]


def field_of(name: str, place: int) -> str:
    """The form's field of a step: what, what2, what3."""
    return f"{name}{place + 1}" if place else name


def checked_automation(typed: Mapping[str, object]) -> dict[str, Any]:
    """Everything of it as it will be kept; who or what it names is looked up by the caller.

    `typed["what"]` is "tell:owner", "task:owner", "papers:<list>", "note:client" or "move:<stage>", and so are "what2"
    and those after it, in whose order things are done. Raises Invalid, by the fields.
    """
    errors: dict[str, str] = {}
    places = [0, *[at for at in range(1, MOST_STEPS) if any(clean(typed.get(field_of(n, at))) for n in STEP_FIELDS)]]
    steps = [_checked_step(typed, at, errors) for at in places]
    moves = [at for at, step in zip(places, steps, strict=True) if step and step.deed is AutomationDeed.MOVE]
    if len(moves) > 1:
        errors[field_of("what", moves[1])] = "It can move the deal once."
    days = read_whole(clean(typed.get("days")) or "0", 0, MOST_DAYS)[0]
    if days is None:
        errors["days"] = f"Enter a whole number from 0 to {MOST_DAYS}."
    only_if = checked_conditions(typed, errors)
    if errors:
        raise Invalid(errors)
    first, *more = [asdict(each) for each in steps if each]
    return {**first, "more": more, "only_if": only_if, "days": days}


def _checked_step(typed: Mapping[str, object], place: int, errors: dict[str, str]) -> AutomationStep | None:
    what, said = field_of("what", place), field_of("words", place)
    kind, _, about = clean(typed.get(what)).partition(":")
    deed = AutomationDeed(kind) if kind in set(AutomationDeed) and about else None
    if deed is None or len(about) > 80:
        errors[what] = "Choose what it does."
    words = clean(typed.get(said), lines=deed in (AutomationDeed.NOTE, AutomationDeed.TASK))
    limit = NOTE_LIMIT if deed in (AutomationDeed.NOTE, AutomationDeed.TASK) else TELL_LIMIT
    if deed in WORDED and not words:
        errors[said] = "Write what has to be done." if deed is AutomationDeed.TASK else "Write what it says."
    elif len(words) > limit:
        errors[said] = f"Use at most {limit:,} characters. This has {len(words):,}."
    elif deed is AutomationDeed.TASK:
        tasks_typed(words, errors, said)
    return AutomationStep(deed=deed, about=about, words=words if deed in WORDED else "") if deed else None


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
