"""Reading tasks: one's own, the firm's, those of a deal and about a contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession, is_writing
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.holding import hold_deal
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.tasks import Task

MOST_OPEN, MOST_DONE = 100, 20


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """A task with the names around it."""

    task: Task
    owner: str
    deal: str
    contact: str = ""


def visible_tasks(actor: Actor) -> Select[Task]:
    """Tasks are the staff's own, whoever's they are; nobody outside the firm knows of them."""
    mine = select(Task).where(Task.organisation_id == actor.organisation_id, Task.removed_at.is_(None))
    return mine if actor.is_staff else mine.where(false())


async def access_task(session: ReadSession, actor: Actor, task_id: UUID, *, removed: bool = False) -> Task:
    """The task, if this person may change it, held until the end together with its deal.

    Raises NotFound (absent, hidden, or removed unless `removed`), NotPermitted.
    """
    demand(actor, Permission.DEAL_WRITE)
    mine = select(Task).where(Task.id == task_id, Task.organisation_id == actor.organisation_id)
    await hold_deal(session, mine.with_only_columns(Task.deal_id))
    if is_writing(session):
        mine = mine.with_for_update(key_share=True).execution_options(populate_existing=True)
    task = (await session.scalars(mine)).one_or_none() if actor.is_staff else None
    if task is None or (task.removed_at is not None) is not removed:
        raise NotFound("task")
    return task


async def open_tasks(
    session: ReadSession, actor: Actor, *, owner_id: UUID | None = None, deal_id: UUID | None = None
) -> list[TaskFacts]:
    """What is still to do, the earliest due first and what has no day last: at most `MOST_OPEN`, and one more as a
    sign that there are more. One statement."""
    demand(actor, Permission.DEAL_READ)
    first = _of(visible_tasks(actor).where(Task.done_at.is_(None)), owner_id, deal_id)
    # Their names afterwards: joined before the limit, PostgreSQL reads every deal of every firm for a hundred of them.
    some = first.order_by(*_due_first(Task)).limit(MOST_OPEN + 1).subquery()
    task = aliased(Task, some)
    rows = await session.execute(_with_names(select(task), task).order_by(*_due_first(task)))
    return [_facts(row) for row in rows]


async def tasks_around(
    session: ReadSession, actor: Actor, contact_id: UUID, deal_ids: Sequence[UUID] = ()
) -> list[TaskFacts]:
    """What is still to do about a contact and on these deals, in the order of `open_tasks` and as many. One
    statement."""
    demand(actor, Permission.DEAL_READ)
    about = (
        or_(Task.contact_id == contact_id, Task.deal_id.in_(deal_ids)) if deal_ids else Task.contact_id == contact_id
    )
    found = _with_names(visible_tasks(actor).where(Task.done_at.is_(None), about))
    return [_facts(row) for row in await session.execute(found.order_by(*_due_first(Task)).limit(MOST_OPEN + 1))]


async def done_tasks(session: ReadSession, actor: Actor, deal_id: UUID) -> list[TaskFacts]:
    """What was done on a deal, the latest first. One statement."""
    demand(actor, Permission.DEAL_READ)
    found = _with_names(_of(visible_tasks(actor).where(Task.done_at.is_not(None)), None, deal_id))
    rows = await session.execute(found.order_by(Task.done_at.desc()).limit(MOST_DONE))
    return [_facts(row) for row in rows]


def _of(found: Select, owner_id: UUID | None, deal_id: UUID | None) -> Select:
    if owner_id is not None:
        found = found.where(Task.owner_id == owner_id)
    return found if deal_id is None else found.where(Task.deal_id == deal_id)


def _due_first(task: type[Task]) -> tuple:
    return (task.due_on.is_(None), task.due_on, task.id)


def _with_names(found: Select, task: type[Task] = Task) -> Select:
    joined = found.join(User, User.id == task.owner_id).outerjoin(Deal, Deal.id == task.deal_id)
    joined = joined.outerjoin(Contact, Contact.id == task.contact_id)
    return joined.with_only_columns(task, User.first_name, User.last_name, Deal.name, Contact)


def _facts(row) -> TaskFacts:
    contact = row[4].name if row[4] is not None else ""
    return TaskFacts(
        task=row[0], owner=f"{row.first_name} {row.last_name}".strip(), deal=row.name or "", contact=contact
    )
