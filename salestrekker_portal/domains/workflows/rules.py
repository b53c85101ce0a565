"""What a workflow and a stage must be: pure."""

import re
from collections.abc import Mapping
from typing import Any

from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.money import cents_from, money_words
from salestrekker_portal.kernel.numbers import read_whole
from salestrekker_portal.kernel.text import clean, counted
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow

MOST_STALE_DAYS = 365
MEANING_LIMIT = 300
TITLE_LIMIT = 120
MOST_TASKS, TASK_LIMIT = 12, 200
_WITH_DAYS = re.compile(r"(.+?)[,;:]?\s+(?:in\s+)?([0-9]{1,4})\s*(?:d|days?)", re.IGNORECASE)
STAGE_NAME_LIMIT = 80
# A colour is a word of ours: what it looks like is the stylesheet's business.
COLOURS = {
    "": "None", "teal": "Teal", "blue": "Blue", "violet": "Violet", "amber": "Amber", "rose": "Rose", "slate": "Slate",
}  # fmt: skip

# What a workflow is for (W-02). The first five say what its new deals' fact find asks; a deal may still be another.
KINDS = {
    "home_loan": "Home loan",
    "asset_finance_consumer": "Asset finance (consumer)",
    "asset_finance_commercial": "Asset finance (commercial)",
    "commercial_loan": "Commercial loan",
    "personal_loan": "Personal loan",
    "conveyancing": "Conveyancing",
    "insurance": "Insurance",
    "real_estate": "Real estate",
    "none": "None",
}


def checked_kind(raw: object) -> str:
    """What a workflow is for. Raises Invalid (`kind`)."""
    if not isinstance(raw, str) or raw not in KINDS:
        raise Invalid({"kind": "Choose one of the types shown."})
    return raw


def checked_title(raw: object) -> str:
    """The name of a workflow. Raises Invalid (`name`)."""
    name = clean(raw)
    if not name:
        raise Invalid({"name": "Give the workflow a name."})
    if len(name) > TITLE_LIMIT:
        raise Invalid({"name": f"Use at most {TITLE_LIMIT} characters. This has {len(name):,}."})
    return name


def workflow_form(workflow: Workflow) -> dict[str, str]:
    """What the form shows of a workflow, by its fields."""
    goal = money_words(workflow.goal_cents).lstrip("$") if workflow.goal_cents else ""
    return {"name": workflow.name, "kind": workflow.kind, "monthly_goal": goal}


def checked_goal(raw: object) -> int | None:
    """What should settle in a month, in cents; nothing typed is no goal. Raises Invalid (`monthly_goal`)."""
    if not clean(raw):
        return None
    cents = cents_from(clean(raw))
    if not cents:
        raise Invalid({"monthly_goal": "Enter an amount like 4,500,000, or leave this empty."})
    return cents


def stage_form(stage: Stage) -> dict[str, str | bool]:
    """What the form shows of a stage, by its fields."""
    return {
        "name": stage.name,
        "client_name": stage.client_name,
        "client_meaning": stage.client_meaning,
        "colour": stage.colour,
        "probability_pct": str(stage.probability_pct),
        "stale_days": str(stage.stale_days),
        "tasks": task_lines(stage.tasks),
        "read_only": stage.fact_find is FactFindMode.READ_ONLY,
        "with_lender": stage.with_lender,
        "milestone": stage.milestone,
    }


def checked_stage(facts: Mapping[str, object]) -> dict[str, Any]:
    """The fields of a stage as they will be kept. A client-facing name that is empty becomes the stage's own.

    Raises Invalid (`name`, `client_name`, `client_meaning`, `colour`, `probability_pct`, `stale_days`, `tasks`).
    """
    errors: dict[str, str] = {}
    name = _text(facts.get("name"), "name", STAGE_NAME_LIMIT, errors)
    if not name and "name" not in errors:
        errors["name"] = "Give the stage a name."
    colour = clean(facts.get("colour"))
    if colour not in COLOURS:
        errors["colour"] = "Choose one of the colours shown."
    wanted = {
        "name": name,
        "client_name": _text(facts.get("client_name"), "client_name", STAGE_NAME_LIMIT, errors) or name,
        "client_meaning": _text(facts.get("client_meaning"), "client_meaning", MEANING_LIMIT, errors),
        "colour": colour,
        "probability_pct": _whole(facts.get("probability_pct"), "probability_pct", 100, errors),
        "stale_days": _whole(facts.get("stale_days"), "stale_days", MOST_STALE_DAYS, errors),
        "fact_find": FactFindMode.READ_ONLY if facts.get("read_only") else FactFindMode.EDITABLE,
        "with_lender": bool(facts.get("with_lender")),
        "tasks": tasks_typed(facts.get("tasks"), errors),
        "milestone": bool(facts.get("milestone")),
    }
    if errors:
        raise Invalid(errors)
    return wanted


def task_lines(tasks: list[dict[str, Any]] | None) -> str:
    """The tasks of a stage as its form takes them: one a line, with the days until each is due."""
    return "\n".join(f"{each['title']}, {counted(each['days'], 'day')}" for each in tasks or [])


def tasks_typed(raw: object, errors: dict[str, str], field: str = "tasks") -> list[dict[str, Any]]:
    """From lines like "Order the valuation, 3 days"; without days it is due on the day itself. Refusals land in
    `errors`."""
    lines = [line for each in clean(raw, lines=True).split("\n") if (line := clean(each))]
    if len(lines) > MOST_TASKS:
        errors[field] = f"Write at most {MOST_TASKS} tasks. These are {len(lines)}."
    found = []
    for line in lines:
        said = _WITH_DAYS.fullmatch(line)
        title, days = (said[1].strip(), int(said[2])) if said else (line, 0)
        if len(title) > TASK_LIMIT:
            errors[field] = f"Use at most {TASK_LIMIT} characters a task. One has {len(title):,}."
        elif days > MOST_STALE_DAYS:
            errors[field] = f"Enter at most {MOST_STALE_DAYS} days."
        found.append({"title": title, "days": days})
    return found


def _text(raw: object, field: str, limit: int, errors: dict[str, str]) -> str:
    text = clean(raw)
    if len(text) > limit:
        errors[field] = f"Use at most {limit} characters. This has {len(text):,}."
    return text


def _whole(raw: object, field: str, most: int, errors: dict[str, str]) -> int:
    number = read_whole(clean(raw).removesuffix("%"), 0, most)[0]
    if number is None:
        errors[field] = f"Enter a whole number from 0 to {most}."
    return number or 0
