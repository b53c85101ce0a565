"""How long things take, a statement each: deals in a stage, papers until they are accepted, clients until they are
done."""

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from sqlalchemy import and_, case, exists, func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.insights.scope import ReportScope, deals_in, instants_of, within
from salestrekker_portal.domains.insights.spread import (
    SECONDS_A_DAY,
    Spread,
    ranked,
    seconds_between,
    spread_columns,
    spread_from,
    spread_of,
)
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.portal_access import PortalAccess

# Until when a client is in each group, in days from their first visit; the last takes everybody else.
FINISHED_WITHIN = (1, 3, 7, 14)


@dataclass(frozen=True, kw_only=True)
class StageDays:
    """The deals that left a stage, by the name that it had then, and how many days they had spent there."""

    workflow_id: UUID
    stage: str
    spread: Spread


@dataclass(frozen=True, kw_only=True)
class PaperDays:
    """A document by its name: how often it was asked for and asked for again, and how many days until it was
    accepted; None while none was."""

    name: str
    asked: int
    again: int
    spread: Spread | None


@dataclass(frozen=True, kw_only=True)
class Finished:
    """Clients who came in: how many, how many handed in within each of `FINISHED_WITHIN` days and later, and days."""

    started: int
    within: tuple[int, ...]
    spread: Spread | None
    last_spread: Spread | None


async def stage_days(session: ReadSession, actor: Actor, scope: ReportScope) -> list[StageDays]:
    """The stages that deals left in these days. A deal's first stage began when it was added. Raises NotPermitted."""
    demand(actor, Permission.CONTACT_READ)
    begin, end = instants_of(scope, actor)
    before = func.lag(Activity.created_at).over(partition_by=Activity.deal_id, order_by=Activity.created_at)
    # Every move, older ones too: a deal came into the first stage that it left in these days with the move before.
    moves = (
        select(
            Deal.workflow_id,
            Activity.facts["from_stage"].as_string().label("stage"),
            Activity.created_at.label("left"),
            func.coalesce(before, Deal.created_at).label("came"),
        )
        .join(Deal, Deal.id == Activity.deal_id)
        .where(
            Activity.organisation_id == actor.organisation_id,
            Activity.kind == "deal:moved",
            Activity.created_at < end,
            deals_in(actor, scope),
        )
        .subquery()
    )
    seconds = seconds_between(session, moves.c.came, moves.c.left).label("seconds")
    stays = select(moves.c.workflow_id, moves.c.stage, seconds).where(moves.c.left >= begin).subquery()
    by = (stays.c.workflow_id, stays.c.stage)
    placed = select(*by, stays.c.seconds, *ranked(stays.c.seconds, *by)).subquery()
    by = (placed.c.workflow_id, placed.c.stage)
    found = spread_columns(placed.c.seconds, placed.c.place, placed.c.measured)
    rows = await session.execute(select(*by, func.count(), *found).group_by(*by).order_by(*by))
    return [
        StageDays(workflow_id=workflow_id, stage=stage or "", spread=spread)
        for workflow_id, stage, count, *said in rows
        if (spread := spread_from(count, said)) is not None
    ]


async def paper_days(session: ReadSession, actor: Actor, scope: ReportScope) -> list[PaperDays]:
    """The documents that were asked for in these days, those asked for the most first."""
    demand(actor, Permission.CONTACT_READ)
    asked = DocumentRequest
    accepted = and_(asked.state == RequestState.ACCEPTED, asked.decided_at >= asked.sent_at)
    once_more = exists().where(
        Activity.deal_id == asked.deal_id, Activity.kind == "request:asked_again", Activity.subject_id == asked.id
    )
    each = (
        select(
            asked.name,
            case((once_more, 1), else_=0).label("again"),
            case((accepted, seconds_between(session, asked.sent_at, asked.decided_at))).label("seconds"),
        )
        .join(Deal, Deal.id == asked.deal_id)
        .where(deals_in(actor, scope), within(asked.sent_at, actor, scope), asked.withdrawn_at.is_(None))
        .subquery()
    )
    placed = select(each, *ranked(each.c.seconds, each.c.name)).subquery()
    found = spread_columns(placed.c.seconds, placed.c.place, placed.c.measured)
    rows = await session.execute(
        select(placed.c.name, func.count(), func.sum(placed.c.again), func.count(placed.c.seconds), *found)
        .group_by(placed.c.name)
        .order_by(func.count().desc(), placed.c.name)
    )
    return [
        PaperDays(name=name, asked=count, again=int(again), spread=spread_from(measured, said))
        for name, count, again, measured, *said in rows
    ]


async def finished(session: ReadSession, actor: Actor, scope: ReportScope) -> Finished:
    """The clients who first came in in these days, by how soon they handed in their profile for the first time; beside
    those of the year before, as they stood then."""
    demand(actor, Permission.CONTACT_READ)
    earlier, access = scope.a_year_earlier, PortalAccess
    # Handing in once more moves the day that the access keeps.
    first = (
        select(func.min(Activity.created_at))
        .where(
            Activity.deal_id == access.deal_id,
            Activity.kind == "profile:submitted",
            Activity.actor_id == access.contact_id,
        )
        .scalar_subquery()
    )
    handed_in = case((access.submissions > 1, func.coalesce(first, access.submitted_at)), else_=access.submitted_at)
    rows = await session.execute(
        select(access.first_seen_at, handed_in.label("handed_in"))
        .join(Deal, Deal.id == access.deal_id)
        .where(deals_in(actor, scope), within(access.first_seen_at, actor, scope, earlier))
    )
    begin, then = instants_of(scope, actor)[0], instants_of(earlier, actor)[1]
    started = 0
    now: list[float] = []
    last: list[float] = []
    for came, done in rows:
        started += came >= begin
        if done is not None and (came >= begin or done < then):
            (now if came >= begin else last).append(max(0.0, (done - came).total_seconds() / SECONDS_A_DAY))
    limits = (0, *FINISHED_WITHIN, float("inf"))
    groups = tuple(len([days for days in now if low <= days < high]) for low, high in pairwise(limits))
    return Finished(started=started, within=groups, spread=spread_of(now), last_spread=spread_of(last))
