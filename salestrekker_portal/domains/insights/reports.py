"""Figures over a firm's deals: what is under way, what settled, and who brings it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.insights.scope import ReportScope, deals_in, instants_of, is_open, months_of, within
from salestrekker_portal.domains.insights.spread import Spread, spread_of
from salestrekker_portal.kernel.days import local
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from salestrekker_portal.tables.workflows import Stage, Workflow

# From fewer than these an average says little, and the page says so.
FEW = 5


@dataclass(frozen=True, kw_only=True)
class OwnersPart:
    """What one person has open in a stage, in cents."""

    owner_id: UUID
    owner: str
    deals: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class PipelineStage:
    """A stage's open deals by owner, whoever has the most first; `stale_days`: longer there is too long."""

    workflow_id: UUID
    workflow: str
    stage_id: UUID
    stage: str
    likely_pct: int
    stale_days: int
    parts: tuple[OwnersPart, ...]

    @property
    def deals(self) -> int:
        return sum(each.deals for each in self.parts)

    @property
    def cents(self) -> int:
        return sum(each.cents for each in self.parts)

    @property
    def weighted_cents(self) -> int:
        return self.cents * self.likely_pct // 100


@dataclass(frozen=True, kw_only=True)
class MonthSettled:
    """What settled in a month and in the same month a year earlier; `month` is its first day."""

    month: date
    deals: int = 0
    cents: int = 0
    last_deals: int = 0
    last_cents: int = 0


@dataclass(frozen=True, kw_only=True)
class Settled:
    """Months, and how many days settled deals took from enquiry, now and a year earlier."""

    months: tuple[MonthSettled, ...]
    days: Spread | None
    last_days: Spread | None

    def total(self, what: str) -> int:
        """The sum of a field of its months."""
        return sum(getattr(each, what) for each in self.months)


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """Deals that were added, by who brought them; `partner_id` is None for the firm's own.

    `last_deals` and `last_settled`: those added a year earlier, and which of them had settled by then.
    """

    partner_id: UUID | None
    partner: str = ""
    deals: int = 0
    lodged: int = 0
    settled: int = 0
    stopped: int = 0
    settled_cents: int = 0
    last_deals: int = 0
    last_settled: int = 0


async def pipeline(session: ReadSession, actor: Actor, scope: ReportScope) -> list[PipelineStage]:
    """Every stage of the workflows, in order, the empty ones too. Raises NotPermitted."""
    demand(actor, Permission.CONTACT_READ)
    here = (Deal.stage_id == Stage.id) & deals_in(actor, scope) & is_open()
    shown = [Workflow.organisation_id == actor.organisation_id, Workflow.archived_at.is_(None)]
    if scope.workflow_id is not None:
        shown.append(Workflow.id == scope.workflow_id)
    stage = (Workflow.id, Workflow.name, Stage.id, Stage.name, Stage.probability_pct, Stage.stale_days)
    owner = (Deal.owner_id, User.first_name, User.last_name)
    cents = func.coalesce(func.sum(Deal.value_cents), 0)
    rows = await session.execute(
        select(*stage, *owner, func.count(Deal.id), cents)
        .select_from(Stage)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .outerjoin(Deal, here)
        .outerjoin(User, User.id == Deal.owner_id)
        .where(*shown)
        .group_by(Workflow.position, Stage.position, *stage, *owner)
        .order_by(Workflow.position, Workflow.id, Stage.position, Stage.id, cents.desc(), Deal.owner_id)
    )
    found: dict[UUID, PipelineStage] = {}
    for workflow_id, workflow, stage_id, name, likely, stale, owner_id, first, last, count, value in rows:
        said = found.setdefault(stage_id, PipelineStage(
            workflow_id=workflow_id, workflow=workflow, stage_id=stage_id, stage=name, likely_pct=likely,
            stale_days=stale, parts=(),
        ))  # fmt: skip
        if owner_id is not None:
            part = OwnersPart(owner_id=owner_id, owner=full_name(first, last), deals=count, cents=int(value))
            found[stage_id] = replace(said, parts=(*said.parts, part))
    return list(found.values())


