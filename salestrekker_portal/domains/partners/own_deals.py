"""What partners see of the deals that they follow. Never an amount."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.deals.partners_see import least_of, shows_partners
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.names import name_needles, search_key
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.organisations import PartnerPortalSettings, User
from salestrekker_portal.tables.partners import DealPartner, Lead
from salestrekker_portal.tables.workflows import Stage, Workflow

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
TIE = aliased(DealPartner)

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
    # What its clients let partners see: below `STAGE` no stage, below `DATES` no date, papers with `PAPERS` only.
    sees: PartnersSee
    stage_id: UUID | None
    stage: str
    stage_entered_at: datetime | None
    settled: bool
    papers_open: int | None
    promised_for: datetime | None
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
    """Workflows with a deal of this partner, and the one that gets their leads; in the firm's order.

    Deals of which clients let partners see nothing are in none of them, nor counted.
    """
    mine = visible_deals(actor).where(shows_partners(Deal.id)).subquery()
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
    # By a name of its own: `visible_deals` looks into the same table.
    return (
        visible_deals(actor)
        .join(Stage, Stage.id == Deal.stage_id)
        .join(Workflow, Workflow.id == Deal.workflow_id)
        .join(User, User.id == Deal.owner_id)
        .join(TIE, (TIE.deal_id == Deal.id) & (TIE.partner_id == actor.id))
        .add_columns(Stage.client_name, User, Workflow.name, least_of(Deal.id), TIE.promised_for)
    )


async def board_of(
    session: ReadSession, actor: Actor, workflow: WorkflowChoice, *, with_closed: bool
) -> list[PartnerDeal]:
    """The partner's deals in one workflow, newest first; settled ones only when asked for, and beside them those of
    which clients let partners see nothing, wherever they are.

    In the workflow that gets their leads also those that they referred and that have moved on: they look for them
    where they put them.
    """
    here = Deal.workflow_id == workflow.id
    if workflow.gets_leads:
        here |= Deal.partner_id == actor.id
    if not with_closed:
        here &= Deal.settled_on.is_(None)
    wanted = _deals(actor).where(or_(here, ~shows_partners(Deal.id)))
    rows = await session.execute(wanted.order_by(Deal.created_at.desc(), Deal.id).limit(MOST_DEALS))
    return [
        _seen(deal, stage, owner, "" if deal.workflow_id == workflow.id else name, PartnersSee(sees), promised)
        for deal, stage, owner, name, sees, promised in rows
    ]


async def deals_called(session: ReadSession, actor: Actor, typed: str) -> list[PartnerDeal]:
    """Whoever of their clients is called like that, in every workflow and settled too, newest first."""
    wanted = name_needles(typed)
    rows = await session.execute(_deals(actor).order_by(Deal.created_at.desc(), Deal.id).limit(MOST_DEALS))
    return [
        _seen(deal, stage, owner, "", PartnersSee(sees), promised)
        for deal, stage, owner, _, sees, promised in rows
        if _is_called(deal, wanted)
    ]


def _is_called(deal: Deal, wanted: list[str]) -> bool:
    key = search_key(deal.clients_line, deal.name)
    return bool(wanted) and all(f" {word}" in key for word in wanted)


async def private_deals_of(session: ReadSession, actor: Actor) -> list[PartnerDeal]:
    """Deals that this partner follows, and of which the clients let partners see nothing: names and broker only."""
    wanted = _deals(actor).where(~shows_partners(Deal.id)).order_by(Deal.created_at.desc(), Deal.id).limit(MOST_DEALS)
    rows = await session.execute(wanted)
    return [_seen(deal, stage, owner, "", PartnersSee.NOTHING, None) for deal, stage, owner, *_ in rows]


def _seen(
    deal: Deal, stage: str, owner: User, moved_to: str, sees: PartnersSee, promised: datetime | None
) -> PartnerDeal:
    shows = sees > PartnersSee.NOTHING
    return PartnerDeal(
        id=deal.id,
        name=deal.name,
        clients=deal.clients_line,
        labels=deal.labels_line if shows else "",
        sees=sees,
        broker=owner.name,
        broker_first_name=owner.first_name,
        stage_id=deal.stage_id if shows else None,
        stage=stage if shows else "",
        stage_entered_at=deal.stage_entered_at if sees >= PartnersSee.DATES else None,
        settled=shows and deal.settled_on is not None,
        papers_open=papers_open(deal, sees),
        promised_for=promised if shows and deal.settled_on is None else None,
        moved_to=moved_to if shows else "",
    )


def papers_open(deal: Deal, sees: PartnersSee) -> int | None:
    """How many of the papers that were asked for are still to come; None where the clients didn't agree to tell."""
    return max(0, deal.documents_asked - deal.documents_in) if sees >= PartnersSee.PAPERS else None


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A deal that a partner follows, its broker, the tie with what was promised, what came with its
    referral, and what its clients let them see."""

    deal: Deal
    owner: User
    tie: DealPartner
    lead: Lead | None
    sees: PartnersSee


async def followed_deal(session: ReadSession, actor: Actor, deal_id: UUID) -> Followed:
    """A deal as its partner opens it, in one statement. Raises NotFound."""
    row = (
        await session.execute(
            visible_deals(actor)
            .join(User, User.id == Deal.owner_id)
            .join(TIE, (TIE.deal_id == Deal.id) & (TIE.partner_id == actor.id))
            .outerjoin(Lead, Lead.deal_id == Deal.id)
            .add_columns(User, TIE, Lead, least_of(Deal.id))
            .where(Deal.id == deal_id)
        )
    ).one_or_none()
    if row is None or not actor.is_partner:
        raise NotFound("deal")
    return Followed(deal=row[0], owner=row[1], tie=row[2], lead=row[3], sees=PartnersSee(row[4]))


async def deal_for_partner(session: ReadSession, actor: Actor, deal_id: UUID) -> tuple[Deal, User]:
    """The deal and its broker, for what a partner does to it. Raises NotFound."""
    row = (
        await session.execute(
            visible_deals(actor).join(User, User.id == Deal.owner_id).add_columns(User).where(Deal.id == deal_id)
        )
    ).one_or_none()
    if row is None or not actor.is_partner:
        raise NotFound("deal")
    return row[0], row[1]
