"""What the cards of a stage's automations hold, as words."""

from typing import TypedDict
from uuid import UUID

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.automations.rules import steps_of
from salestrekker_portal.domains.automations.service import AutomationFacts
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.tables.automations import AutomationRun


class AutomationLine(TypedDict):
    id: str
    stage: str
    what: str
    words: str
    on: bool
    tried: bool
    said: str


class AutomationLogLine(TypedDict):
    id: str
    deal: str
    to: str
    about: str
    result: str
    came: str


def automation_line(facts: AutomationFacts, names: dict[UUID, str], said: dict[str, str]) -> AutomationLine:
    each = facts.automation
    return AutomationLine(
        id=str(each.id),
        stage=names[each.stage_id],
        what=f"{facts.what}.",
        words="”, “".join(step.words.replace("\n", "; ") for step in steps_of(each) if step.words),
        on=each.on_since is not None,
        tried=each.tried_at is not None,
        said=said.get(str(each.id), ""),
    )


def automation_log_line(run: AutomationRun, deal: str, actor: Actor) -> AutomationLogLine:
    return AutomationLogLine(
        id=str(run.id),
        deal=deal,
        to=f"/deals/{run.deal_id}",
        about=f"{run.stage} · {instant_words(run.created_at, actor.time_zone)}",
        result=run.result,
        came="done" if run.done else "passed" if run.passed_over else "refused",
    )
