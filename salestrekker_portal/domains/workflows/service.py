"""Changing workflows and their stages. Whoever edits what somebody else changed meanwhile is told (W-01..W-09)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import access_topic, deal_topic, record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.deals.changes import board_remade
from salestrekker_portal.domains.deals.figures import deal_touched
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.workflows.queries import access_workflow, stages_of, workflows_with_stages
from salestrekker_portal.domains.workflows.rules import (
    checked_goal,
    checked_kind,
    checked_stage,
    checked_title,
    stage_form,
    workflow_form,
)
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode, Stage, Workflow

CHANGED_MEANWHILE = (
    "Somebody else changed this workflow while you had it open. It is shown as it is now, and what you typed is still "
    "in the form: look at both, then save again."
)
MOST_STAGES = 20
MOST_WORKFLOWS = 30
FIRST_STAGE = {"name": "New", "client_name": "Getting started", "probability_pct": "10", "stale_days": "7"}

# All that makes a stage, but for whose it is.
STAGE_FIELDS = (
    "name", "client_name", "client_meaning", "position", "fact_find", "probability_pct", "stale_days", "colour",
    "with_lender", "milestone", "tasks",
)  # fmt: skip


async def add_workflow(session: WriteSession, actor: Actor, name: object, kind: object = "home_loan") -> Workflow:
    """A workflow with its first stage. Raises NotPermitted, Invalid (`name`, `kind`), Conflict."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    workflow = await _one_more(session, actor, name=checked_title(name), kind=checked_kind(kind))
    session.add(Stage(workflow_id=workflow.id, position=0, **checked_stage(FIRST_STAGE)))
    await _tell(session, actor, workflow, "workflow:added")
    return workflow


