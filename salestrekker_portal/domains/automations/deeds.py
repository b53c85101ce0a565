"""What each automation does to a deal, and what it would do: one sentence for both, so that a try says the truth.

It acts as the deal's owner, through every use case that a person's press goes through.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.automations.conditions import LABELS, unmet
from salestrekker_portal.domains.automations.rules import OWNER, TEAM, AutomationStep, steps_of
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.deals.rules import demand_on_the_board, demand_open
from salestrekker_portal.domains.documents.queries import live_accesses, requests_in
from salestrekker_portal.domains.documents.requests import add_requests_from_list, lists_for
from salestrekker_portal.domains.documents.standard_lists import StandardList
from salestrekker_portal.domains.labels.queries import labels_of, labels_on
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.organisations.people import demand_member
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.domains.tasks.service import add_task
from salestrekker_portal.domains.workflows.queries import access_stage, access_workflow
from salestrekker_portal.domains.workflows.rules import tasks_typed
from salestrekker_portal.kernel.errors import Busy, Conflict, DomainError, NoRoom, NotFound
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.automations import AutomationDeed, StageAutomation
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.workflows import Stage

NOBODY = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class AutomationPlan:
    """What would happen, as "tell Olivia: “…”", and the doing of it."""

    words: str
    act: Callable[[WriteSession], Awaitable[object]]


async def owner_of(session: ReadSession, deal: Deal, stage: Stage) -> Actor:
    """Whoever owns the deal, acted for by the stage. Raises Conflict when they have left."""
    found = (
        select(User, Membership.role, Organisation)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(User.id == deal.owner_id, Organisation.id == deal.organisation_id)
        .where(Membership.disabled_at.is_(None), Membership.waits_since.is_(None))
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise Conflict("The deal’s owner no longer works here. Give the deal to somebody else.")
    user, role, firm = row
    return Actor(
        portal=Portal.BROKER, session_id=NOBODY, organisation_id=firm.id, organisation_name=firm.name, id=user.id,
        name=user.name, country=firm.country, time_zone=firm.time_zone, role=role,
        through=f"Automation of stage {stage.name}",
    )  # fmt: skip


async def kept_from(session: ReadSession, automation: StageAutomation, deal: Deal) -> str:
    """Why it isn't for this deal, as a clause; "" when it is. At most two statements, none where it is for every
    deal."""
    only_if = automation.only_if
    if not set(LABELS) & set(only_if):
        return unmet(only_if, deal, (), {})
    names = {str(each.id): each.name for each in await labels_of(session, deal.organisation_id)}
    on_it = [str(each.id) for each in await labels_on(session, deal.id)]
    return unmet(only_if, deal, on_it, names)


async def planned(
    session: ReadSession, automation: StageAutomation, deal: Deal, stage: Stage
) -> tuple[list[AutomationPlan], list[str]]:
    """What it does to this deal now, in order, and why it leaves out the rest. Nothing is written.

    Raises Conflict when it does nothing at all, or the deal is settled or put away.
    """
    actor = await owner_of(session, deal, stage)
    demand_open(deal)
    plans: list[AutomationPlan] = []
    left: list[str] = []
    for step in steps_of(automation):
        try:
            plans.append(await _PLANS[step.deed](session, step, actor, deal))
        except (Busy, NoRoom):
            raise
        except DomainError as refusal:
            left.append(said_by(refusal))
    if not plans:
        raise Conflict(" ".join(left))
    return plans, left


def said_by(refusal: DomainError) -> str:
    """A refusal in words, whether it is of fields or of the whole."""
    return " ".join(getattr(refusal, "errors", {}).values()) or refusal.message


async def _tell(session: ReadSession, step: AutomationStep, actor: Actor, deal: Deal) -> AutomationPlan:
    who, user_id = await whom(session, deal.organisation_id, step.about)
    # The owner is to hear it too, so nobody of the firm counts as having done it.
    teller = replace(actor, id=NOBODY)

    async def act(writing: WriteSession) -> None:
        record(writing, teller, "automation:told", organisation_id=deal.organisation_id, deal_id=deal.id,
               subject_id=user_id, who=who, whom=step.about, words=step.words,
               stage=actor.through.removeprefix("Automation of stage "))  # fmt: skip

    return AutomationPlan(words=f"tell {who}: “{step.words}”", act=act)


async def whom(session: ReadSession, organisation_id: UUID, about: str) -> tuple[str, UUID | None]:
    """Whom it tells, in words and as a user unless that depends on the deal. Raises NotFound."""
    if about in (OWNER, TEAM):
        return f"the deal’s {about}", None
    user_id = _id(about, "person")
    await demand_member(session, organisation_id, user_id)
    return (await existing(session, User, user_id)).name, user_id


async def _task(session: ReadSession, step: AutomationStep, actor: Actor, deal: Deal) -> AutomationPlan:
    demand(actor, Permission.DEAL_WRITE)
    who, user_id = await whom(session, deal.organisation_id, step.about)
    tasks = tasks_typed(step.words, {})

    async def act(writing: WriteSession) -> None:
        for each in tasks:
            due = f"in {counted(each['days'], 'day')}" if each["days"] else "today"
            owner = user_id or deal.owner_id
            await add_task(writing, actor, title=each["title"], due=due, deal_id=deal.id, owner_id=owner)

    titles = ", ".join(f"“{each['title']}”" for each in tasks)
    return AutomationPlan(words=f"give {who} {'a task' if len(tasks) == 1 else 'tasks'}: {titles}", act=act)


async def _papers(session: ReadSession, step: AutomationStep, actor: Actor, deal: Deal) -> AutomationPlan:
    demand(actor, Permission.REQUEST_MANAGE)
    chosen = await list_called(session, actor, step.about)
    people = [contact.id for _, contact in await applicants_of(session, deal.id)]
    known = {(each.name.casefold(), each.contact_id) for each in await requests_in(session, actor, deal.id)}
    new = [
        item.name
        for item in chosen.items
        for person in (people if item.each else [None])
        if (item.name.casefold(), person) not in known
    ]
    if not new:
        raise Conflict(f"Everything of “{chosen.name}” is asked for already.")
    inside = await live_accesses(session, deal.id)
    later = "" if inside else ". Nobody is in the client portal yet, so they wait for the invitation"
    return AutomationPlan(
        words=f"ask for {counted(len(new), 'document')} of “{chosen.name}”{later}",
        act=lambda writing: add_requests_from_list(writing, actor, deal.id, chosen.key, contact_ids=people),
    )


async def list_called(session: ReadSession, actor: Actor, key: str) -> StandardList:
    """A ready list of the firm's. Raises NotFound."""
    found = next((each for each in await lists_for(session, actor) if each.key == key), None)
    if found is None:
        raise NotFound("list of documents")
    return found


