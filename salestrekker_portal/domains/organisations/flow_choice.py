"""Flows: which sections of the fact find a client is asked for (S1-15..S1-18).

An invitation copies the flow that it was made with, so nothing here changes a portal that is shared already.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.deals.queries import demand
from salestrekker_portal.domains.fact_find.catalogue import section_ids_of
from salestrekker_portal.domains.fact_find.flows import LOAN_NAMES, loan_of, pages_of_flow
from salestrekker_portal.domains.organisations.models import Flow
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.kernel.text import clean, shortened

MOST_FLOWS = 50
FLOW_TYPES = {loan.value: name for loan, name in LOAN_NAMES.items()}


async def flows_in_use(session: ReadSession, actor: Actor) -> list[Flow]:
    """Those that an invitation may choose, in their order. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = select(Flow).where(Flow.organisation_id == actor.organisation_id, Flow.retired_at.is_(None))
    return list(await session.scalars(found.order_by(Flow.position, Flow.created_at)))


async def save_flow(
    session: WriteSession, actor: Actor, flow_id: UUID | None, *, name: object, flow_type: object, sections: Iterable
) -> Flow:
    """Change a flow, or add one when there is no id. Raises NotPermitted, NotFound, Conflict, Invalid (`name`,
    `flow_type`, `sections`)."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    wanted = _checked(actor.country, name, flow_type, sections)
    if flow_id is None:
        flow = await _added(session, actor, **wanted)
    else:
        flow = await _mine(session, actor, flow_id)
        for field, value in wanted.items():
            setattr(flow, field, value)
    record(session, actor, "flow:saved", organisation_id=actor.organisation_id, name=flow.name)
    await session.flush()
    return flow


async def duplicate_flow(session: WriteSession, actor: Actor, flow_id: UUID) -> Flow:
    """A copy at the end. Raises NotPermitted, NotFound, Conflict (too many)."""
    flow = await _mine(session, actor, flow_id)
    name = f"{shortened(flow.name, 110)} (copy)"
    copy = await _added(session, actor, name=name, flow_type=flow.flow_type, section_ids=list(flow.section_ids))
    record(session, actor, "flow:saved", organisation_id=actor.organisation_id, name=copy.name)
    await session.flush()
    return copy


async def shift_flow(session: WriteSession, actor: Actor, flow_id: UUID, *, up: bool) -> None:
    """Change places with the one before or after; the first is offered first. Raises NotPermitted, NotFound."""
    flow = await _mine(session, actor, flow_id)
    flows = await flows_in_use(session, actor)
    place = [each.id for each in flows].index(flow.id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(flows):
        flows[place], flows[other] = flows[other], flows[place]
    for position, each in enumerate(flows):
        each.position = position


async def retire_flow(session: WriteSession, actor: Actor, flow_id: UUID) -> None:
    """Offer it no longer; portals that were shared with it keep it. Raises NotPermitted, NotFound, Conflict."""
    flow = await _mine(session, actor, flow_id)
    if len(await flows_in_use(session, actor)) < 2:
        raise Conflict("Invitations need a flow. Add another one first.")
    flow.retired_at = utc_now()
    record(session, actor, "flow:retired", organisation_id=actor.organisation_id, name=flow.name)


def _checked(country: str, name: object, flow_type: object, sections: Iterable) -> dict[str, object]:
    errors: dict[str, str] = {}
    title = clean(name)
    if not title:
        errors["name"] = "Give the flow a name."
    elif len(title) > 120:
        errors["name"] = f"Use at most 120 characters. This has {len(title):,}."
    if not isinstance(flow_type, str) or flow_type not in FLOW_TYPES:
        errors["flow_type"] = "Choose a type."
    chosen = {each for each in sections if isinstance(each, str)}
    offered = section_ids_of(pages_of_flow(country, loan_of(str(flow_type))))
    ids = [each for each in offered if each in chosen]
    if not ids:
        errors["sections"] = "Tick at least one section."
    if errors:
        raise Invalid(errors)
    return {"name": title, "flow_type": flow_type, "section_ids": ids}


async def _added(session: WriteSession, actor: Actor, **facts: object) -> Flow:
    flows = await flows_in_use(session, actor)
    if len(flows) >= MOST_FLOWS:
        raise Conflict(f"A firm has at most {MOST_FLOWS} flows. Retire one that you no longer use.")
    position = max((each.position for each in flows), default=-1) + 1
    flow = Flow(organisation_id=actor.organisation_id, position=position, **facts)
    session.add(flow)
    return flow


async def _mine(session: WriteSession, actor: Actor, flow_id: UUID) -> Flow:
    demand(actor, Permission.ORGANISATION_MANAGE)
    flow = await session.get(Flow, flow_id)
    if flow is None or flow.organisation_id != actor.organisation_id or flow.retired_at is not None:
        raise NotFound("flow")
    return flow
