"""What the answers of one section say: which fields are asked, what they mean, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from salestrekker_portal.domains.questions import dates
from salestrekker_portal.domains.questions.conditions import AllOf, AnyOf, Condition, Op, When
from salestrekker_portal.domains.questions.facts import options_of, today_of, value_of
from salestrekker_portal.domains.questions.parsing import Parsed, parse
from salestrekker_portal.domains.questions.vocabulary import (
    ITEM_ID,
    NOTHING_TO_ADD,
    Answers,
    Facts,
    Field,
    Kind,
    Section,
)
from salestrekker_portal.kernel.dates import read_day, read_month

__all__ = [
    "Checked",
    "CheckedList",
    "Filled",
    "Parsed",
    "asked_because",
    "begun",
    "check",
    "check_filled",
    "holds",
    "is_asked",
    "is_required",
    "parse",
    "raw_of",
    "visible_fields",
]


@dataclass(frozen=True, slots=True)
class Filled:
    """One copy of a section as stored: its own answers, and its items when it repeats."""

    answers: Answers = field(default_factory=dict)
    items: Sequence[Answers] = ()

    @property
    def started(self) -> bool:
        """Whether anybody has typed, chosen or added anything."""
        return bool(self.items) or any(raw.strip() for raw in self.answers.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """One set of answers, read. Keys are field keys; `missing` is in the order asked."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]
    missing: tuple[str, ...]
    answered: int  # how many of the needed answers are there and right

    @property
    def complete(self) -> bool:
        return not self.errors and not self.missing


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A repeating section, read: each item by its id, and what is said about the list itself."""

    items: Mapping[str, Checked]
    errors: tuple[str, ...]
    nothing_to_add: bool
    unanswered: bool  # no items, and nobody has said that there are none

    @property
    def complete(self) -> bool:
        return not self.errors and not self.unanswered and all(i.complete for i in self.items.values())


def raw_of(asked: Field, answers: Answers) -> str:
    """What was typed, or the field's default while nothing has been."""
    raw = answers.get(asked.key)
    return asked.default if raw is None else raw


def begun(asked: Field, answers: Answers) -> str:
    """What stands there while neither it nor what it is beside has been answered."""
    return "" if answers.get(asked.beside, "").strip() or answers.get(asked.key) else asked.begins


def visible_fields(section: Section, answers: Answers, facts: Facts) -> list[Field]:
    """The fields to ask now, in order. Answers of fields that are not asked count as absent."""
    seen: dict[str, str] = {}
    shown = []
    for each in section.fields:
        if each.broker_only and facts.get("audience") != "broker":
            continue
        if each.when is None or holds(each.when, seen, facts):
            shown.append(each)
            seen[each.key] = raw_of(each, answers)
    return shown


def is_asked(section: Section, facts: Facts) -> bool:
    """Whether the section as a whole is asked of this person."""
    return section.when is None or holds(section.when, {}, facts)


def is_required(asked: Field, seen: Answers, facts: Facts) -> bool:
    """Whether the section is incomplete without this field. `seen` holds answers of visible fields."""
    if asked.required_when is not None:
        return holds(asked.required_when, seen, facts)
    return asked.required


def check(section: Section, answers: Answers, facts: Facts) -> Checked:
    """Read one set of answers: a section's own, or one item's."""
    shown = visible_fields(section, answers, facts)
    seen = {each.key: raw_of(each, answers) for each in shown}
    parsed = {each.key: parse(each, seen[each.key], facts) for each in shown}
    values = {key: each.value for key, each in parsed.items() if each.value is not None}
    errors = {key: each.error for key, each in parsed.items() if each.error is not None}
    for rule in section.rules:
        for key, sentence in rule(values, facts):
            errors.setdefault(key, sentence)
    needed = [each.key for each in shown if is_required(each, seen, facts)]
    missing = tuple(key for key in needed if key not in values and key not in errors)
    answered = sum(1 for key in needed if key in values and key not in errors)
    return Checked(values, errors, missing, answered)


def check_filled(section: Section, stored: Filled, facts: Facts) -> CheckedList:
    """Read a repeating section: every item, then the rules over the list."""
    items = {item.get(ITEM_ID, str(n)): check(section, item, facts) for n, item in enumerate(stored.items)}
    nothing = not items and bool(section.nothing_label) and stored.answers.get(NOTHING_TO_ADD) == "yes"
    errors = []
    if items:
        values = [item.values for item in items.values()]
        errors = [sentence for rule in section.list_rules for _, sentence in rule(values, facts)]
    unanswered = not items and not nothing and not section.optional
    return CheckedList(items, tuple(errors), nothing, unanswered)


def holds(condition: Condition, answers: Answers, facts: Facts) -> bool:
    """Whether a condition is met by these answers and facts."""
    if isinstance(condition, AllOf):
        return all(holds(part, answers, facts) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, answers, facts) for part in condition.parts)
    if condition.op in (Op.FACT, Op.FACT_UNDER):
        return _fact_holds(condition, facts)
    return _answer_holds(condition, (answers.get(condition.subject) or "").strip(), facts)


def _answer_holds(condition: When, raw: str, facts: Facts) -> bool:
    match condition.op:
        case Op.IS:
            return raw in condition.values
        case Op.IS_NOT:
            return raw not in condition.values
        case Op.INCLUDES:
            return not set(condition.values).isdisjoint(part.strip() for part in raw.split(","))
        case Op.FILLED:
            return bool(raw)
        case Op.WORTH_UNDER:
            worth = dict(each.split("=") for each in condition.values[1:])
            ticked = [part.strip() for part in raw.split(",") if part.strip()]
            return bool(ticked) and sum(int(worth.get(each, 0)) for each in ticked) < int(condition.values[0])
        case _:
            return _months_under(raw, int(condition.values[0]), facts)


def _months_under(raw: str, months: int, facts: Facts) -> bool:
    today = today_of(facts)
    day = read_month(raw, today, ahead=0)[0] or read_day(raw, today, ahead=0)[0]
    return day is not None and 0 <= dates.months_between(day, today) < months


def _fact_holds(condition: When, facts: Facts) -> bool:
    known = value_of(condition.subject, facts)
    if condition.op is Op.FACT_UNDER:
        return isinstance(known, int | float) and known < int(condition.values[0])
    return str(known) in condition.values if condition.values else bool(known)


def asked_because(asked: Field, section: Section, answers: Answers, facts: Facts) -> str:
    """Why a conditional field is asked, as a short sentence; blank when nothing needs saying."""
    if asked.asked_because or not isinstance(asked.when, When):
        return asked.asked_because
    if asked.when.op not in (Op.IS, Op.INCLUDES) or asked.when.subject == "type":
        return ""
    cause = section.field(asked.when.subject)
    given = {part.strip() for part in raw_of(cause, answers).split(",")}
    if cause.kind is Kind.YES_NO:
        return f"Asked because you said {raw_of(cause, answers)}"
    labels = [o.label for o in options_of(cause, facts) if o.value in given & set(asked.when.values)]
    said = " and ".join(label[:1].lower() + label[1:] for label in labels)
    return f"Asked because you said {said}" if said else ""
