"""What is due on which day: settlements, finance and tasks, and what has settled."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.board import open_deals
from salestrekker_portal.domains.insights.chosen import Between, BoardFilter, chosen_deals
from salestrekker_portal.domains.insights.forecast import fits
from salestrekker_portal.domains.tasks.queries import visible_tasks
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.tasks import Task
from salestrekker_portal.tables.workflows import Stage

# More of one kind in a month than a calendar can show.
MOST_DATES = 500
# In which order they stand on a day.
KINDS = ("settlement", "settled", "finance", "task")


@dataclass(frozen=True, kw_only=True)
class DueDate:
    """Something with a day: a settlement that is expected, one that took place, finance that is due, a task.

    `title` and `task_id` are the task's; `cents` what a deal is worth that settles.
    """

    day: date
    kind: str
    deal_id: UUID
    deal: str
    title: str = ""
    task_id: UUID | None = None
    cents: int = 0


async def dates_of(
    session: ReadSession, actor: Actor, stages: list[Stage], chosen: BoardFilter, *spans: Between
) -> list[DueDate]:
    """What a workflow's deals have in these days, in order. Three statements, however many spans there are."""
    if not stages or not spans:
        return []
    base = [Deal.workflow_id == stages[0].workflow_id, *chosen_deals(chosen, stages)]
    found = [
        *await _expected(session, [*base, *open_deals(actor)], spans),
        *await _settled(session, [*base, Deal.organisation_id == actor.organisation_id], actor, spans),
        *await _tasks(session, [*base, *open_deals(actor)], actor, spans),
    ]
    return sorted(found, key=lambda each: (each.day, KINDS.index(each.kind), each.deal.casefold()))


async def _expected(session: ReadSession, base: list[ColumnElement[bool]], spans: tuple[Between, ...]) -> list[DueDate]:
    finance = _on(Deal.finance_due_on, spans) & Deal.approved_on.is_(None)
    columns = (Deal.id, Deal.name, Deal.expected_settlement_on, Deal.finance_due_on, Deal.approved_on, Deal.value_cents)
    found: list[DueDate] = []
    for deal_id, name, settles, due, approved, cents in await session.execute(
        select(*columns)
        .where(*base, or_(finance, _on(Deal.expected_settlement_on, spans)))
        .order_by(Deal.name_key, Deal.id)
        .limit(MOST_DATES)
    ):
        if settles is not None and _in(settles, spans):
            found.append(DueDate(day=settles, kind="settlement", deal_id=deal_id, deal=name, cents=cents))
        if due is not None and approved is None and _in(due, spans):
            found.append(DueDate(day=due, kind="finance", deal_id=deal_id, deal=name))
    return found


async def _settled(
    session: ReadSession, base: list[ColumnElement[bool]], actor: Actor, spans: tuple[Between, ...]
) -> list[DueDate]:
    """Put away since or not; nobody outside the firm reads a calendar."""
    if not actor.is_staff:
        return []
    rows = await session.execute(
        select(Deal.id, Deal.name, Deal.settled_on, Deal.value_cents)
        .where(*base, Deal.locked_at.is_not(None), _on(Deal.settled_on, spans))
        .order_by(Deal.name_key, Deal.id)
        .limit(MOST_DATES)
    )
    return [
        DueDate(day=day, kind="settled", deal_id=deal_id, deal=name, cents=cents)
        for deal_id, name, day, cents in rows
        if day
    ]


async def _tasks(
    session: ReadSession, base: list[ColumnElement[bool]], actor: Actor, spans: tuple[Between, ...]
) -> list[DueDate]:
    mine = visible_tasks(actor).where(Task.done_at.is_(None), _on(Task.due_on, spans), Task.deal_id.is_not(None))
    task = aliased(Task, mine.subquery())
    # Filtered before it is cut: what somebody asked for stays, however many other tasks the month has.
    rows = await session.execute(
        select(task.due_on, task.title, task.id, Deal.id, Deal.name)
        .join(Deal, Deal.id == task.deal_id)
        .where(*base)
        .order_by(task.due_on, task.id)
        .limit(MOST_DATES)
    )
    return [
        DueDate(day=day, kind="task", deal_id=each, deal=name, title=title, task_id=task_id)
        for day, title, task_id, each, name in rows
        if day
    ]


def _on(column: Any, spans: tuple[Between, ...]) -> ColumnElement[bool]:
    """A day in one of the spans; each has both its ends."""
    return or_(*[column.between(each.first, _last(each)) for each in spans])


def _last(days: Between) -> date | None:
    return days.before - timedelta(days=1) if days.before else None


def _in(day: date, spans: tuple[Between, ...]) -> bool:
    return any(fits(each, day) for each in spans)
