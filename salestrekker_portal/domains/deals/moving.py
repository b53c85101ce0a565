"""Moving a deal on the board: one row is written, and everyone who follows the deal hears of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, deal_topic, partner_topic, record, touch
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import MoveFacts, demand_open, whose_move
from salestrekker_portal.domains.documents.models import DocumentRequest, RequestState
from salestrekker_portal.domains.partners.models import DealPartner
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.domains.workflows.models import FactFindMode, Stage, Workflow
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a move needs to know beside the deal itself."""

    target: Stage
    source_name: str
    source_mode: FactFindMode
    after_rank: str | None
    next_rank: str | None
    owed: int
    to_review: int
    followers: frozenset[str]
    above_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A deal in its new place, and the one that it had: what taking the move back needs."""

    deal: Deal
    stage_name: str
    from_stage_id: UUID
    from_above_id: UUID | None


async def move_deal(
    session: WriteSession,
    actor: Actor,
    deal_id: UUID,
    stage_id: UUID,
    after_id: UUID | None = None,
    *,
    only_from: UUID | None = None,
) -> Moved:
    """Put a deal into a stage of any workflow, right below the deal `after_id`, or on top.

    When `after_id` is no longer in that stage the deal goes on top. Entering another stage restarts its days
    there; a stage whose fact find is read-only locks the clients' answers at once, on their open pages too.
    Whoever takes a move back names the stage that the deal must still be in, `only_from`.
    Raises NotFound (deal or stage), NotPermitted, Conflict (settled, archived, moved on). Four statements.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_MOVE)
    demand_open(deal)
    if only_from is not None and deal.stage_id != only_from:
        raise Conflict("Somebody has moved this deal since, so the move wasn’t taken back.")
    around = await _surroundings(session, deal, stage_id, after_id)
    from_stage_id = deal.stage_id
    deal.rank = rank.between(around.after_rank, around.next_rank)
    if deal.stage_id != around.target.id:
        enter_stage(session, actor, deal, around)
    board_changed(session, deal.organisation_id, deal.id, placed=True)
    await session.flush()
    return Moved(deal=deal, stage_name=around.target.name, from_stage_id=from_stage_id, from_above_id=around.above_id)


def enter_stage(session: WriteSession, actor: Actor, deal: Deal, around: Surroundings) -> None:
    """The deal is in another stage now: its days there, whose move it is, the record, and who hears of it."""
    target = around.target
    deal.stage_id, deal.workflow_id, deal.stage_entered_at = target.id, target.workflow_id, utc_now()
    deal.move = whose_move(
        MoveFacts(
            with_lender=target.with_lender,
            portal_state=deal.portal_state,
            mode=target.fact_find,
            profile_pct=deal.profile_pct,
            asked_open=around.owed,
            to_review=around.to_review,
        )
    )
    facts: dict[str, Any] = {"from_stage": around.source_name, "to_stage": target.name}
    if target.fact_find is not around.source_mode:
        facts["fact_find"] = target.fact_find.value
    record(session, actor, "deal:moved", organisation_id=deal.organisation_id, deal_id=deal.id, **facts)
    touch(session, deal_topic(deal.id), *around.followers)


async def _surroundings(session: WriteSession, deal: Deal, stage_id: UUID, after_id: UUID | None) -> Surroundings:
    """The stage, the neighbours' ranks, what is owed and who follows, in one statement. Raises NotFound."""
    source = aliased(Stage)
    after, following = _neighbours(deal, stage_id, after_id)
    rows = (
        await session.execute(
            select(
                Stage,
                source.name,
                source.fact_find,
                after,
                following,
                count_requests(deal.id, *is_owed()),
                count_requests(deal.id, *is_to_review()),
                DealPartner.partner_id,
                PortalAccess.id,
                _above(deal),
            )
            .join(Workflow, Workflow.id == Stage.workflow_id)
            .join(source, source.id == deal.stage_id)
            .outerjoin(DealPartner, DealPartner.deal_id == deal.id)
            .outerjoin(PortalAccess, (PortalAccess.deal_id == deal.id) & PortalAccess.revoked_at.is_(None))
            .where(Stage.id == stage_id, Workflow.organisation_id == deal.organisation_id)
            .where(Workflow.archived_at.is_(None))
        )
    ).all()  # fmt: skip
    if not rows:
        raise NotFound("stage")
    target, source_name, source_mode, after_rank, next_rank, owed, to_review, _, _, above_id = rows[0]
    return Surroundings(
        target=target,
        source_name=source_name,
        source_mode=source_mode,
        after_rank=after_rank,
        next_rank=next_rank,
        owed=owed,
        to_review=to_review,
        above_id=above_id,
        followers=frozenset(
            {partner_topic(row[7]) for row in rows if row[7]} | {access_topic(row[8]) for row in rows if row[8]}
        ),
    )


def _neighbours(deal: Deal, stage_id: UUID, after_id: UUID | None):
    """The rank of the deal above, and the next different rank below it."""
    column = (
        Deal.organisation_id == deal.organisation_id,
        Deal.stage_id == stage_id,
        Deal.archived_at.is_(None),
        Deal.locked_at.is_(None),
        Deal.id != deal.id,
    )
    above = aliased(Deal)
    after = (
        select(above.rank)
        .where(
            above.id == after_id,
            above.organisation_id == deal.organisation_id,
            above.stage_id == stage_id,
            above.id != deal.id,
        )
        .scalar_subquery()
    )
    # Ranks are never empty, so the empty text stands for "above all".
    following = select(func.min(Deal.rank)).where(*column, Deal.rank > func.coalesce(after, "")).scalar_subquery()
    return after, following


def _above(deal: Deal):
    """The deal right above this one in the stage where it is now."""
    above = aliased(Deal)
    return (
        select(above.id)
        .where(
            above.organisation_id == deal.organisation_id,
            above.stage_id == deal.stage_id,
            above.archived_at.is_(None),
            above.locked_at.is_(None),
            above.id != deal.id,
            above.rank <= deal.rank,
        )
        .order_by(above.rank.desc(), above.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def is_owed() -> tuple:
    """Of a document request: the client has been asked and has not sent it."""
    return (
        DocumentRequest.state.in_((RequestState.REQUESTED, RequestState.ASKED_AGAIN)),
        DocumentRequest.sent_at.is_not(None),
    )


def is_to_review() -> tuple:
    """Of a document request: the brokerage has to look at what was sent."""
    return (DocumentRequest.state == RequestState.UPLOADED,)


def count_requests(deal_id, *conditions):
    """How many requests of a deal, which may be a column, are so: part of a statement."""
    return (
        select(func.count())
        .select_from(DocumentRequest)
        .where(DocumentRequest.deal_id == deal_id, DocumentRequest.withdrawn_at.is_(None), *conditions)
        .scalar_subquery()
    )
