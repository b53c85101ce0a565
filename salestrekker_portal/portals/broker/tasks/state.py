"""A list of tasks, on its own page or on a deal's: adding, doing, putting off, removing."""

from collections import Counter
from datetime import date
from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.tasks import service
from salestrekker_portal.domains.tasks.queries import (
    MOST_OPEN,
    TaskFacts,
    access_task,
    done_tasks,
    open_tasks,
)
from salestrekker_portal.domains.tasks.rules import TaskTime, when_of
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal

HEADS = {
    TaskTime.LATE: "Late",
    TaskTime.TODAY: "Today",
    TaskTime.SOON: "Next seven days",
    TaskTime.LATER: "Later",
    TaskTime.WAITING: "Waiting",
    TaskTime.DONE: "Done",
}


class TaskShown(TypedDict):
    """One task, in words; `head` is the heading above it where its group begins, with how many and a note."""

    id: str
    head: str
    head_count: int
    head_note: str
    title: str
    deal: str
    deal_path: str
    due: str
    late: bool
    done: bool
    owner: str
    initials: str


class TasksState(BrokerState, rx.State):
    """The tasks of the deal at this address; on the page of tasks one's own, or all with ?whose=team."""

    tasks: list[TaskShown] = []
    team: bool = False
    loaded: bool = False
    to_do: str = ""
    waiting: str = ""
    more: bool = False
    errors: dict[str, str] = {}
    # Counts up with each task that was added: the form begins anew.
    added: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read them again."""
        whole, on_deal = self._query("whose") == "team", self._path()[:1] == ["deals"]
        try:
            async with self._looking() as (session, actor):
                deal_id = self._path_id(1, "deal") if on_deal else None
                if deal_id is not None:
                    await access_deal(session, actor, deal_id, Permission.DEAL_READ)
                owner = None if whole or on_deal else actor.id
                found = await open_tasks(session, actor, owner_id=owner, deal_id=deal_id)
                done = await done_tasks(session, actor, deal_id) if deal_id is not None else []
        except NotFound:  # the frame says so
            self.loaded = False
            return
        today, self.more = service.today_of(actor), len(found) > MOST_OPEN
        self.tasks = _lines([*found[:MOST_OPEN], *done], today)
        times = Counter(_when(each, today) for each in found)
        self.to_do, self.waiting = str(times[TaskTime.LATE] + times[TaskTime.TODAY]), str(times[TaskTime.WAITING])
        self.team, self.loaded = whole, True
        if not on_deal:
            subscriptions.watch(self.router.session.client_token, service.tasks_topic(actor.organisation_id))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add(self, form: dict):
        """Add what was typed, to this deal where the page is a deal's."""
        typed = form_from(form)
        deal_id = self._path_id(1, "deal") if self._path()[:1] == ["deals"] else None
        try:
            async with self._acting() as (session, actor):
                facts = {"title": typed.get("title"), "due": typed.get("due")}
                await service.add_task(session, actor, deal_id=deal_id, **facts)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors, self.added = {}, self.added + 1
        return TasksState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def tick(self, task_id: str, on: bool):
        """Done, or not done after all: the same tick takes it back."""
        async with self._acting() as (session, actor):
            await service.finish_task(session, actor, uuid_from(task_id, "task"), done=bool_from(on))
        return TasksState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_off(self, task_id: str, days: int):
        """Chase again in so many days."""
        number = days if isinstance(days, int) else 0
        async with self._acting() as (session, actor):
            task = await service.put_off_task(session, actor, uuid_from(task_id, "task"), number)
        return [TasksState.load, Notices.tell(f"Comes back on {day_words(task.due_on)}.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, task_id: str):
        """Take it away."""
        async with self._acting() as (session, actor):
            gone = await service.remove_task(session, actor, uuid_from(task_id, "task"))
        return [TasksState.load, Notices.offer_undo("The task is removed.", "task", str(gone.id))]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back(self, task_id: str):
        """Undo: it is to do again."""
        async with self._acting() as (session, actor):
            await service.put_back_task(session, actor, uuid_from(task_id, "task"))
        return [TasksState.load, Notices.tell("Put back.")]


UNDOES["task"] = TasksState.put_back


@closes_with_page(lambda state: setattr(state, "key", ""))
class TaskFormState(BrokerState, rx.State):
    """The drawer that changes a task; `key` is the one, "" while it is closed."""

    key: str = ""
    facts: dict[str, str] = {}
    owners: list[Choice] = []
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, task_id: str):
        """Open with what the task says now."""
        async with self._looking() as (session, actor):
            task = await access_task(session, actor, uuid_from(task_id, "task"))
            people = await working_here(session, actor.organisation_id)
        self.owners = [{"value": str(user.id), "label": user.name} for user in people]
        self.facts, self.errors, self.key = service.task_form(task), {}, str(task.id)

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.key = ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what the form says, or say what can't be kept."""
        try:
            async with self._acting() as (session, actor):
                key = uuid_from(self.key, "task")
                await service.change_task(session, actor, key, form_from(form), shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.key, self.errors = "", {}
        return [TasksState.load, Notices.tell("The task is saved.")]


def _when(facts: TaskFacts, today: date) -> TaskTime:
    task = facts.task
    return when_of(task.due_on, task.waits_until, task.done_at is not None, today)


def _lines(found: list[TaskFacts], today: date) -> list[TaskShown]:
    """Group by group, in the order of `TaskTime`; within one as they were read."""
    lines: list[TaskShown] = []
    for group in TaskTime:
        mine = [each for each in found if _when(each, today) is group]
        lines += [_line(each, group) for each in mine]
        if mine:
            lines[-len(mine)] |= {"head": HEADS[group], "head_count": len(mine), "head_note": _note(group, today)}
    return lines


def _note(group: TaskTime, today: date) -> str:
    notes = {TaskTime.TODAY: f"{today:%A} {today.day} {today:%B}", TaskTime.WAITING: "They come back by themselves"}
    return notes.get(group, "")


def _line(facts: TaskFacts, group: TaskTime) -> TaskShown:
    task = facts.task
    return {
        "id": str(task.id),
        "head": "",
        "head_count": 0,
        "head_note": "",
        "title": task.title,
        "deal": facts.deal or "No deal",
        "deal_path": f"/deals/{task.deal_id}/tasks" if task.deal_id else "",
        "due": "Today" if group is TaskTime.TODAY else day_words(task.due_on) or "No day",
        "late": group is TaskTime.LATE,
        "done": group is TaskTime.DONE,
        "owner": facts.owner,
        "initials": initials(facts.owner),
    }
