"""Who has how much to do today."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.insights.reports import full_name
from salestrekker_portal.domains.insights.scope import ReportScope, deals_in, is_open
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.tasks import Task


@dataclass(frozen=True, kw_only=True)
class WorkloadRow:
    """A person's open deals, how many of them wait on the firm, what they are worth in cents, and tasks past their
    day."""

    owner_id: UUID
    owner: str
    deals: int = 0
    ours: int = 0
    cents: int = 0
    late_tasks: int = 0


async def workload(session: ReadSession, actor: Actor, scope: ReportScope, today: date) -> list[WorkloadRow]:
    """Whoever has open deals or late tasks, the most deals first. Two statements. Raises NotPermitted."""
    demand(actor, Permission.CONTACT_READ)
    who = (User.id, User.first_name, User.last_name)
    ours = func.sum(case((Deal.move == Move.US, 1), else_=0))
    sums = (func.count(), ours, func.sum(Deal.value_cents))
    deals = select(*who, *sums).select_from(Deal).join(User, User.id == Deal.owner_id)
    found = {
        owner_id: WorkloadRow(
            owner_id=owner_id, owner=full_name(first, last), deals=count, ours=int(waiting), cents=int(cents)
        )
        for owner_id, first, last, count, waiting, cents in await session.execute(
            deals.where(deals_in(actor, scope), is_open()).group_by(*who)
        )
    }
    for owner_id, first, last, count in await session.execute(_late(actor, scope, today)):
        said = found.get(owner_id) or WorkloadRow(owner_id=owner_id, owner=full_name(first, last))
        found[owner_id] = replace(said, late_tasks=count)
    return sorted(found.values(), key=lambda each: (-each.deals, -each.late_tasks, each.owner.casefold()))


def _late(actor: Actor, scope: ReportScope, today: date):
    """Open tasks whose day is past, by whose they are; with a workflow, those on its deals."""
    who = (User.id, User.first_name, User.last_name)
    tasks = (
        select(*who, func.count())
        .select_from(Task)
        .join(User, User.id == Task.owner_id)
        .where(
            Task.organisation_id == actor.organisation_id,
            Task.removed_at.is_(None),
            Task.done_at.is_(None),
            Task.due_on < today,
            # What waits for somebody else is nobody's delay yet.
            or_(Task.waits_until.is_(None), Task.waits_until <= today),
        )
        .group_by(*who)
    )
    if scope.owner_id is not None:
        tasks = tasks.where(Task.owner_id == scope.owner_id)
    if scope.workflow_id is not None:
        tasks = tasks.join(Deal, Deal.id == Task.deal_id).where(Deal.workflow_id == scope.workflow_id)
    return tasks
