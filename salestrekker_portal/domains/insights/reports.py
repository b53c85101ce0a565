"""Figures over a firm's deals, a statement each: what is under way, how long it takes, what settled, who brings it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal_column, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import Partner
from salestrekker_portal.tables.workflows import Stage, Workflow

MONTHS = 12
# Moves, and deals by where they came from, are looked at so far back.
LOOKED_BACK = timedelta(days=365)
# From fewer than these an average says little, and the page says so.
FEW = 5
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class PipelineRow:
    """A stage's open deals: how many, their value, and that by the stage's probability, in cents."""

    workflow: str
    stage: str
    deals: int
    cents: int
    weighted_cents: int


@dataclass(frozen=True, kw_only=True)
class StageDays:
    """How many deals left a stage in the last year, and how many days they had spent there, on average."""

    stage: str
    deals: int
    days: float


@dataclass(frozen=True, kw_only=True)
class MonthSettled:
    """What settled in a month; `month` is its first day."""

    month: date
    deals: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """Deals that were added in the last year by who brought them; `partner` is "" for the firm's own."""

    partner: str
    deals: int
    settled: int
    stopped: int
    settled_cents: int


async def pipeline(session: ReadSession, actor: Actor) -> list[PipelineRow]:
    """Every stage of every workflow, in order, the empty ones too. Raises NotPermitted."""
    demand(actor, Permission.CONTACT_READ)
    here = (Deal.stage_id == Stage.id) & _is_open(actor)
    rows = await session.execute(
        select(
            Workflow.name, Stage.name, Stage.probability_pct, func.count(Deal.id),
            func.coalesce(func.sum(Deal.value_cents), 0),
        )
        .select_from(Stage)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .outerjoin(Deal, here)
        .where(Workflow.organisation_id == actor.organisation_id, Workflow.archived_at.is_(None))
        .group_by(Workflow.position, Workflow.id, Workflow.name, Stage.position, Stage.id, Stage.name,
                  Stage.probability_pct)
        .order_by(Workflow.position, Workflow.id, Stage.position)
    )  # fmt: skip
    return [
        PipelineRow(
            workflow=workflow, stage=stage, deals=count, cents=int(cents), weighted_cents=int(cents) * likely // 100
        )
        for workflow, stage, likely, count, cents in rows
    ]


async def stage_days(session: ReadSession, actor: Actor) -> list[StageDays]:
    """The stages that deals left in the last year, the slowest first. A deal's first stage began when it was added."""
    demand(actor, Permission.CONTACT_READ)
    since = utc_now() - LOOKED_BACK
    before = func.lag(Activity.created_at).over(partition_by=Activity.deal_id, order_by=Activity.created_at)
    # Every move, older ones too: a deal came into the first stage that it left in this year with the move before.
    moves = (
        select(
            Activity.facts["from_stage"].as_string().label("stage"),
            Activity.created_at.label("left"),
            func.coalesce(before, Deal.created_at).label("came"),
        )
        .join(Deal, Deal.id == Activity.deal_id)
        .where(Activity.organisation_id == actor.organisation_id, Activity.kind == "deal:moved")
        .subquery()
    )
    seconds = _seconds_between(session, moves.c.came, moves.c.left)
    rows = await session.execute(
        select(moves.c.stage, func.count(), func.avg(seconds))
        .where(moves.c.left >= since)
        .group_by(moves.c.stage)
        .order_by(func.avg(seconds).desc())
    )
    return [
        StageDays(stage=stage or "", deals=count, days=float(average or 0) / _SECONDS_A_DAY)
        for stage, count, average in rows
    ]


async def settled_by_month(session: ReadSession, actor: Actor) -> list[MonthSettled]:
    """The last twelve months, this one included, those without a settlement too. A deal that was put away since
    settled all the same."""
    demand(actor, Permission.CONTACT_READ)
    months = _last_months(local(utc_now(), actor.time_zone).date())
    month = _month_of(session, Deal.settled_on)
    rows = await session.execute(
        select(month, func.count(), func.coalesce(func.sum(Deal.value_cents), 0))
        .where(
            Deal.organisation_id == actor.organisation_id,
            Deal.locked_at.is_not(None),
            Deal.settled_on >= months[0],
        )
        .group_by(month)
    )
    found = {key: (count, int(cents)) for key, count, cents in rows}
    return [
        MonthSettled(
            month=each, deals=found.get(f"{each:%Y-%m}", (0, 0))[0], cents=found.get(f"{each:%Y-%m}", (0, 0))[1]
        )
        for each in months
    ]


async def sources(session: ReadSession, actor: Actor) -> list[SourceRow]:
    """Who brought the deals of the last year, the most first; the firm's own among them."""
    demand(actor, Permission.CONTACT_READ)
    settled = Deal.locked_at.is_not(None)
    rows = await session.execute(
        select(
            Deal.partner_id,
            Partner.first_name,
            Partner.last_name,
            func.count(),
            _how_many(settled),
            _how_many(Deal.outcome.is_not(None)),
            func.coalesce(func.sum(case((settled, Deal.value_cents), else_=0)), 0),
        )
        .outerjoin(Partner, Partner.id == Deal.partner_id)
        .where(Deal.organisation_id == actor.organisation_id, Deal.created_at >= utc_now() - LOOKED_BACK)
        .group_by(Deal.partner_id, Partner.first_name, Partner.last_name)
        .order_by(func.count().desc(), Partner.last_name)
    )
    return [
        SourceRow(
            partner=_name(partner_id, first, last), deals=count, settled=int(done), stopped=int(gone),
            settled_cents=int(cents),
        )
        for partner_id, first, last, count, done, gone, cents in rows
    ]  # fmt: skip


def _name(partner_id: UUID | None, first: str | None, last: str | None) -> str:
    return f"{first or ''} {last or ''}".strip() if partner_id else ""


def _how_many(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def _is_open(actor: Actor) -> ColumnElement[bool]:
    mine = Deal.organisation_id == actor.organisation_id
    return mine & Deal.archived_at.is_(None) & Deal.locked_at.is_(None)


def _last_months(today: date) -> list[date]:
    """The first days of the last `MONTHS` months, this one last."""
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1)]


def _month_of(session: ReadSession, day: Any) -> ColumnElement[str]:
    # The format is part of the statement: as a parameter PostgreSQL takes two uses of it for two expressions.
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime(literal_column("'%Y-%m'"), day)
    return func.to_char(day, literal_column("'YYYY-MM'"))


def _seconds_between(session: ReadSession, one: Any, other: Any) -> ColumnElement[Any]:
    if session.get_bind().dialect.name == "sqlite":
        return (func.julianday(other) - func.julianday(one)) * _SECONDS_A_DAY
    return func.extract("epoch", other - one)
