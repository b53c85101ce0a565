"""What the stages of a workflow do by themselves: added, tried on a deal, switched on, and their log."""

from typing import TypedDict
from uuid import UUID

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.automations import service
from salestrekker_portal.domains.documents.requests import lists_for
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.days import instant_words
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
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
    done: bool


class AutomationsState(KeptAtOnce, rx.State):
    """The automations of the workflow in the address. `said`: what each try found, by its automation."""

    ready: bool = False
    lines: list[AutomationLine] = []
    log: list[AutomationLogLine] = []
    stages: list[Choice] = []
    deeds: list[Choice] = []
    deals: list[Choice] = []
    errors: dict[str, str] = {}
    said: dict[str, str] = {}
    form: int = 0

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the automations and their log."""
        self.saved, self.errors, self.said = "", {}, {}
        await self._read()
        self.form += 1

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add(self, form: dict):
        """Add one, switched off."""
        typed = form_from(form)
        if not typed.get("stage"):
            self.errors = {"stage": "Choose the stage."}
            return None
        try:
            async with self._keeping() as (session, actor):
                await service.add_automation(session, actor, uuid_from(typed.get("stage"), "stage"), typed)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.errors = {}
        self.form += 1
        return Notices.tell("The automation is added. Try it on a deal, then switch it on.")

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def try_on(self, form: dict):
        """Say what it would do to a deal."""
        typed = form_from(form)
        key = uuid_from(typed.get("automation"), "automation")
        if not typed.get("deal"):
            self.said = {**self.said, str(key): "Choose a deal to try it on."}
            await self._read()
            return
        async with self._acting() as (session, actor):
            words = await service.try_automation(session, actor, key, uuid_from(typed.get("deal"), "deal"))
        self.said = {**self.said, str(key): words}
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def switch(self, automation_id: str, on: bool):
        """On from now, or off."""
        async with self._keeping() as (session, actor):
            await service.switch_automation(session, actor, uuid_from(automation_id, "automation"), on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def delete(self, automation_id: str):
        """Take it away; its log stays."""
        async with self._keeping() as (session, actor):
            await service.delete_automation(session, actor, uuid_from(automation_id, "automation"))

    async def _read(self) -> None:
        wanted = self._query("workflow")
        async with self._looking() as (session, actor):
            found = await workflows_with_stages(session, actor)
            shown, stages = next((pair for pair in found if str(pair[0].id) == wanted), found[0])
            names = {stage.id: stage.name for stage in stages}
            facts = await service.automations_in(session, actor, list(names))
            runs = await service.automation_log(session, actor)
            deals = await service.deals_to_try(session, actor, shown.id)
            people = await working_here(session, actor.organisation_id)
            lists = await lists_for(session, actor)
        self.lines = [_line(each, names, self.said) for each in facts]
        self.log = [_log_line(run, name, actor) for run, name in runs]
        self.stages = [Choice(value=str(key), label=name) for key, name in names.items()]
        self.deals = [Choice(value=str(key), label=name) for key, name in deals]
        self.deeds = [
            Choice(value="tell:owner", label="Tell the deal’s owner"),
            Choice(value="tell:team", label="Tell the deal’s team"),
            *(Choice(value=f"tell:{each.id}", label=f"Tell {each.name}") for each in people),
            Choice(value="note:client", label="Share a note with the client"),
            *(Choice(value=f"papers:{each.key}", label=f"Ask for papers: {each.name}") for each in lists),
            *(
                Choice(value=f"move:{stage.id}", label=f"Move the deal to {each.name}: {stage.name}")
                for each, theirs in found
                for stage in theirs
            ),
        ]
        self.ready = True


def _line(facts: service.AutomationFacts, names: dict[UUID, str], said: dict[str, str]) -> AutomationLine:
    each = facts.automation
    return AutomationLine(
        id=str(each.id),
        stage=names[each.stage_id],
        what=f"{facts.what}.",
        words=each.words,
        on=each.on_since is not None,
        tried=each.tried_at is not None,
        said=said.get(str(each.id), ""),
    )


def _log_line(run: AutomationRun, deal: str, actor: Actor) -> AutomationLogLine:
    return AutomationLogLine(
        id=str(run.id),
        deal=deal,
        to=f"/deals/{run.deal_id}",
        about=f"{run.stage} · {instant_words(run.created_at, actor.time_zone)}",
        result=run.result,
        done=run.done,
    )
