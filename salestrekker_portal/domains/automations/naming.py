"""What an automation says that it does, and whether it can. One sentence for its card, its log and whoever adds it."""

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.automations.conditions import LABELS, condition_words
from salestrekker_portal.domains.automations.deeds import list_called, stage_called, whom
from salestrekker_portal.domains.automations.rules import TEAM, AutomationStep, field_of, steps_of, wait_words
from salestrekker_portal.domains.labels.queries import labels_of
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.tables.automations import AutomationDeed, StageAutomation

# A task is one person's.
NO_TASK = (AutomationDeed.TASK, TEAM)


async def sensible(session: ReadSession, actor: Actor, automation: StageAutomation) -> str:
    """What it does, in words. Raises Invalid for what it can't do, NotFound for what it names and isn't there."""
    for place, step in enumerate(steps_of(automation)):
        field = field_of("what", place)
        if (step.deed is AutomationDeed.NOTE and step.about != "client") or (step.deed, step.about) == NO_TASK:
            raise Invalid({field: "Choose what it does."})
        if step.deed is AutomationDeed.MOVE and step.about == str(automation.stage_id):
            raise Invalid({field: "Choose another stage than the one that it belongs to."})
    return await named(session, actor, automation)


async def named(session: ReadSession, actor: Actor, automation: StageAutomation) -> str:
    """When it acts, on which deals and what it does, in words. Raises NotFound when a person, list, stage or label that
    it names is gone."""
    return await _said(session, actor, automation, strict=True)


async def words_of(session: ReadSession, actor: Actor, automation: StageAutomation) -> str:
    """The same; what is gone by now is said to be."""
    return await _said(session, actor, automation, strict=False)


async def _said(session: ReadSession, actor: Actor, automation: StageAutomation, *, strict: bool) -> str:
    only_if: dict[str, str] = automation.only_if
    names: dict[str, str] = {}
    if set(LABELS) & set(only_if):
        names = {str(each.id): each.name for each in await labels_of(session, actor.organisation_id)}
    if strict and any(only_if[name] not in names for name in LABELS if name in only_if):
        raise NotFound("label")
    does = []
    for step in steps_of(automation):
        try:
            does.append(await _step_words(session, actor, step))
        except NotFound as gone:
            if strict:
                raise
            does.append(f"nothing, because its {gone.what} is gone")
    condition = condition_words(only_if, names)
    return f"{wait_words(automation.days)}{f', only if {condition}' if condition else ''}: {', then '.join(does)}"


async def _step_words(session: ReadSession, actor: Actor, step: AutomationStep) -> str:
    match step.deed:
        case AutomationDeed.TELL:
            return f"tell {(await whom(session, actor.organisation_id, step.about))[0]}"
        case AutomationDeed.TASK:
            return f"give {(await whom(session, actor.organisation_id, step.about))[0]} a task"
        case AutomationDeed.PAPERS:
            return f"ask for “{(await list_called(session, actor, step.about)).name}”"
        case AutomationDeed.NOTE:
            return "share a note with the client"
        case AutomationDeed.MOVE:
            return f"move the deal to {(await stage_called(session, actor, step.about)).name}"