async def settled(session: ReadSession, actor: Actor, scope: ReportScope) -> Settled:
    """What settled in each month, those without a settlement too, beside the year before. A deal that was put away
    since settled all the same; one that came here after it had settled says nothing of how long it took."""
    demand(actor, Permission.CONTACT_READ)
    earlier = scope.a_year_earlier
    rows = await session.execute(
        select(Deal.settled_on, Deal.value_cents, Deal.created_at).where(
            deals_in(actor, scope),
            Deal.locked_at.is_not(None),
            or_(*[Deal.settled_on.between(each.first, each.last) for each in (scope, earlier)]),
        )
    )
    months = {each: MonthSettled(month=each) for each in months_of(scope)}
    took: tuple[list[float], list[float]] = ([], [])
    for day, cents, created_at in rows:
        assert day is not None  # it lies between two days
        now = day >= scope.first
        month = (day if now else day.replace(year=day.year + 1, day=1)).replace(day=1)
        said = months[month]
        months[month] = (
            replace(said, deals=said.deals + 1, cents=said.cents + cents)
            if now
            else replace(said, last_deals=said.last_deals + 1, last_cents=said.last_cents + cents)
        )
        days = (day - local(created_at, actor.time_zone).date()).days
        if days >= 0:
            took[0 if now else 1].append(days)
    return Settled(months=tuple(months.values()), days=spread_of(took[0]), last_days=spread_of(took[1]))


async def sources(session: ReadSession, actor: Actor, scope: ReportScope) -> list[SourceRow]:
    """Who brought the deals that were added, the most first; the firm's own among them. Two statements.

    Lodged are those with a day of lodgement, in a stage of the lender's, or settled.
    """
    demand(actor, Permission.CONTACT_READ)
    earlier = scope.a_year_earlier
    now = case((Deal.created_at >= instants_of(scope, actor)[0], 1), else_=0).label("now")
    done = Deal.locked_at.is_not(None)
    then = done & (Deal.settled_on <= earlier.last)
    who = (Deal.partner_id, Partner.first_name, Partner.last_name, Partner.firm)
    rows = await session.execute(
        select(
            *who, now, func.count(), _how_many(or_(Deal.lodged_on.is_not(None), Stage.with_lender, done)),
            _how_many(done), _how_many(Deal.outcome.is_not(None)), _how_many(then),
            func.coalesce(func.sum(case((done, Deal.value_cents), else_=0)), 0),
        )
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Partner, Partner.id == Deal.partner_id)
        .where(deals_in(actor, scope), within(Deal.created_at, actor, scope, earlier))
        .group_by(*who, now)
    )  # fmt: skip
    typed = await _typed_names(session, actor)
    found: dict[UUID | None, SourceRow] = {}
    for partner_id, first, last, firm, is_now, count, lodged, ended, stopped, ended_then, cents in rows:
        own = typed.get(partner_id) or (full_name(first, last), firm or "")
        name = ", ".join(part for part in own if part) if partner_id else ""
        said = found.get(partner_id) or SourceRow(partner_id=partner_id, partner=name)
        found[partner_id] = (
            replace(said, deals=count, lodged=int(lodged), settled=int(ended), stopped=int(stopped),
                    settled_cents=int(cents))
            if is_now
            else replace(said, last_deals=count, last_settled=int(ended_then))
        )  # fmt: skip
    return sorted(found.values(), key=lambda each: (-each.deals, -each.settled, each.partner.casefold()))


async def _typed_names(session: ReadSession, actor: Actor) -> dict[UUID | None, tuple[str, str]]:
    """Name and firm of partners who work with another firm and haven't come in here: what this one typed."""
    here = PartnerMembership
    rows = await session.execute(
        select(here.partner_id, here.typed).where(
            here.organisation_id == actor.organisation_id, here.waits_since.is_not(None)
        )
    )
    return {
        partner_id: (full_name(typed.get("first_name"), typed.get("last_name")), typed.get("firm") or "")
        for partner_id, typed in rows
    }


def full_name(first: str | None, last: str | None) -> str:
    """Both names of somebody, as they are said."""
    return f"{first or ''} {last or ''}".strip()


def _how_many(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)
