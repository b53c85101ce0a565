"""Workflows and stages."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from salestrekker_portal.domains.access.actor import demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.pipeline import removing_stages as removing
from salestrekker_portal.domains.workflows import service
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.domains.workflows.rules import KINDS, workflow_form
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import saved_words
from salestrekker_portal.portals.settings.workflows.lines import NEW_STAGE, StageLine, WorkflowLine, stage_line
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal

PAGE = "/settings/workflows"


class WorkflowsState(BrokerState, rx.State):
    """One workflow with its stages. `version` is the one on screen: a change of another is refused."""

    ready: bool = False
    workflows: list[WorkflowLine] = []
    workflow_id: str = ""
    name: str = ""
    kind: str = "home_loan"
    monthly_goal: str = ""
    # Another number shows the kept name and type in place of what was typed.
    form: int = 0
    version: int = 0
    stages: list[StageLine] = []
    deals: int = 0
    # "", "stage", "remove_stage", "add", "remove": which question is open, and about which stage.
    dialog: str = ""
    stage: StageLine = NEW_STAGE
    targets: list[Choice] = []
    errors: dict[str, str] = {}
    saved: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the workflow of the address, or the first."""
        self.saved, self.errors, self.dialog = "", {}, ""
        await self._read()
        self.form += 1

    @rx.event
    @allow(Portal.BROKER)
    async def open_stage(self, stage_id: str):
        """The form of a stage; "" for a new one."""
        await self._read()
        self.stage = next((each for each in self.stages if each["id"] == stage_id), NEW_STAGE)
        self.errors, self.dialog = {}, "stage"

    @rx.event
    @allow(Portal.BROKER)
    async def ask_remove_stage(self, stage_id: str):
        """Ask where the deals of a stage go."""
        await self._read()
        self.stage = next((each for each in self.stages if each["id"] == stage_id), NEW_STAGE)
        await self._offer(leaving={self.stage["id"]}, workflow="")
        self.errors, self.dialog = {}, "remove_stage"

    @rx.event
    @allow(Portal.BROKER)
    async def ask_remove(self):
        """Ask where the deals of the whole workflow go."""
        await self._read()
        await self._offer(leaving=set(), workflow=self.workflow_id)
        self.errors, self.dialog = {}, "remove"

    @rx.event
    @allow(Portal.BROKER)
    async def ask_add(self):
        """The form of a new workflow."""
        await self._read()
        self.errors, self.dialog = {}, "add"

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the dialog; nothing changed."""
        self.dialog, self.errors = "", {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def add(self, form: dict):
        """Make a workflow, and go to it."""
        try:
            async with self._acting() as (session, actor):
                typed = form_from(form)
                made = await service.add_workflow(session, actor, typed.get("name"), typed.get("kind") or "home_loan")
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.dialog = ""
        return [Notices.tell(f"“{made.name}” is added."), rx.redirect(f"{PAGE}?workflow={made.id}")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def rename(self, form: dict):
        """Give the workflow another name, type or goal."""
        typed, shown = form_from(form), shown_from(form)
        words = (typed.get("name"), typed.get("kind"), typed.get("monthly_goal"))
        if await self._change(lambda s, a: service.rename_workflow(s, a, self._workflow(), *words, shown)):
            self.form += 1

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def duplicate(self):
        """Copy the workflow with its stages, and go to the copy."""
        async with self._acting() as (session, actor):
            made = await service.duplicate_workflow(session, actor, self._workflow())
        return [Notices.tell(f"“{made.name}” is added."), rx.redirect(f"{PAGE}?workflow={made.id}")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save_stage(self, form: dict):
        """Keep the stage in the dialog, a new one at the end."""
        typed, shown = form_from(form), shown_from(form)
        for box in ("read_only", "with_lender", "milestone"):
            typed[box] = bool_from(typed.get(box))
        stage_id = str(typed.get("stage") or "")
        if stage_id:
            key = uuid_from(stage_id, "stage")
            await self._change(lambda s, a: service.change_stage(s, a, key, typed, shown))
        else:
            await self._change(lambda s, a: service.add_stage(s, a, self._workflow(), self.version, typed))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def shift(self, stage_id: str, up: bool):
        """Move a stage one place."""
        key = uuid_from(stage_id, "stage")
        await self._change(lambda s, a: service.shift_stage(s, a, key, self.version, up=bool_from(up)))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove_stage(self, form: dict):
        """Delete the stage in the dialog; its deals go where the form says."""
        typed = form_from(form)
        stage_id, goal = uuid_from(typed.get("stage"), "stage"), _goal(typed)
        await self._change(lambda s, a: removing.delete_stage(s, a, stage_id, self.version, **goal))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, form: dict):
        """Delete the workflow, when its name was typed."""
        typed = form_from(form)
        if str(typed.get("name") or "").strip() != self.name:
            async with self._looking() as (_, actor):
                demand(actor, Permission.ORGANISATION_MANAGE)
            self.errors = {"name": f"Type {self.name} to confirm."}
            return None
        goal = _goal(typed)
        if not await self._change(
            lambda s, a: removing.delete_workflow(s, a, self._workflow(), self.version, **goal), read=False
        ):
            return None
        return [Notices.tell(f"“{self.name}” is deleted. Its deals are kept."), rx.redirect(PAGE)]

    async def _change(self, deed: Callable[..., Awaitable[Any]], *, read: bool = True) -> bool:
        """Do it and show how things are; what was typed wrongly is shown beside its field."""
        try:
            async with self._acting() as (session, actor):
                await deed(session, actor)
                saved = saved_words(actor.time_zone)
        except Invalid as refusal:
            self.errors = refusal.errors
            return False
        except Conflict as refusal:
            # The dialog stays open with what was typed; saving again goes on top of what is shown now.
            await self._read()
            self.errors = {"": refusal.message}
            raise
        except NotFound:
            self.dialog = ""
            await self._read()
            raise
        self.errors, self.dialog = {}, ""
        if read:
            await self._read()
        self.saved = saved
        return True

    def _workflow(self):
        return uuid_from(self.workflow_id, "workflow")

    async def _offer(self, *, leaving: set[str], workflow: str) -> None:
        """Every stage of the firm that deals could go to."""
        async with self._looking() as (session, actor):
            found = await workflows_with_stages(session, actor)
        self.targets = [
            Choice(value=str(stage.id), label=f"{each.name}: {stage.name}")
            for each, stages in found
            for stage in stages
            if str(each.id) != workflow and str(stage.id) not in leaving
        ]

    async def _read(self) -> None:
        wanted = self._query("workflow")
        async with self._looking() as (session, actor):
            demand(actor, Permission.ORGANISATION_MANAGE)
            found = await workflows_with_stages(session, actor)
            shown, stages = next((pair for pair in found if str(pair[0].id) == wanted), found[0])
            counts = await removing.deals_in(session, actor, [stage.id for stage in stages])
        self.workflow_id, self.name, self.version = str(shown.id), shown.name, shown.version
        self.monthly_goal = workflow_form(shown)["monthly_goal"]
        self.kind = shown.kind if shown.kind in KINDS else "home_loan"
        self.workflows = [
            WorkflowLine(id=str(each.id), name=each.name, path=f"{PAGE}?workflow={each.id}", current=each is shown)
            for each, _ in found
        ]
        self.stages = [stage_line(stage, counts.get(stage.id, 0)) for stage in stages]
        self.deals, self.ready = sum(counts.values()), True


def _goal(typed: dict[str, object]) -> dict[str, Any]:
    """Where the deals go: archived, or to the stage chosen."""
    if typed.get("goal") == "archive":
        return {"archive": True, "to_stage_id": None}
    raw = typed.get("to_stage")
    return {"archive": False, "to_stage_id": uuid_from(raw, "stage") if raw else None}
