"""Tasks are added, done, put off, changed and removed; a deal's card follows."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.contacts.queries import access_contact
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.organisations.people import demand_member
from salestrekker_portal.domains.tasks.queries import access_task
from salestrekker_portal.domains.tasks.rules import MOST_DAYS, checked_title, read_due
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage

MERGED_AWAY = "{name} is merged into another contact by now. Add the task there."


def tasks_topic(organisation_id: UUID) -> str:
    """Lists of tasks that are open in the firm."""
    return f"tasks:{organisation_id}"


def today_of(actor: Actor) -> date:
    """Today, where this person is."""
    return local(utc_now(), actor.time_zone).date()


def task_form(task: Task) -> dict[str, str]:
    """What the form shows of a task, by its fields."""
    return {
        "title": task.title,
        "due": f"{task.due_on:%d/%m/%Y}" if task.due_on else "",
        "owner": str(task.owner_id),
    }


async def add_task(
    session: WriteSession, actor: Actor, *, title: object, due: object = "", deal_id: UUID | None = None,
    contact_id: UUID | None = None, owner_id: UUID | None = None,
) -> Task:  # fmt: skip
    """Something to do, one's own unless `owner_id` says whose, on a deal, about a contact, or alone. A closed deal
    may have some too.

    Raises NotFound (deal, contact, person), NotPermitted, Invalid (`title`, `due`), Conflict (merged away).
    """
    demand(actor, Permission.DEAL_WRITE)
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_WRITE) if deal_id is not None else None
    if contact_id is not None:
        await _demand_known(session, actor, contact_id)
    if owner_id is not None:
        await demand_member(session, actor.organisation_id, owner_id)
    task = Task(
        organisation_id=actor.organisation_id,
        deal_id=deal.id if deal else None,
        contact_id=contact_id,
        owner_id=owner_id or actor.id,
        **_typed({"title": title, "due": due}, actor),
    )
    session.add(task)
    _tell(session, actor, task, "task:added")
    return task


async def _demand_known(session: WriteSession, actor: Actor, contact_id: UUID) -> None:
    """Held until the end: a merge meanwhile takes the task along, or is heard of here."""
    contact = await access_contact(session, actor, contact_id, Permission.CONTACT_READ)
    await session.refresh(contact, with_for_update=HOLD)
    if contact.archived_at is not None:
        raise Conflict(MERGED_AWAY.format(name=contact.name))


async def change_task(
    session: WriteSession, actor: Actor, task_id: UUID, typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> Task:  # fmt: skip
    """Keep what the form says (`task_form`); with another day it waits for nobody.

    Raises NotFound, NotPermitted, Invalid, Faster.
    """
    task = await access_task(session, actor, task_id)
    trail = Trail(kinds=("task:changed",), subject_id=task.id, columns={"due": "due_on", "owner": "owner_id"})
    kept = await on_top_of(session, actor, trail, shown=shown, now=task_form(task), typed=typed)
    wanted = {**_typed(kept, actor), "owner_id": _owner(kept.get("owner"))}
    if wanted["owner_id"] != task.owner_id:
        await demand_member(session, actor.organisation_id, wanted["owner_id"])
    changed = [name for name, value in wanted.items() if getattr(task, name) != value]
    for name in changed:
        setattr(task, name, wanted[name])
    if "due_on" in changed:
        task.waits_until = None
    if changed:
        _tell(session, actor, task, "task:changed", fields=", ".join(changed))
    return task


def put_on_day(session: WriteSession, actor: Actor, task: Task, day: date) -> None:
    """It is due then, and waits for nobody. The task is held (`access_task`)."""
    task.due_on, task.waits_until = day, None
    _tell(session, actor, task, "task:changed", fields="due_on")


async def finish_task(session: WriteSession, actor: Actor, task_id: UUID, *, done: bool) -> Task:
    """Done, or not done after all. Raises NotFound, NotPermitted."""
    task = await access_task(session, actor, task_id)
    if (task.done_at is not None) is done:
        return task
    task.done_at, task.done_by = (utc_now(), actor.id) if done else (None, None)
    _tell(session, actor, task, "task:done" if done else "task:undone")
    return task


async def put_off_task(session: WriteSession, actor: Actor, task_id: UUID, days: int) -> Task:
    """It waits for somebody else, and comes back after so many days. Raises NotFound, NotPermitted, Invalid."""
    if not 0 < days <= MOST_DAYS:
        raise Invalid({"days": f"Choose from 1 to {MOST_DAYS} days."})
    task = await access_task(session, actor, task_id)
    task.waits_until = task.due_on = today_of(actor) + timedelta(days=days)
    _tell(session, actor, task, "task:put_off", days=days)
    return task


async def remove_task(session: WriteSession, actor: Actor, task_id: UUID) -> Task:
    """Take a task away; `put_back_task` undoes it. Raises NotFound, NotPermitted."""
    task = await access_task(session, actor, task_id)
    task.removed_at = utc_now()
    _tell(session, actor, task, "task:removed")
    return task


async def put_back_task(session: WriteSession, actor: Actor, task_id: UUID) -> Task:
    """Take a removal back. Raises NotFound (none such was removed), NotPermitted."""
    task = await access_task(session, actor, task_id, removed=True)
    task.removed_at = None
    _tell(session, actor, task, "task:put_back")
    return task


async def tasks_on_arrival(session: WriteSession, actor: Actor, deal: Deal, stage: Stage) -> None:
    """What the stage asks for when a deal arrives in it, for the deal's owner: each once, however often it arrives.

    `deal` is held. No statement where the stage asks for nothing.
    """
    asked = [(str(each["title"]), int(each["days"])) for each in stage.tasks or []]
    if not asked:
        return
    known = set(
        await session.scalars(
            select(Task.title).where(Task.deal_id == deal.id, Task.from_stage_id == stage.id, Task.removed_at.is_(None))
        )
    )
    today = today_of(actor)
    for title, days in asked:
        if title not in known:
            task = Task(
                organisation_id=deal.organisation_id,
                deal_id=deal.id,
                owner_id=deal.owner_id,
                title=title,
                due_on=today + timedelta(days=days),
                from_stage_id=stage.id,
            )
            session.add(task)
            _tell(session, None, task, "task:arrived", stage=stage.name)


def _typed(typed: Mapping[str, object], actor: Actor) -> dict:
    """Title and day; both refusals at once."""
    errors: dict[str, str] = {}
    values: dict[str, object] = {}
    try:
        values["title"] = checked_title(typed.get("title"))
    except Invalid as refusal:
        errors |= refusal.errors
    try:
        values["due_on"] = read_due(typed.get("due"), today_of(actor))
    except Invalid as refusal:
        errors |= refusal.errors
    if errors:
        raise Invalid(errors)
    return values


def _owner(raw: object) -> UUID:
    try:
        return UUID(str(raw))
    except ValueError:
        raise NotFound("person") from None


def _tell(session: WriteSession, actor: Actor | None, task: Task, kind: str, **facts: str | int) -> None:
    record(
        session, actor, kind, organisation_id=task.organisation_id, deal_id=task.deal_id, subject_id=task.id,
        title=task.title, **facts,
    )  # fmt: skip
    touch(session, tasks_topic(task.organisation_id))
    if task.deal_id is not None:
        deal_touched(session, task.deal_id)
