"""Deleting a stage or a workflow: its deals move on or are archived, and none is ever dropped (W-10)."""

from uuid import UUID

from sqlalchemy import func, select, update

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import record, touch
from salestrekker_portal.domains.deals.changes import board_remade
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.pipeline.whole_stages import archive_all, move_all
from salestrekker_portal.domains.workflows.queries import access_stage, first_stage, stages_of, workflows_with_stages
from salestrekker_portal.domains.workflows.service import held, held_stage
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.workflows import Stage, Workflow

ONLY_STAGE = "A workflow needs a stage. Add another one first."
ONLY_WORKFLOW = "A firm needs a workflow. Add another one first."


async def delete_stage(
    session: WriteSession, actor: Actor, stage_id: UUID, version: int, *, to_stage_id: UUID | None, archive: bool
) -> None:
    """Delete a stage. Its deals go to another stage, or are archived there: so say one of the two.

    Raises NotPermitted, NotFound, Conflict (the only stage; changed meanwhile), Invalid (`to_stage`).
    """
    workflow, stage = await held_stage(session, actor, stage_id, version)
    others = [each for each in await stages_of(session, workflow.id) if each.id != stage.id]
    if not others:
        raise Conflict(ONLY_STAGE)
    target = await _target(session, actor, others[0], to_stage_id, archive, leaving=[stage.id])
    moved = await _empty_out(session, actor, [stage.id], target, archive)
    record(session, actor, "stage:deleted", organisation_id=actor.organisation_id, workflow=workflow.name,
           stage=stage.name, deals=moved, to="archive" if archive else target.name)  # fmt: skip
    await session.delete(stage)
    await session.flush()
    for position, each in enumerate(others):
        each.position = position
    board_remade(session, actor.organisation_id)
    touch(session, f"workflow:{workflow.id}")


async def delete_workflow(
    session: WriteSession, actor: Actor, workflow_id: UUID, version: int, *, to_stage_id: UUID | None, archive: bool
) -> None:
    """Put a workflow away. Its deals go to a stage of another one, or are archived there.

    Raises NotPermitted, NotFound, Conflict (the only one; partners' leads arrive here), Invalid (`to_stage`).
    """
    workflow = await held(session, actor, workflow_id, version)
    others = [each for each, _ in await workflows_with_stages(session, actor) if each.id != workflow.id]
    if not others:
        raise Conflict(ONLY_WORKFLOW)
    await _demand_no_leads(session, actor, workflow)
    stages = [stage.id for stage in await stages_of(session, workflow.id)]
    fallback = await first_stage(session, actor.organisation_id, others[0].id)
    target = await _target(session, actor, fallback, to_stage_id, archive, leaving=stages)
    moved = await _empty_out(session, actor, stages, target, archive)
    workflow.archived_at = utc_now()
    record(session, actor, "workflow:deleted", organisation_id=actor.organisation_id, workflow=workflow.name,
           deals=moved, to="archive" if archive else target.name)  # fmt: skip
    board_remade(session, actor.organisation_id)
    touch(session, f"workflow:{workflow.id}")
    await session.flush()


async def deals_in(session: ReadSession, actor: Actor, stage_ids: list[UUID]) -> dict[UUID, int]:
    """How many open deals each stage holds; what a question before deleting names."""
    rows = await session.execute(
        select(Deal.stage_id, func.count())
        .where(
            Deal.organisation_id == actor.organisation_id,
            Deal.stage_id.in_(stage_ids),
            Deal.archived_at.is_(None),
            Deal.locked_at.is_(None),
        )
        .group_by(Deal.stage_id)
    )
    return dict(rows.all())


async def _target(
    session: WriteSession,
    actor: Actor,
    fallback: Stage,
    to_stage_id: UUID | None,
    archive: bool,
    *,
    leaving: list[UUID],
) -> Stage:
    """Where the deals go. Archived ones need a place too: they may be brought back."""
    if archive:
        return fallback
    if to_stage_id is None or to_stage_id in leaving:
        raise Invalid({"to_stage": "Choose where the deals go, or archive them."})
    target = await access_stage(session, actor.organisation_id, to_stage_id)
    workflow = await existing(session, Workflow, target.workflow_id)
    if workflow.archived_at is not None:
        raise Invalid({"to_stage": "That workflow was deleted. Choose another stage."})
    return target


async def _empty_out(session: WriteSession, actor: Actor, stage_ids: list[UUID], target: Stage, archive: bool) -> int:
    """Move or archive every deal of these stages; how many were open."""
    here = (Deal.organisation_id == actor.organisation_id, Deal.stage_id.in_(stage_ids))
    if archive:
        count = await archive_all(session, actor, stage_ids)
    else:
        count = await move_all(session, actor, stage_ids, target)
    # Settled and archived deals come along without a word: they stay as they are.
    for deal_id in await hold_deals(session, select(Deal.id).where(*here)):
        deal_touched(session, deal_id)
    await session.execute(
        update(Deal)
        .where(*here)
        .values(stage_id=target.id, workflow_id=target.workflow_id)
        .execution_options(synchronize_session="fetch")
    )
    await session.flush()
    return count


async def _demand_no_leads(session: WriteSession, actor: Actor, workflow: Workflow) -> None:
    found = select(PartnerPortalSettings.id).where(
        PartnerPortalSettings.organisation_id == actor.organisation_id,
        PartnerPortalSettings.default_workflow_id == workflow.id,
    )
    if await session.scalar(found):
        raise Conflict("Partners’ leads arrive in this workflow. Choose another one under Partner Portal first.")
