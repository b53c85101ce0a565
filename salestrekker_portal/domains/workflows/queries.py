"""Workflows and stages, scoped to the brokerage of who looks."""

from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.workflows import Stage, Workflow


async def workflows_with_stages(session: ReadSession, actor: Actor) -> list[tuple[Workflow, list[Stage]]]:
    """Every workflow of the brokerage in order, each with its stages in order. One statement."""
    rows = await session.execute(
        select(Workflow, Stage)
        .join(Stage, Stage.workflow_id == Workflow.id)
        .where(Workflow.organisation_id == actor.organisation_id, Workflow.archived_at.is_(None))
        .order_by(Workflow.position, Workflow.id, Stage.position)
    )
    found: dict[UUID, tuple[Workflow, list[Stage]]] = {}
    for workflow, stage in rows:
        found.setdefault(workflow.id, (workflow, []))[1].append(stage)
    return list(found.values())


async def access_workflow(session: ReadSession, actor: Actor, workflow_id: UUID) -> Workflow:
    """A workflow of the person's brokerage. Raises NotFound."""
    found = select(Workflow).where(
        Workflow.id == workflow_id,
        Workflow.organisation_id == actor.organisation_id,
        Workflow.archived_at.is_(None),
    )
    workflow = (await session.scalars(found)).one_or_none()
    if workflow is None:
        raise NotFound("workflow")
    return workflow


async def stages_of(session: ReadSession, workflow_id: UUID) -> list[Stage]:
    """The stages of a workflow that has been accessed already, in order."""
    return list(await session.scalars(select(Stage).where(Stage.workflow_id == workflow_id).order_by(Stage.position)))


async def first_stage(session: ReadSession, organisation_id: UUID, workflow_id: UUID | None = None) -> Stage:
    """Where a new deal lands: the first stage of the workflow, by default the brokerage's first. Raises NotFound."""
    return (await first_stage_and_kind(session, organisation_id, workflow_id))[0]


async def first_stage_and_kind(
    session: ReadSession, organisation_id: UUID, workflow_id: UUID | None = None
) -> tuple[Stage, str]:
    """`first_stage`, and the kind of its workflow. One statement. Raises NotFound."""
    found = (
        select(Stage, Workflow.kind)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Workflow.organisation_id == organisation_id, Workflow.archived_at.is_(None))
        .order_by(Workflow.position, Workflow.id, Stage.position)
        .limit(1)
    )
    if workflow_id is not None:
        found = found.where(Workflow.id == workflow_id)
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise NotFound("workflow")
    return row[0], row[1]


async def access_stage(session: ReadSession, organisation_id: UUID, stage_id: UUID) -> Stage:
    """A stage of the brokerage. Raises NotFound."""
    found = (
        select(Stage)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Stage.id == stage_id, Workflow.organisation_id == organisation_id)
    )
    stage = (await session.scalars(found)).one_or_none()
    if stage is None:
        raise NotFound("stage")
    return stage


async def stages_in(session: ReadSession, actor: Actor, workflow_id: UUID) -> list[Stage]:
    """The stages of a workflow of the person's brokerage, in order; none for anybody else's."""
    found = (
        select(Stage)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Workflow.id == workflow_id, Workflow.organisation_id == actor.organisation_id)
        .order_by(Stage.position)
    )
    return list(await session.scalars(found))
