"""Moving a deal on the board: one row is written, and everyone who follows the deal hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, deal_topic, partner_topic, record, touch
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.facts import Facts, facts_from, facts_of
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.domains.tasks.service import tasks_on_arrival
from salestrekker_portal.kernel import rank
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import DealPartner
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
SOURCE = aliased(Stage)
ABOVE = aliased(Deal)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a move needs to know beside the deal itself."""

    target: Stage
    source_name: str
    source_mode: FactFindMode
    after_rank: str | None
    next_rank: str | None
    followers: frozenset[str]
    # What the deal's figures follow from once it is in the target, where it was read along.
    facts: Facts | None = None
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
    Raises NotFound (deal or stage), NotPermitted, Conflict (settled, archived, moved on). Four statements, and more
    where the stage asks for tasks.
    """
    deal = await access_deal(session, actor, deal_id, Permission.DEAL_MOVE)
    demand_open(deal)
    if only_from is not None and deal.stage_id != only_from:
        raise Conflict("Somebody has moved this deal since, so the move wasn’t taken back.")
    around = await _surroundings(session, deal, stage_id, after_id)
    from_stage_id = deal.stage_id
    # One row for a move: a rank between the two neighbours leaves everybody else's as it is.
    deal.rank = rank.between(around.after_rank, around.next_rank)
    # Within its stage a deal only changes places: nobody outside the board has to hear of it.
    if deal.stage_id != around.target.id:
        enter_stage(session, actor, deal, around, taken_back=only_from is not None)
        # A move that is taken back is no arrival.
        if only_from is None:
            await tasks_on_arrival(session, actor, deal, around.target)
    board_changed(session, deal.organisation_id, deal.id, placed=True)
    return Moved(deal=deal, stage_name=around.target.name, from_stage_id=from_stage_id, from_above_id=around.above_id)


def enter_stage(
    session: WriteSession, actor: Actor, deal: Deal, around: Surroundings, *, taken_back: bool = False
) -> None:
    """The deal is in another stage now: its days there, whose move it is, the record, and who hears of it."""
    target = around.target
    deal.stage_id, deal.workflow_id, deal.stage_entered_at = target.id, target.workflow_id, utc_now()
    deal_touched(session, deal.id, facts=around.facts)
    facts: dict[str, Any] = {"from_stage": around.source_name, "to_stage": target.name}
    if taken_back:
        facts["taken_back"] = True
    if target.fact_find is not around.source_mode:
        facts["fact_find"] = target.fact_find.value
    record(session, actor, "deal:moved", organisation_id=deal.organisation_id, deal_id=deal.id, **facts)
    touch(session, deal_topic(deal.id), *around.followers)


async def _surroundings(session: WriteSession, deal: Deal, stage_id: UUID, after_id: UUID | None) -> Surroundings:
    """The stage, the neighbours' ranks, what is owed and who follows, in one statement. Raises NotFound."""
    after, following = _neighbours(deal, stage_id, after_id)
    rows = (
        await session.execute(
            select(
                Stage,
                SOURCE.name.label("source_name"),
                SOURCE.fact_find.label("source_mode"),
                after.label("after_rank"),
                following.label("next_rank"),
                DealPartner.partner_id,
                PortalAccess.id.label("access_id"),
                _above(deal).label("above_id"),
                *facts_of(deal.id),
            )
            .join(Workflow, Workflow.id == Stage.workflow_id)
            .join(SOURCE, SOURCE.id == deal.stage_id)
            .outerjoin(DealPartner, DealPartner.deal_id == deal.id)
            .outerjoin(PortalAccess, (PortalAccess.deal_id == deal.id) & PortalAccess.revoked_at.is_(None))
            .where(Stage.id == stage_id, Workflow.organisation_id == deal.organisation_id)
            # A tab that has been open for long may still offer a workflow that was put away.
            .where(Workflow.archived_at.is_(None))
            # The stage stays as it is read here, until the deal is in it.
            .with_for_update(of=Stage, read=True)
            .execution_options(populate_existing=True)
        )
    ).all()  # fmt: skip
    if not rows:
        raise NotFound("stage")
    return _around(rows)


def _around(rows: Sequence[Row]) -> Surroundings:
    """From the rows of the statement above: one for each pair of a partner and a client who follow."""
    first = rows[0]
    return Surroundings(
        target=first.Stage,
        source_name=first.source_name,
        source_mode=first.source_mode,
        after_rank=first.after_rank,
        next_rank=first.next_rank,
        above_id=first.above_id,
        followers=frozenset(
            {partner_topic(row.partner_id) for row in rows if row.partner_id}
            | {access_topic(row.access_id) for row in rows if row.access_id}
        ),
        facts=facts_from(first, first.Stage.with_lender, first.Stage.fact_find),
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
    after = (
        select(ABOVE.rank)
        .where(
            ABOVE.id == after_id,
            ABOVE.organisation_id == deal.organisation_id,
            ABOVE.stage_id == stage_id,
            ABOVE.id != deal.id,
        )
        .scalar_subquery()
    )
    # Ranks are never empty, so the empty text stands for "above all".
    following = select(func.min(Deal.rank)).where(*column, Deal.rank > func.coalesce(after, "")).scalar_subquery()
    return after, following


def _above(deal: Deal):
    """The deal right above this one in the stage where it is now."""
    return (
        select(ABOVE.id)
        .where(
            ABOVE.organisation_id == deal.organisation_id,
            ABOVE.stage_id == deal.stage_id,
            ABOVE.archived_at.is_(None),
            ABOVE.locked_at.is_(None),
            ABOVE.id != deal.id,
            ABOVE.rank <= deal.rank,
        )
        .order_by(ABOVE.rank.desc(), ABOVE.id.desc())
        .limit(1)
        .scalar_subquery()
    )
