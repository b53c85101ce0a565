"""A list of tasks, on its own page, a deal's or a contact's: adding, doing, putting off, removing."""

from collections import Counter
from uuid import UUID

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.contacts.queries import access_contact
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.insights.contact_overview import their_deals
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.tasks import service
from salestrekker_portal.domains.tasks.queries import (
    MOST_OPEN,
    TaskFacts,
    access_task,
    done_tasks,
    open_tasks,
    tasks_around,
)
from salestrekker_portal.domains.tasks.rules import TaskTime
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.portals.broker.tasks.rows import TaskShown, standing, task_lines
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


class TasksState(BrokerState, rx.State):
    """The tasks of the deal at this address, or around the contact; on the page of tasks one's own, or all with
    ?whose=team."""

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
        on, self.team = self._about(), self._query("whose") == "team"
        done: list[TaskFacts] = []
        try:
            async with self._looking() as (session, actor):
                if on.get("contact_id"):
                    found = await _around(session, actor, on["contact_id"])
                else:
                    found, done = await _listed(session, actor, on.get("deal_id"), whole=self.team)
        except NotFound:  # the frame says so
            self.loaded = False
            return
        self._show(actor, found, done, watched="deal_id" not in on)

    def _show_around(self, actor: Actor, found: list[TaskFacts]) -> None:
        """What the page of a contact read (`tasks_around`), in one go with the rest of it."""
        self._show(actor, found, [], watched=True)

    def _about(self) -> dict[str, UUID]:
        """What a task added here is about, as `add_task` takes it; nothing on the page of tasks."""
        first = self._path()[:1]
        if first == ["deals"]:
            return {"deal_id": self._path_id(1, "deal")}
        return {"contact_id": self._path_id(1, "contact")} if first == ["contacts"] else {}

    def _show(self, actor: Actor, found: list[TaskFacts], done: list[TaskFacts], *, watched: bool) -> None:
        today, self.more = service.today_of(actor), len(found) > MOST_OPEN
        self.tasks = task_lines([*found[:MOST_OPEN], *done], today, here="/".join(["", *self._path()]))
        times = Counter(standing(each, today) for each in found)
        self.to_do, self.waiting = str(times[TaskTime.LATE] + times[TaskTime.TODAY]), str(times[TaskTime.WAITING])
        self.loaded = True
        if watched:
            subscriptions.watch(self.router.session.client_token, service.tasks_topic(actor.organisation_id))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add(self, form: dict):
        """Add what was typed: to this deal, or about this contact, where the page is one's."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                facts = {"title": typed.get("title"), "due": typed.get("due")}
                await service.add_task(session, actor, **self._about(), **facts)
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


async def _listed(
    session: ReadSession, actor: Actor, deal_id: UUID | None, *, whole: bool
) -> tuple[list[TaskFacts], list[TaskFacts]]:
    """Open and done ones of a deal; without one the open ones of everybody, or this person's own."""
    if deal_id is None:
        return await open_tasks(session, actor, owner_id=None if whole else actor.id), []
    await access_deal(session, actor, deal_id, Permission.DEAL_READ)
    return await open_tasks(session, actor, deal_id=deal_id), await done_tasks(session, actor, deal_id)


async def _around(session: ReadSession, actor: Actor, contact_id: UUID) -> list[TaskFacts]:
    contact = await access_contact(session, actor, contact_id, Permission.CONTACT_READ)
    deals = list(await session.scalars(their_deals(actor, contact.id)))
    return await tasks_around(session, actor, contact.id, deals)