async def _note(session: ReadSession, step: AutomationStep, actor: Actor, deal: Deal) -> AutomationPlan:
    demand(actor, Permission.NOTE_SHARE)
    demand_on_the_board(deal)
    if not await live_accesses(session, deal.id):
        raise Conflict("No client of this deal is in the client portal, so there is nobody to share a note with.")
    return AutomationPlan(
        words=f"share a note with the client, in {actor.name}’s name: “{step.words}”",
        act=lambda writing: add_note(writing, actor, deal.id, step.words, with_client=True),
    )


async def _move(session: ReadSession, step: AutomationStep, actor: Actor, deal: Deal) -> AutomationPlan:
    demand(actor, Permission.DEAL_MOVE)
    target = await stage_called(session, actor, step.about)
    if target.id == deal.stage_id:
        raise Conflict(f"The deal is in {target.name} already.")
    return AutomationPlan(
        words=f"move the deal to {target.name}",
        act=lambda writing: move_deal(writing, actor, deal.id, target.id),
    )


async def stage_called(session: ReadSession, actor: Actor, about: str) -> Stage:
    """A stage of a workflow that is in use. Raises NotFound."""
    stage = await access_stage(session, actor.organisation_id, _id(about, "stage"))
    await access_workflow(session, actor, stage.workflow_id)
    return stage


def _id(raw: str, what: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise NotFound(what) from None


_PLANS = {
    AutomationDeed.TELL: _tell,
    AutomationDeed.TASK: _task,
    AutomationDeed.PAPERS: _papers,
    AutomationDeed.NOTE: _note,
    AutomationDeed.MOVE: _move,
}
