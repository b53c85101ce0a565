"""Automations are added, changed, tried on a deal, switched on and off, deleted; and what they did is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record, touch
from salestrekker_portal.domains.activity.versions import Trail, on_top_of
from salestrekker_portal.domains.automations.conditions import condition_fields
from salestrekker_portal.domains.automations.deeds import kept_from, planned, stage_called
from salestrekker_portal.domains.automations.naming import named, sensible, words_of
from salestrekker_portal.domains.automations.rules import (
    MOST_IN_A_FIRM,
    MOST_STEPS,
    STEP_FIELDS,
    checked_automation,
    field_of,
    steps_of,
)
from salestrekker_portal.domains.deals.rules import demand_open
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, DomainError, NotFound
from salestrekker_portal.tables.automations import AutomationRun, StageAutomation
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import Stage

LOG_ROWS = 30
DEALS_TO_TRY = 50


def automations_topic(organisation_id: UUID) -> str:
    """The log of a firm's automations."""
    return f"automations:{organisation_id}"


@dataclass(frozen=True, kw_only=True)
class AutomationFacts:
    """An automation in words: "tell the deal's owner"; what it named and is gone is said so."""

    automation: StageAutomation
    what: str


async def automations_in(session: ReadSession, actor: Actor, stage_ids: list[UUID]) -> list[AutomationFacts]:
    """Those of these stages, the oldest first. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = select(StageAutomation).where(
        StageAutomation.organisation_id == actor.organisation_id, StageAutomation.stage_id.in_(stage_ids)
    )
    rows = list(await session.scalars(found.order_by(StageAutomation.created_at, StageAutomation.id)))
    return [AutomationFacts(automation=each, what=await words_of(session, actor, each)) for each in rows]


async def automation_log(session: ReadSession, actor: Actor) -> list[tuple[AutomationRun, str]]:
    """The firm's newest runs with their deals' names, and why those that were refused were. One statement."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = (
        select(AutomationRun, Deal.name)
        .join(Deal, Deal.id == AutomationRun.deal_id)
        .where(AutomationRun.organisation_id == actor.organisation_id)
        .order_by(AutomationRun.created_at.desc(), AutomationRun.id.desc())
        .limit(LOG_ROWS)
    )
    return [(run, name) for run, name in await session.execute(found)]


async def deals_to_try(session: ReadSession, actor: Actor, workflow_id: UUID) -> list[tuple[UUID, str]]:
    """Open deals of a workflow, by name. One statement."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = select(Deal.id, Deal.name).where(
        Deal.organisation_id == actor.organisation_id, Deal.workflow_id == workflow_id,
        Deal.archived_at.is_(None), Deal.locked_at.is_(None),
    )  # fmt: skip
    return [(key, name) for key, name in await session.execute(found.order_by(Deal.name_key).limit(DEALS_TO_TRY))]


async def add_automation(
    session: WriteSession, actor: Actor, stage_id: UUID, typed: Mapping[str, object]
) -> StageAutomation:
    """Add one to a stage; it is off until it was tried. Raises NotPermitted, NotFound, Conflict, Invalid."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    stage = await stage_called(session, actor, str(stage_id))
    wanted = checked_automation(typed)
    count = select(func.count()).where(StageAutomation.organisation_id == actor.organisation_id)
    if (await session.scalar(count) or 0) >= MOST_IN_A_FIRM:
        raise Conflict(f"A firm has at most {MOST_IN_A_FIRM} automations. Delete one that you no longer use.")
    made = StageAutomation(organisation_id=actor.organisation_id, stage_id=stage.id, **wanted)
    what = await sensible(session, actor, made)
    session.add(made)
    _tell(session, actor, made, stage, "automation:added", what)
    await session.flush()
    return made


def automation_form(automation: StageAutomation) -> dict[str, str]:
    """What the form shows of one, by its fields."""
    fields = {"stage": str(automation.stage_id), "days": str(automation.days or "")}
    fields |= dict.fromkeys([field_of(name, place) for place in range(MOST_STEPS) for name in STEP_FIELDS], "")
    for place, step in enumerate(steps_of(automation)):
        fields[field_of("what", place)] = f"{step.deed.value}:{step.about}"
        fields[field_of("words", place)] = step.words
    return fields | condition_fields(automation.only_if)


