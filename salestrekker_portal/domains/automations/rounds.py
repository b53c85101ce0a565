"""The worker's part: whose turn has come is looked up, and each is done once, in a transaction with its log row."""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from salestrekker_portal.database.session import ReadSession, WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import touch
from salestrekker_portal.domains.automations.deeds import kept_from, planned, said_by
from salestrekker_portal.domains.automations.rules import DAY, demand_no_loop, due_from, heaviest, steps_of
from salestrekker_portal.domains.automations.service import automations_topic
from salestrekker_portal.domains.deals.holding import hold_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Busy, Conflict, DomainError, NoRoom
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.automations import AutomationDeed, AutomationRun, StageAutomation
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.imports import ImportRow
from salestrekker_portal.tables.workflows import Stage, Workflow

log = logging.getLogger(__name__)

A_ROUND = 50
BROKE = "It failed inside the portal and was not tried again. Whoever runs the portal finds why in its log."


async def automations_round() -> int:
    """Do what is due now, at most `A_ROUND` each; how many came to an end, done or refused."""
    async with reading() as session:
        on = select(StageAutomation).where(StageAutomation.on_since.is_not(None)).order_by(StageAutomation.id)
        due = [
            (automation.id, deal_id)
            for automation in await session.scalars(on)
            for deal_id in await session.scalars(_due(automation))
        ]
    for automation_id, deal_id in due:
        await _one(automation_id, deal_id)
    return len(due)


def _due(automation: StageAutomation) -> Select:
    """Deals whose turn came since it was switched on, and for whose stay nothing is in the log."""
    after = due_from(automation)
    # On arrival, those who arrived since count; what had its days before is left alone.
    since = (automation.on_since or utc_now()) - (after if automation.days else timedelta())
    seen = exists().where(
        AutomationRun.automation_id == automation.id,
        AutomationRun.deal_id == Deal.id,
        AutomationRun.entered_at == Deal.stage_entered_at,
    )
    # What came in from a spreadsheet arrived long ago, and bringing it in tells nobody; once it is moved, it counts.
    came_in = exists().where(ImportRow.deal_id == Deal.id, ImportRow.came_at >= Deal.stage_entered_at)
    return (
        select(Deal.id)
        .join(Stage, Stage.id == Deal.stage_id)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Deal.organisation_id == automation.organisation_id, Deal.stage_id == automation.stage_id)
        .where(Deal.archived_at.is_(None), Deal.locked_at.is_(None), Workflow.archived_at.is_(None))
        .where(Deal.stage_entered_at >= since, Deal.stage_entered_at <= utc_now() - after, ~seen, ~came_in)
        .order_by(Deal.stage_entered_at)
        .limit(A_ROUND)
    )


async def _one(automation_id: UUID, deal_id: UUID) -> None:
    try:
        async with transaction() as session:
            await act_on(session, automation_id, deal_id)
        return
    except (Busy, NoRoom):
        raise
    except DomainError as refusal:
        words = said_by(refusal)
    except Exception:
        log.exception("the automation %s failed on the deal %s", automation_id, deal_id)
        words = BROKE
    # What was refused took its log row back with it.
    async with transaction() as session:
        await act_on(session, automation_id, deal_id, refused=words)


async def act_on(session: WriteSession, automation_id: UUID, deal_id: UUID, *, refused: str = "") -> None:
    """Do it and write it down, or write down why not. Nothing when its turn is over: another worker came first, the
    deal left, it was switched off, or the stage is gone. Raises what refuses it."""
    await hold_deal(session, deal_id)
    deal = await session.get(Deal, deal_id, populate_existing=True)
    automation = await session.get(StageAutomation, automation_id, populate_existing=True)
    if deal is None or automation is None or automation.on_since is None:
        return
    due = await session.scalar(_due(automation).where(Deal.id == deal.id))
    stage = await session.get(Stage, automation.stage_id) if due is not None else None
    if stage is None:
        return
    run = AutomationRun(
        organisation_id=deal.organisation_id, automation_id=automation.id, deal_id=deal.id,
        deed=heaviest(steps_of(automation)), entered_at=deal.stage_entered_at, stage=stage.name, result=refused,
    )  # fmt: skip
    if not refused:
        reason = await kept_from(session, automation, deal)
        run.done, run.passed_over = not reason, bool(reason)
        run.result = f"{reason[:1].upper()}{reason[1:]}." if reason else await _done(session, automation, deal, stage)
    session.add(run)
    touch(session, automations_topic(deal.organisation_id))


async def _done(session: WriteSession, automation: StageAutomation, deal: Deal, stage: Stage) -> str:
    """What was done, and why something of it wasn't. Raises what refuses all of it."""
    await _demand_room(session, automation, deal)
    plans, left = await planned(session, automation, deal, stage)
    for plan in plans:
        await plan.act(session)
    done = "; ".join(plan.words for plan in plans)
    return f"{done}. Not done: {' '.join(left)}" if left else done


async def _demand_room(session: ReadSession, automation: StageAutomation, deal: Deal) -> None:
    """Raises Conflict when the deal came by a move that was taken back, or the brake holds."""
    moved = select(Activity.facts).where(Activity.deal_id == deal.id, Activity.kind == "deal:moved")
    last = await session.scalar(moved.order_by(Activity.created_at.desc(), Activity.id.desc()).limit(1))
    if not automation.days and last and last.get("taken_back"):
        raise Conflict("A move was taken back, which is no arrival.")
    done = (AutomationRun.deal_id == deal.id, AutomationRun.done.is_(True))
    same = select(func.max(AutomationRun.created_at)).where(*done, AutomationRun.automation_id == automation.id)
    moves = select(func.count()).where(
        *done, AutomationRun.deed == AutomationDeed.MOVE, AutomationRun.created_at > utc_now() - DAY
    )
    deed = heaviest(steps_of(automation))
    demand_no_loop(utc_now(), await session.scalar(same), deed, await session.scalar(moves) or 0)
