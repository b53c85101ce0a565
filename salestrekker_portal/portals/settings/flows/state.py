"""Flows: which sections of the fact find clients are asked for."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypedDict

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.fact_find.promise import minutes_promised
from salestrekker_portal.domains.organisations import flow_choice
from salestrekker_portal.domains.organisations.flow_choice import FLOW_TYPES
from salestrekker_portal.domains.questions.catalogue import section_ids_of
from salestrekker_portal.domains.questions.flows import COMPANIONS, apply_flow, loan_of, pages_of_flow, with_companions
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.incoming.parse import bool_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.portals.shared.flow_picker import PageTick, after_page, after_section, page_ticks, ticked
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Flow


class FlowLine(TypedDict):
    id: str
    name: str
    type: str
    facts: str
    whose: str
    # Whether this person may change it: their own, or as an admin the firm's.
    may: bool


class FlowDraft(TypedDict):
    """What is in the form besides its ticks."""

    id: str
    name: str
    type: str
    whose: str
    # Those that it had, apart by spaces.
    sections: str


FIRM, OWN = "organisation", "own"
NEW = FlowDraft(id="", name="", type="home_loan", whose=FIRM, sections="")


class FlowsState(KeptAtOnce, rx.State):
    """The firm's flows and one's own in the order in which invitations offer them, and the one in the form."""

    ready: bool = False
    flows: list[FlowLine] = []
    open: bool = False
    draft: FlowDraft = NEW
    pages: list[PageTick] = []
    retiring: str = ""
    errors: dict[str, str] = {}

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
        self.draft = _draft(flow) if flow else NEW
        self._offer(flow.section_ids if flow else None)
        self.open, self.errors = True, {}

    @rx.event
    @allow(Portal.BROKER)
    async def choose_type(self, flow_type: str):
        """Another kind of loan has other pages: all of them ticked, as for a new flow."""
        if isinstance(flow_type, str) and flow_type in FLOW_TYPES:
            self.draft = FlowDraft(**{**self.draft, "type": flow_type})
            self._offer(None)

    @rx.event
    @allow(Portal.BROKER)
    async def tick_page(self, key: str, on: bool):
        """Ask a whole page, or nothing of it."""
        self._offer(after_page(self.pages, key, bool_from(on)))

    @rx.event
    @allow(Portal.BROKER)
    async def tick_section(self, section: str, on: bool):
        """Ask one section, or don't."""
        self._offer(after_section(self.pages, section, bool_from(on)))

    def _offer(self, chosen: Iterable[str] | None) -> None:
        """Show the pages of the draft's type with these sections ticked; None for all."""
        pages = pages_of_flow(self._actor().country, loan_of(self.draft["type"]))
        self.pages = page_ticks(pages, section_ids_of(pages) if chosen is None else chosen)

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        """Close the form or the question; nothing changed."""
        self.open, self.retiring, self.errors = False, "", {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep the flow in the form."""
        typed = form_from(form)
        key = uuid_from(typed["flow"], "flow") if typed.get("flow") else None
        await self._change(
            lambda s, a: flow_choice.save_flow(
                s,
                a,
                key,
                name=typed.get("name"),
                flow_type=typed.get("flow_type"),
                sections=with_companions(ticked(self.pages)),
                for_firm=a.may(Permission.ORGANISATION_MANAGE) and typed.get("whose") != OWN,
                shown=shown_from(form),
            )
        )

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def duplicate(self, flow_id: str):
        """Copy a flow to the end; one of the firm's becomes a broker's own."""
        key = uuid_from(flow_id, "flow")
        await self._change(lambda s, a: flow_choice.duplicate_flow(s, a, key))

    @rx.event
    @allow(Portal.BROKER)
    @once
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
    @once
    async def retire(self, flow_id: str):
        """Offer a flow no longer."""
        key = uuid_from(flow_id, "flow")
        await self._change(lambda s, a: flow_choice.retire_flow(s, a, key))

    async def _change(self, deed: Callable[..., Awaitable[Any]]) -> None:
        try:
            async with self._keeping() as (session, actor):
                await deed(session, actor)
        except Invalid as refusal:
            self.errors = refusal.errors
            return
        self.errors, self.open, self.retiring = {}, False, ""

    async def _read(self) -> list[Flow]:
        async with self._looking() as (session, actor):
            found = await flow_choice.flows_in_use(session, actor)
        self.flows, self.ready = [_line(flow, actor) for flow in found], True
        return found


def _draft(flow: Flow) -> FlowDraft:
    kept = flow_choice.flow_form(flow)
    return FlowDraft(
        id=str(flow.id),
        name=kept["name"],
        type=kept["flow_type"],
        whose=OWN if flow.user_id else FIRM,
        sections=kept["sections"],
    )


def _line(flow: Flow, actor: Actor) -> FlowLine:
    pages = pages_of_flow(actor.country, loan_of(flow.flow_type))
    asked = apply_flow(pages, flow.section_ids)
    count = len([each for each in section_ids_of(asked) if each not in COMPANIONS])
    minutes = minutes_promised(actor.country, flow.flow_type, flow.section_ids)
    parts = counted(count, "section")
    return FlowLine(
        id=str(flow.id),
        name=flow.name,
        type=FLOW_TYPES.get(flow.flow_type, flow.flow_type),
        facts=f"{len(asked)} of {counted(len(pages), 'page')} · {parts} · about {minutes} min for one person",
        whose="Yours" if flow.user_id else "Organisation",
        may=flow_choice.may_change(actor, flow),
    )
