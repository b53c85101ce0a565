"""How tasks read in a list, group by group."""

from datetime import date
from typing import TypedDict

from salestrekker_portal.domains.tasks.queries import TaskFacts
from salestrekker_portal.domains.tasks.rules import TaskTime, when_of
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.text import initials

HEADS = {
    TaskTime.LATE: "Late",
    TaskTime.TODAY: "Today",
    TaskTime.SOON: "Next seven days",
    TaskTime.LATER: "Later",
    TaskTime.WAITING: "Waiting",
    TaskTime.DONE: "Done",
}


class TaskShown(TypedDict):
    """One task, in words; `head` is the heading above it where its group begins, with how many and a note. `deal` is
    what it is about: a deal, or somebody (`person`)."""

    id: str
    head: str
    head_count: int
    head_note: str
    title: str
    deal: str
    deal_path: str
    person: bool
    due: str
    late: bool
    done: bool
    owner: str
    initials: str


def standing(facts: TaskFacts, today: date) -> TaskTime:
    """Where a task stands today."""
    task = facts.task
    return when_of(task.due_on, task.waits_until, task.done_at is not None, today)


def task_lines(found: list[TaskFacts], today: date, here: str) -> list[TaskShown]:
    """Group by group, in the order of `TaskTime`; within one as they were read. `here`: nothing leads to itself."""
    lines: list[TaskShown] = []
    for group in TaskTime:
        mine = [each for each in found if standing(each, today) is group]
        lines += [_line(each, group, here) for each in mine]
        if mine:
            lines[-len(mine)] |= {"head": HEADS[group], "head_count": len(mine), "head_note": _note(group, today)}
    return lines


def _note(group: TaskTime, today: date) -> str:
    notes = {TaskTime.TODAY: f"{today:%A} {today.day} {today:%B}", TaskTime.WAITING: "They come back by themselves"}
    return notes.get(group, "")


def _line(facts: TaskFacts, group: TaskTime, here: str) -> TaskShown:
    task = facts.task
    path = f"/deals/{task.deal_id}/tasks" if task.deal_id else f"/contacts/{task.contact_id}" if task.contact_id else ""
    return {
        "id": str(task.id),
        "head": "",
        "head_count": 0,
        "head_note": "",
        "title": task.title,
        "deal": facts.deal or facts.contact or "No deal",
        "deal_path": "" if path == here else path,
        "person": task.contact_id is not None,
        "due": "Today" if group is TaskTime.TODAY else day_words(task.due_on) or "No day",
        "late": group is TaskTime.LATE,
        "done": group is TaskTime.DONE,
        "owner": facts.owner,
        "initials": initials(facts.owner),
    }
