"""Flows: which sections of the fact find a client is asked for (S1-15..S1-18).

The firm's are changed by its admins and offered to everybody; each broker may have flows of their own, which only
they change, and which are offered for their own deals and wherever they invite. An invitation copies the flow that it
was made with, so nothing here changes a portal that is shared already.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.questions.catalogue import section_ids_of
from salestrekker_portal.domains.questions.flows import LOAN_NAMES, loan_of, pages_of_flow
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.kernel.text import clean, shortened
from salestrekker_portal.tables.organisations import Flow, User

MOST_FLOWS = 50
MOST_LETTERS = 120
FLOW_TYPES = {loan.value: name for loan, name in LOAN_NAMES.items()}


def open_to(*owners: UUID) -> ColumnElement[bool]:
    """The firm's flows, and those that these people made for themselves."""
    return or_(Flow.user_id.is_(None), Flow.user_id.in_(owners))


async def flows_open_to(session: ReadSession, organisation_id: UUID, *owners: UUID) -> list[Flow]:
    """The firm's flows in their order, then these people's own in theirs. One statement."""
    found = select(Flow).where(Flow.organisation_id == organisation_id, Flow.retired_at.is_(None), open_to(*owners))
    ordered = found.order_by(Flow.user_id.is_not(None), Flow.user_id, Flow.position, Flow.created_at, Flow.id)
    return list(await session.scalars(ordered))


async def flows_in_use(session: ReadSession, actor: Actor) -> list[Flow]:
    """The firm's, then one's own, in their order. Raises NotPermitted."""
    _demand_broker(actor)
    return await flows_open_to(session, actor.organisation_id, actor.id)


def may_change(actor: Actor, flow: Flow) -> bool:
    """One's own, or as an admin the firm's."""
    return flow.user_id == actor.id if flow.user_id else actor.may(Permission.ORGANISATION_MANAGE)


def flow_form(flow: Flow) -> dict[str, str]:
    """What the form shows of a flow, by its fields; sections apart by spaces."""
    return {"name": flow.name, "flow_type": flow.flow_type, "sections": " ".join(flow.section_ids)}


async def save_flow(
    session: WriteSession,
    actor: Actor,
    flow_id: UUID | None,
    *,
    name: object,
    flow_type: object,
    sections: Iterable,
    for_firm: bool | None = None,
    shown: Mapping[str, object] | None = None,
) -> Flow:
    """Change a flow, or add one when there is no id: for the firm, or one's own (None: whichever this person may).

    Raises NotPermitted, NotFound, Conflict, Invalid (`name`, `flow_type`, `sections`), Faster (`name`, `flow_type`)
    for what somebody else changed since `shown`. Sections that others ticked meanwhile are ticked as well.
    """
    _demand_broker(actor)
    for_firm = actor.may(Permission.ORGANISATION_MANAGE) if for_firm is None else for_firm
    if flow_id is None and for_firm:
        demand(actor, Permission.ORGANISATION_MANAGE)
    changed: list[str] = []
    if flow_id is None:
        wanted = _checked(actor.country, name, flow_type, sections)
        flow = await _added(session, actor, None if for_firm else actor.id, **wanted)
    else:
        flow = await _mine(session, actor, flow_id)
        await session.refresh(flow, with_for_update=HOLD)
        typed = {"name": name, "flow_type": flow_type, "sections": " ".join(str(each) for each in sections)}
        trail = Trail(kinds=("flow:saved",), subject_id=flow.id)
        kept = await on_top_of(
            session, actor, trail, shown=shown, now=flow_form(flow), typed=typed, several=("sections",)
        )
        wanted = _checked(actor.country, kept["name"], kept["flow_type"], str(kept["sections"]).split())
        changed = [field for field, value in wanted.items() if getattr(flow, field) != value]
        for field in changed:
            setattr(flow, field, wanted[field])
    record(session, actor, "flow:saved", organisation_id=actor.organisation_id, subject_id=flow.id, name=flow.name,
           fields=", ".join(changed))  # fmt: skip
    await session.flush()
    return flow


