"""What partners see of the deals that they follow. Never an amount."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import PartnerPortalSettings, User
from salestrekker_portal.tables.workflows import Stage, Workflow

MOST_DEALS = 300


@dataclass(frozen=True, kw_only=True)
class PartnerDeal:
    """A deal as its partner may see it: names, stage and dates."""

    id: UUID
    name: str
    clients: str
    labels: str
    broker: str
    broker_first_name: str
    stage_id: UUID
    stage: str
    created_at: datetime
    stage_entered_at: datetime
    settled: bool
    # The workflow that it has moved on to, when that is not the one that was asked about.
    moved_to: str


@dataclass(frozen=True, kw_only=True)
class WorkflowChoice:
    """A workflow that has deals of this partner, or gets their leads."""

    id: UUID
    name: str
    open: int
    closed: int
    gets_leads: bool


async def workflows_of(session: ReadSession, actor: Actor) -> list[WorkflowChoice]:
    """Workflows with a deal of this partner, and the one that gets their leads; in the firm's order."""
    mine = visible_deals(actor).subquery()
    counts = (
        select(
            mine.c.workflow_id,
            func.sum(case((mine.c.settled_on.is_(None), 1), else_=0)).label("open"),
            func.sum(case((mine.c.settled_on.is_not(None), 1), else_=0)).label("closed"),
        )
        .group_by(mine.c.workflow_id)
        .subquery()
    )
    default = (
        select(PartnerPortalSettings.default_workflow_id)
        .where(PartnerPortalSettings.organisation_id == actor.organisation_id)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Workflow.id, Workflow.name, counts.c.open, counts.c.closed, Workflow.id == default)
        .outerjoin(counts, counts.c.workflow_id == Workflow.id)
        .where(
            Workflow.organisation_id == actor.organisation_id,
            (counts.c.workflow_id.is_not(None)) | ((Workflow.id == default) & Workflow.archived_at.is_(None)),
        )
        .order_by(Workflow.position, Workflow.name)
    )
    return [
        WorkflowChoice(id=key, name=name, open=o or 0, closed=c or 0, gets_leads=bool(leads))
        for key, name, o, c, leads in rows
    ]


async def default_view_of(session: ReadSession, actor: Actor) -> str:
    """How the firm has its partners' deals open: "board" or "list"."""
    found = select(PartnerPortalSettings.default_view).where(
        PartnerPortalSettings.organisation_id == actor.organisation_id
    )
    return await session.scalar(found) or "board"


async def stages_of(session: ReadSession, workflow_id: UUID) -> list[Stage]:
    """The stages of a workflow that has been seen already, in order."""
    return list(await session.scalars(select(Stage).where(Stage.workflow_id == workflow_id).order_by(Stage.position)))


def _deals(actor: Actor):
    return (
        visible_deals(actor)
        .join(Stage, Stage.id == Deal.stage_id)
        .join(Workflow, Workflow.id == Deal.workflow_id)
        .join(User, User.id == Deal.owner_id)
        .add_columns(Stage.client_name, User, Workflow.name)
    )


async def board_of(
    session: ReadSession, actor: Actor, workflow: WorkflowChoice, *, with_closed: bool
) -> list[PartnerDeal]:
    """The partner's deals in one workflow, newest first; settled ones only when asked for.

    In the workflow that gets their leads also those that they referred and that have moved on: they look for them
    where they put them.
    """
    here = Deal.workflow_id == workflow.id
    if workflow.gets_leads:
        here |= Deal.partner_id == actor.id
    wanted = _deals(actor).where(here)
    if not with_closed:
        wanted = wanted.where(Deal.settled_on.is_(None))
    rows = await session.execute(wanted.order_by(Deal.created_at.desc(), Deal.id).limit(MOST_DEALS))
    return [
        _seen(deal, stage, owner, "" if deal.workflow_id == workflow.id else name) for deal, stage, owner, name in rows
    ]


def _seen(deal: Deal, stage: str, owner: User, moved_to: str) -> PartnerDeal:
    return PartnerDeal(
        id=deal.id,
        name=deal.name,
        clients=deal.clients_line,
        labels=deal.labels_line,
        broker=owner.name,
        broker_first_name=owner.first_name,
        stage_id=deal.stage_id,
        stage=stage,
        created_at=deal.created_at,
        stage_entered_at=deal.stage_entered_at,
        settled=deal.settled_on is not None,
        moved_to=moved_to,
    )


async def deal_for_partner(session: ReadSession, actor: Actor, deal_id: UUID) -> tuple[Deal, User]:
    """The deal and its broker. Raises NotFound."""
    row = (
        await session.execute(
            visible_deals(actor).join(User, User.id == Deal.owner_id).add_columns(User).where(Deal.id == deal_id)
        )
    ).one_or_none()
    if row is None or not actor.is_partner:
        raise NotFound("deal")
    return row[0], row[1]