async def duplicate_workflow(session: WriteSession, actor: Actor, workflow_id: UUID) -> Workflow:
    """A copy with all of its stages, without deals, at the end (W-09). Raises NotPermitted, NotFound, Conflict."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    original = await access_workflow(session, actor, workflow_id)
    copy = await _one_more(session, actor, name=f"{shortened(original.name, 110)} (copy)", kind=original.kind)
    for stage in await stages_of(session, original.id):
        session.add(Stage(workflow_id=copy.id, **{field: getattr(stage, field) for field in STAGE_FIELDS}))
    await _tell(session, actor, copy, "workflow:added")
    return copy


async def _one_more(session: WriteSession, actor: Actor, *, name: str, kind: str) -> Workflow:
    others = await workflows_with_stages(session, actor)
    if len(others) >= MOST_WORKFLOWS:
        raise Conflict(f"A firm has at most {MOST_WORKFLOWS} workflows. Delete one that you no longer use.")
    position = max((each.position for each, _ in others), default=-1) + 1
    workflow = Workflow(organisation_id=actor.organisation_id, name=name, kind=kind, position=position)
    session.add(workflow)
    await session.flush()
    return workflow


async def rename_workflow(
    session: WriteSession,
    actor: Actor,
    workflow_id: UUID,
    name: object,
    kind: object = None,
    monthly_goal: object = None,
    shown: Mapping[str, object] | None = None,
) -> None:
    """Its name, and its type and goal where they are given. Deals that are there keep their type.

    Raises NotPermitted, NotFound, Invalid (by field), Faster for what somebody else changed since `shown`.
    """
    workflow = await held(session, actor, workflow_id)
    now = workflow_form(workflow)
    given = {"kind": kind, "monthly_goal": monthly_goal}
    typed = now | {"name": name} | {field: value for field, value in given.items() if value is not None}
    trail = Trail(kinds=("workflow:changed",), subject_id=workflow.id, columns={"monthly_goal": "goal_cents"})
    kept = await on_top_of(session, actor, trail, shown=shown, now=now, typed=typed)
    wanted = {
        "name": checked_title(kept["name"]),
        "kind": checked_kind(kept["kind"]),
        "goal_cents": checked_goal(kept["monthly_goal"]),
    }
    changed = [field for field, value in wanted.items() if getattr(workflow, field) != value]
    for field in changed:
        setattr(workflow, field, wanted[field])
    await _tell(session, actor, workflow, "workflow:changed", about=workflow.id, fields=", ".join(changed))


async def add_stage(
    session: WriteSession, actor: Actor, workflow_id: UUID, version: int, facts: Mapping[str, object]
) -> Stage:
    """A stage at the end. Raises NotPermitted, NotFound, Conflict, Invalid (fields as in `checked_stage`)."""
    workflow = await held(session, actor, workflow_id, version)
    wanted = checked_stage(facts)
    stages = await stages_of(session, workflow.id)
    if len(stages) >= MOST_STAGES:
        raise Conflict(f"A workflow has at most {MOST_STAGES} stages.")
    stage = Stage(workflow_id=workflow.id, position=stages[-1].position + 1 if stages else 0, **wanted)
    session.add(stage)
    await _tell(session, actor, workflow, "stage:added", stage=stage.name)
    return stage


async def change_stage(
    session: WriteSession,
    actor: Actor,
    stage_id: UUID,
    facts: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> Stage:
    """Change a stage. Clients whose deal is in it see new words, and whether they may edit, at once (W-05).

    Raises NotPermitted, NotFound, Invalid (fields as in `checked_stage`), Faster for what somebody else changed
    since `shown`.
    """
    workflow, stage = await held_stage(session, actor, stage_id)
    # Its deals before it: whoever moves a deal here holds that deal while looking at the stage.
    in_it = (Deal.organisation_id == workflow.organisation_id, Deal.stage_id == stage.id)
    await hold_deals(session, select(Deal.id).where(*in_it))
    # What it was before one's turn came is over; it may have gone.
    if await session.get(Stage, stage_id, populate_existing=True) is None:
        raise NotFound("stage")
    trail = Trail(kinds=("stage:changed",), subject_id=stage.id, columns={"read_only": "fact_find"})
    facts = await on_top_of(session, actor, trail, shown=shown, now=stage_form(stage), typed=facts)
    before, was_with_lender = stage.fact_find, stage.with_lender
    wanted = checked_stage(facts)
    changed = ", ".join(name for name, value in wanted.items() if getattr(stage, name) != value)
    for name, value in wanted.items():
        setattr(stage, name, value)
    await _tell(session, actor, workflow, "stage:changed", about=stage.id, stage=stage.name, fields=changed)
    if stage.fact_find is not before:
        mode = "read-only" if stage.fact_find is FactFindMode.READ_ONLY else "editable"
        record(session, actor, "stage:fact_find", organisation_id=actor.organisation_id, stage=stage.name, mode=mode)
    if (stage.fact_find, stage.with_lender) != (before, was_with_lender):
        await session.flush()
        for deal_id in await hold_deals(session, select(Deal.id).where(*in_it)):
            deal_touched(session, deal_id)
    return stage


async def shift_stage(session: WriteSession, actor: Actor, stage_id: UUID, version: int, *, up: bool) -> None:
    """Change places with the stage before or after. At the end nothing happens.

    Raises NotPermitted, NotFound, Conflict (changed meanwhile).
    """
    workflow, stage = await held_stage(session, actor, stage_id, version)
    stages = await stages_of(session, workflow.id)
    place = [each.id for each in stages].index(stage.id)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(stages):
        return
    stages[place], stages[other] = stages[other], stages[place]
    for position, each in enumerate(stages):
        each.position = position
    await _tell(session, actor, workflow, "workflow:changed")


async def held(session: WriteSession, actor: Actor, workflow_id: UUID, version: int | None = None) -> Workflow:
    """The workflow, locked for this change, one version on.

    Raises NotPermitted, NotFound, Conflict when it is no longer the version that the person saw; None doesn't ask.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    await access_workflow(session, actor, workflow_id)
    workflow = await existing(session, Workflow, workflow_id, with_for_update=HOLD, populate_existing=True)
    if version is not None and workflow.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    workflow.version += 1
    return workflow


async def held_stage(
    session: WriteSession, actor: Actor, stage_id: UUID, version: int | None = None
) -> tuple[Workflow, Stage]:
    """A stage with its workflow as by `held`. One that is gone was deleted meanwhile."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    stage = await session.get(Stage, stage_id)
    if stage is None:
        raise NotFound("stage")
    return await held(session, actor, stage.workflow_id, version), stage


async def _tell(
    session: WriteSession, actor: Actor, workflow: Workflow, kind: str, about: UUID | None = None, **facts: Any
) -> None:
    """Write it down, and wake the boards and the portals of everybody in this workflow."""
    record(
        session, actor, kind, organisation_id=actor.organisation_id, subject_id=about, workflow=workflow.name, **facts
    )
    rows = await session.execute(
        select(PortalAccess.id, PortalAccess.deal_id)
        .join(Deal, Deal.id == PortalAccess.deal_id)
        .where(
            Deal.organisation_id == workflow.organisation_id,
            Deal.workflow_id == workflow.id,
            PortalAccess.revoked_at.is_(None),
        )
    )
    topics = {topic for access_id, deal_id in rows for topic in (access_topic(access_id), deal_topic(deal_id))}
    board_remade(session, actor.organisation_id)
    touch(session, f"workflow:{workflow.id}", *topics)
    await session.flush()