async def automation_to_change(session: ReadSession, actor: Actor, automation_id: UUID) -> StageAutomation:
    """One as it is now. Raises NotPermitted, NotFound."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = await session.get(StageAutomation, automation_id)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound("automation")
    return found


async def change_automation(
    session: WriteSession, actor: Actor, automation_id: UUID, typed: Mapping[str, object],
    shown: Mapping[str, object] | None = None,
) -> bool:  # fmt: skip
    """Keep what its form says (`automation_form`). What it says may change while it is on; another stage, day or deed
    switches it off until it was tried again, because nobody has seen what that would do. Whether it is off because of
    this.

    Raises NotPermitted, NotFound, Invalid, Faster.
    """
    automation, stage = await _mine(session, actor, automation_id)
    trail = Trail(kinds=("automation:changed",), subject_id=automation.id)
    before = automation_form(automation)
    kept = await on_top_of(session, actor, trail, shown=shown, now=before, typed=typed)
    wanted = checked_automation(kept)
    if str(kept.get("stage") or "") != before["stage"]:
        stage = await stage_called(session, actor, str(kept.get("stage")))
    automation.stage_id = stage.id
    for name, value in wanted.items():
        setattr(automation, name, value)
    after = automation_form(automation)
    fields = [name for name, value in after.items() if value != before[name]]
    if not fields:
        return False
    what = await sensible(session, actor, automation)
    was_on, other = automation.on_since is not None, not all(name.startswith("words") for name in fields)
    if other:
        automation.on_since = automation.tried_at = None
    _tell(session, actor, automation, stage, "automation:changed", what, fields=", ".join(fields))
    return was_on and other


async def try_automation(session: WriteSession, actor: Actor, automation_id: UUID, deal_id: UUID) -> str:
    """What it would do to this deal now, or why it wouldn't. The deal isn't touched; the trying is remembered.

    Raises NotPermitted, NotFound, Conflict (settled, archived: choose another deal).
    """
    automation, stage = await _mine(session, actor, automation_id)
    deal = await session.get(Deal, deal_id)
    if deal is None or deal.organisation_id != actor.organisation_id:
        raise NotFound("deal")
    demand_open(deal)
    automation.tried_at = utc_now()
    if reason := await kept_from(session, automation, deal):
        return f"On “{deal.name}” it would do nothing, because {reason}."
    try:
        plans, left = await planned(session, automation, deal, stage)
    except DomainError as refusal:
        return f"On “{deal.name}” it would do nothing. {refusal.message}"
    words = "; then ".join(plan.words for plan in plans)
    end = "" if words.endswith((".”", "!”", "?”")) else "."
    rest = f" It would leave out the rest: {' '.join(left)}" if left else ""
    return f"On “{deal.name}” it would {words}{end}{rest} Nothing was done."


async def switch_automation(session: WriteSession, actor: Actor, automation_id: UUID, *, on: bool) -> None:
    """On from now, or off. Raises NotPermitted, NotFound, Conflict (never tried, or what it names is gone)."""
    automation, stage = await _mine(session, actor, automation_id)
    if (automation.on_since is not None) is on:
        return
    if on and automation.tried_at is None:
        raise Conflict("Try it on a deal first: then you see what it would do.")
    what = await (named if on else words_of)(session, actor, automation)
    automation.on_since = utc_now() if on else None
    _tell(session, actor, automation, stage, "automation:on" if on else "automation:off", what)


async def delete_automation(session: WriteSession, actor: Actor, automation_id: UUID) -> None:
    """What it did stays in the log. Raises NotPermitted, NotFound."""
    automation, stage = await _mine(session, actor, automation_id)
    _tell(session, actor, automation, stage, "automation:deleted", await words_of(session, actor, automation))
    await session.delete(automation)


async def _mine(session: WriteSession, actor: Actor, automation_id: UUID) -> tuple[StageAutomation, Stage]:
    demand(actor, Permission.ORGANISATION_MANAGE)
    found = await session.get(StageAutomation, automation_id, with_for_update=HOLD, populate_existing=True)
    stage = await session.get(Stage, found.stage_id) if found else None
    if found is None or stage is None or found.organisation_id != actor.organisation_id:
        raise NotFound("automation")
    return found, stage


def _tell(session: WriteSession, actor: Actor, automation: StageAutomation, stage: Stage, kind: str, what: str,
          **facts: Any) -> None:  # fmt: skip
    record(session, actor, kind, organisation_id=actor.organisation_id, subject_id=automation.id, stage=stage.name,
           what=what, **facts)  # fmt: skip
    touch(session, automations_topic(actor.organisation_id))
