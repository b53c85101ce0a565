"""What the stages of a workflow do by themselves: added, changed, tried on a deal, switched on, and their log."""

import reflex as rx

from salestrekker_portal.domains.automations import service
from salestrekker_portal.domains.automations.conditions import condition_fields
from salestrekker_portal.domains.automations.rules import MOST_STEPS, STEP_FIELDS, field_of
from salestrekker_portal.domains.documents.requests import lists_for
from salestrekker_portal.domains.labels.queries import labels_of
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.portals.settings.workflows.automation_rows import (
    AutomationLine,
    AutomationLogLine,
    automation_line,
    automation_log_line,
)
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal

STEPS = [field_of(name, place) for place in range(MOST_STEPS) for name in STEP_FIELDS]
BLANK = dict.fromkeys(["stage", "days", *STEPS, *condition_fields({})], "")
OFF_AGAIN = "It does something else now, so it is off. Try it on a deal, then switch it on again."


class AutomationsState(KeptAtOnce, rx.State):
    """The automations of the workflow in the address. `said`: what each try found, by its automation; `editing` is the
    one that is changed, `facts` what its form was filled from and `wrong` what is refused there."""

    ready: bool = False
    lines: list[AutomationLine] = []
    log: list[AutomationLogLine] = []
    stages: list[Choice] = []
    deeds: list[Choice] = []
    deals: list[Choice] = []
    errors: dict[str, str] = {}
    said: dict[str, str] = {}
    form: int = 0
    editing: str = ""
    opened: int = 0
    facts: dict[str, str] = dict(BLANK)
    wrong: dict[str, str] = {}
    labels: list[Choice] = []
    # Whether the folded parts stand open: of the form for another, and of the one that is changed.
    unfolded: bool = False
    narrowed: bool = False
    longer: bool = False

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the automations and their log."""
        self.saved, self.errors, self.said, self.unfolded = "", {}, {}, False
        self._shut()
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
            self.errors, self.unfolded = refusal.errors, True
            return None
        self.errors, self.unfolded = {}, False
        self.form += 1
        return Notices.tell("The automation is added. Try it on a deal, then switch it on.")

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, automation_id: str):
        """Open one as it is now."""
        async with self._looking() as (session, actor):
            found = await service.automation_to_change(session, actor, uuid_from(automation_id, "automation"))
            self.facts = service.automation_form(found)
        self.narrowed = any(self.facts[name] for name in condition_fields({}))
        self.longer = self.facts[field_of("what", 1)] != ""
        self.editing, self.wrong, self.opened = str(found.id), {}, self.opened + 1

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what was changed; what it does now is tried again before it is switched on."""
        typed = form_from(form)
        key = uuid_from(typed.get("automation"), "automation")
        if not typed.get("stage"):
            self.wrong = {"stage": "Choose the stage."}
            return None
        try:
            async with self._keeping() as (session, actor):
                off = await service.change_automation(session, actor, key, typed, shown_from(form))
                self.said = {each: words for each, words in self.said.items() if each != str(key)}
        except Invalid as refusal:
            self.wrong, self.narrowed, self.longer = refusal.errors, True, True
            return None
        self._shut()
        return Notices.tell(OFF_AGAIN) if off else None

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the form without keeping anything."""
        self._shut()

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

    def _shut(self) -> None:
        self.editing, self.wrong = "", {}

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
            labels = await labels_of(session, actor.organisation_id)
        self.lines = [automation_line(each, names, self.said) for each in facts]
        self.log = [automation_log_line(run, name, actor) for run, name in runs]
        self.stages = [Choice(value=str(key), label=name) for key, name in names.items()]
        self.deals = [Choice(value=str(key), label=name) for key, name in deals]
        self.labels = [Choice(value=str(each.id), label=each.name) for each in labels]
        self.deeds = [
            Choice(value="tell:owner", label="Tell the deal’s owner"),
            Choice(value="tell:team", label="Tell the deal’s team"),
            *(Choice(value=f"tell:{each.id}", label=f"Tell {each.name}") for each in people),
            Choice(value="task:owner", label="Give the deal’s owner a task"),
            *(Choice(value=f"task:{each.id}", label=f"Give {each.name} a task") for each in people),
            Choice(value="note:client", label="Share a note with the client"),
            *(Choice(value=f"papers:{each.key}", label=f"Ask for papers: {each.name}") for each in lists),
            *(
                Choice(value=f"move:{stage.id}", label=f"Move the deal to {each.name}: {stage.name}")
                for each, theirs in found
                for stage in theirs
            ),
        ]
        self.ready = True
