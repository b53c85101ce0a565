"""Flows: which sections of the fact find clients are asked for."""

from collections.abc import Awaitable, Callable
from typing import Any, TypedDict

import reflex as rx

from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.fact_find.catalogue import pages_for
from salestrekker_portal.domains.fact_find.vocabulary import section_id
from salestrekker_portal.domains.organisations import flow_choice
from salestrekker_portal.domains.organisations.flow_choice import FLOW_TYPES
from salestrekker_portal.domains.organisations.models import Flow
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.settings.here import saved_words
from salestrekker_portal.portals.gate import allow
from salestrekker_portal.portals.parse import bool_from, form_from, uuid_from
from salestrekker_portal.portals.session import BrokerState


class FlowLine(TypedDict):
    id: str
    name: str
    type: str
    facts: str


class Draft(TypedDict):
    """What is in the form: `on` are the section ids that are ticked."""

    id: str
    name: str
    type: str
    on: list[str]


NEW = Draft(id="", name="", type="home_loan", on=[])


class FlowsState(BrokerState, rx.State):
    """The flows in the order in which invitations offer them, and the one in the form."""

    ready: bool = False
    flows: list[FlowLine] = []
    open: bool = False
    draft: Draft = NEW
    retiring: str = ""
    errors: dict[str, str] = {}
    saved: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read the flows."""
        self.saved, self.errors, self.open, self.retiring = "", {}, False, ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, flow_id: str):
        """Open the form of a flow; "" for a new one with everything ticked."""
        found = await self._read()
        flow = next((each for each in found if str(each.id) == flow_id), None)
        self.draft = (
            Draft(id=str(flow.id), name=flow.name, type=flow.flow_type, on=list(flow.section_ids))
            if flow
            else Draft(**{**NEW, "on": [section_id(p, s) for p in pages_for() for s in p.sections]})
        )
        self.open, self.errors = True, {}

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the form or the question; nothing changed."""
        self.open, self.retiring, self.errors = False, "", {}

    @rx.event
    @allow(Portal.BROKER)
    async def save(self, form: dict):
        """Keep the flow in the form."""
        typed = form_from(form)
        key = uuid_from(typed["flow"], "flow") if typed.get("flow") else None
        sections = [name.removeprefix("section:") for name, value in typed.items() if bool_from(value)]
        await self._change(
            lambda s, a: flow_choice.save_flow(
                s, a, key, name=typed.get("name"), flow_type=typed.get("flow_type"), sections=sections
            )
        )

    @rx.event
    @allow(Portal.BROKER)
    async def duplicate(self, flow_id: str):
        """Copy a flow to the end."""
        key = uuid_from(flow_id, "flow")
        await self._change(lambda s, a: flow_choice.duplicate_flow(s, a, key))

    @rx.event
    @allow(Portal.BROKER)
    async def shift(self, flow_id: str, up: bool):
        """Move a flow one place."""
        key = uuid_from(flow_id, "flow")
        await self._change(lambda s, a: flow_choice.shift_flow(s, a, key, up=bool_from(up)))

    @rx.event
    @allow(Portal.BROKER)
    async def ask_retire(self, flow_id: str):
        """Ask before a flow is offered no longer."""
        await self._read()
        self.retiring = str(flow_id)

    @rx.event
    @allow(Portal.BROKER)
    async def retire(self, flow_id: str):
        """Offer a flow no longer."""
        key = uuid_from(flow_id, "flow")
        await self._change(lambda s, a: flow_choice.retire_flow(s, a, key))

    async def _change(self, deed: Callable[..., Awaitable[Any]]) -> None:
        try:
            async with self._acting() as (session, actor):
                await deed(session, actor)
                saved = saved_words(actor.time_zone)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors, self.open, self.retiring = {}, False, ""
        await self._read()
        self.saved = saved

    async def _read(self) -> list[Flow]:
        async with self._looking() as (session, actor):
            found = await flow_choice.flows_in_use(session, actor)
        self.flows, self.ready = [_line(flow) for flow in found], True
        return found


def _line(flow: Flow) -> FlowLine:
    chosen, pages = set(flow.section_ids), pages_for()
    sections = [(page, section) for page in pages for section in page.sections if section_id(page, section) in chosen]
    asked = len({page.key for page, _ in sections})
    minutes = sum(section.minutes for _, section in sections)
    parts = "1 section" if len(sections) == 1 else f"{len(sections)} sections"
    return FlowLine(
        id=str(flow.id),
        name=flow.name,
        type=FLOW_TYPES.get(flow.flow_type, flow.flow_type),
        facts=f"{asked} of {len(pages)} pages · {parts} · about {minutes} min",
    )