async def duplicate_flow(session: WriteSession, actor: Actor, flow_id: UUID) -> Flow:
    """A copy at the end; of a flow that this person may not change, one of their own.

    Raises NotPermitted, NotFound, Conflict (too many).
    """
    flow = await _seen(session, actor, flow_id)
    name = f"{shortened(flow.name, 110)} (copy)"
    whose = flow.user_id if may_change(actor, flow) else actor.id
    copy = await _added(session, actor, whose, name=name, flow_type=flow.flow_type, section_ids=list(flow.section_ids))
    record(session, actor, "flow:saved", organisation_id=actor.organisation_id, name=copy.name)
    await session.flush()
    return copy


async def shift_flow(session: WriteSession, actor: Actor, flow_id: UUID, *, up: bool) -> None:
    """Change places with the one before or after of the same owner; the first is offered first.

    Raises NotPermitted, NotFound.
    """
    flow = await _mine(session, actor, flow_id)
    flows = await _beside(session, actor, flow.user_id)
    place = [each.id for each in flows].index(flow.id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(flows):
        flows[place], flows[other] = flows[other], flows[place]
    # All are numbered anew: retired ones leave gaps, and two that were added at once share a place.
    for position, each in enumerate(flows):
        each.position = position


async def retire_flow(session: WriteSession, actor: Actor, flow_id: UUID) -> None:
    """Offer it no longer; portals that were shared with it keep it. Raises NotPermitted, NotFound, Conflict."""
    flow = await _mine(session, actor, flow_id)
    # The last one of the firm's: without it a broker with no flow of their own could invite nobody.
    if flow.user_id is None and len(await _beside(session, actor, None)) < 2:
        raise Conflict("Invitations need a flow. Add another one first.")
    flow.retired_at = utc_now()
    record(session, actor, "flow:retired", organisation_id=actor.organisation_id, name=flow.name)


async def hand_over_flows(session: WriteSession, actor: Actor, leaver: User, to_user_id: UUID) -> None:
    """A broker leaves: what they made goes with their deals, named after them, behind the colleague's own."""
    found = select(Flow).where(Flow.organisation_id == actor.organisation_id, Flow.user_id == leaver.id)
    for flow in await session.scalars(found):
        flow.user_id, flow.position = to_user_id, flow.position + MOST_FLOWS
        # After whom it came from, or the colleague would have two of one name.
        named = f"{flow.name} ({leaver.first_name})"
        flow.name = named if len(named) <= MOST_LETTERS else flow.name


def _checked(country: str, name: object, flow_type: object, sections: Iterable) -> dict[str, object]:
    errors: dict[str, str] = {}
    title = clean(name)
    if not title:
        errors["name"] = "Give the flow a name."
    elif len(title) > MOST_LETTERS:
        errors["name"] = f"Use at most {MOST_LETTERS} characters. This has {len(title):,}."
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


async def _beside(session: ReadSession, actor: Actor, owner: UUID | None) -> list[Flow]:
    """The flows of one owner, or of the firm, in their order."""
    return [each for each in await flows_in_use(session, actor) if each.user_id == owner]


async def _added(session: WriteSession, actor: Actor, owner: UUID | None, **facts: Any) -> Flow:
    flows = await _beside(session, actor, owner)
    if len(flows) >= MOST_FLOWS:
        who = "A firm has" if owner is None else "You can have"
        raise Conflict(f"{who} at most {MOST_FLOWS} flows. Retire one that you no longer use.")
    position = max((each.position for each in flows), default=-1) + 1
    flow = Flow(organisation_id=actor.organisation_id, user_id=owner, position=position, **facts)
    session.add(flow)
    return flow


async def _seen(session: WriteSession, actor: Actor, flow_id: UUID) -> Flow:
    """The firm's or one's own; a colleague's own isn't there."""
    _demand_broker(actor)
    flow = await session.get(Flow, flow_id)
    if flow is None or flow.organisation_id != actor.organisation_id or flow.retired_at is not None:
        raise NotFound("flow")
    if flow.user_id not in (None, actor.id):
        raise NotFound("flow")
    return flow


async def _mine(session: WriteSession, actor: Actor, flow_id: UUID) -> Flow:
    """One that this person may change: the firm's are its admins'."""
    flow = await _seen(session, actor, flow_id)
    if not may_change(actor, flow):
        demand(actor, Permission.ORGANISATION_MANAGE)
    return flow


def _demand_broker(actor: Actor) -> None:
    if not actor.may(Permission.DEAL_SHARE):
        raise NotPermitted("Only an admin or a broker has flows. Ask an admin.")
