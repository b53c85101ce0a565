"""Partner Portal: where leads arrive, and what partners may do."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.organisations.partner_settings import (
    choose_workflow,
    partner_settings_of,
    switch_for_partners,
)
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.portals.broker.settings.here import saved_words
from salestrekker_portal.portals.gate import allow
from salestrekker_portal.portals.parse import bool_from, uuid_from
from salestrekker_portal.portals.session import BrokerState


class Option(TypedDict):
    value: str
    label: str


class PartnerPortalSettingsState(BrokerState, rx.State):
    """The switches and the workflow of leads; "" is the firm's first."""

    ready: bool = False
    workflows: list[Option] = []
    workflow: str = ""
    can_add_deals: bool = True
    can_add_notes: bool = True
    can_add_files: bool = True
    saved: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read what applies now."""
        self.saved = ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def switch(self, name: str, on: bool):
        """Let partners do something, or no longer."""
        async with self._acting() as (session, actor):
            await switch_for_partners(session, actor, name, on=bool_from(on))
            saved = saved_words(actor.time_zone)
        await self._read()
        self.saved = saved

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, workflow_id: str):
        """Choose where leads arrive."""
        key = uuid_from(workflow_id, "workflow") if workflow_id else None
        async with self._acting() as (session, actor):
            await choose_workflow(session, actor, key)
            saved = saved_words(actor.time_zone)
        await self._read()
        self.saved = saved

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            kept = await partner_settings_of(session, actor)
            found = await workflows_with_stages(session, actor)
        self.workflows = [Option(value=str(each.id), label=each.name) for each, _ in found]
        self.workflow = str(kept.default_workflow_id or "")
        self.can_add_deals, self.can_add_notes = kept.can_add_deals, kept.can_add_notes
        self.can_add_files, self.ready = kept.can_add_files, True
