"""Partner Portal: where leads arrive, and what partners may do."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.firm.partner_settings import (
    DETAILS,
    allow_event,
    ask_partners_for_factor,
    choose_view,
    choose_workflow,
    days_without_factor,
    partner_settings_of,
    show_detail,
    switch_for_partners,
)
from salestrekker_portal.domains.notices.catalogue import Event, events_for
from salestrekker_portal.domains.notifications.partner_tests import send_partner_test
from salestrekker_portal.domains.workflows.queries import workflows_with_stages
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.portals.events.asking import asks_again
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.incoming.parse import bool_from, uuid_from
from salestrekker_portal.portals.settings.here import KeptAtOnce
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.notifications import Audience

ADMIN_WORDS = {
    "partner_deal_shared": ("Deal shared with them", "Somebody of your team puts a deal on their board."),
    "partner_stage": ("Deal progress", "A deal that they follow moves to another stage."),
    "partner_note": ("New note", "Somebody of your team shares a note with them."),
    "partner_month": ("Each month, in short", "By e-mail: whom they sent, what settled, and who is still open."),
    "partner_file": ("New file", "Somebody of your team shares a document with them."),
}


class EventRow(TypedDict):
    """What partners may turn on for themselves."""

    key: str
    label: str
    note: str
    on: bool
    own_words: bool


class DetailRow(TypedDict):
    """One more thing that partners may read of a deal."""

    key: str
    label: str
    on: bool


class PartnerPortalSettingsState(KeptAtOnce, rx.State):
    """The switches and the workflow of leads; "" is the firm's first."""

    ready: bool = False
    workflows: list[Choice] = []
    workflow: str = ""
    can_add_deals: bool = True
    can_add_notes: bool = True
    can_add_files: bool = True
    tells_partner_added: bool = True
    tells_deal_shared: bool = True
    asks_factor: bool = False
    # For how long they may go on without, as the firm's own people may.
    grace: str = ""
    events: list[EventRow] = []
    view: str = "board"
    details: list[DetailRow] = []

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read what applies now."""
        self.saved = ""
        await self._read()

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def switch(self, name: str, on: bool):
        """Let partners do something, or no longer."""
        async with self._keeping() as (session, actor):
            await switch_for_partners(session, actor, name, on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    @asks_again
    async def ask_for_factor(self, on: bool):
        """Ask partners for a second step, or only offer it."""
        async with self._keeping() as (session, actor):
            await ask_partners_for_factor(session, actor, on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def choose(self, workflow_id: str):
        """Choose where leads arrive."""
        key = uuid_from(workflow_id, "workflow") if workflow_id else None
        async with self._keeping() as (session, actor):
            await choose_workflow(session, actor, key)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a choice is set to a value")
    async def set_view(self, view: str):
        """Choose how partners' deals open."""
        async with self._keeping() as (session, actor):
            await choose_view(session, actor, view)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def show(self, key: str, on: bool):
        """Let partners read one more thing of a deal, or no longer."""
        async with self._keeping() as (session, actor):
            await show_detail(session, actor, key, on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def allow_event(self, key: str, on: bool):
        """Let partners turn an event on for themselves, or turn it off for all of them."""
        async with self._keeping() as (session, actor):
            await allow_event(session, actor, key, on=bool_from(on))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def try_out(self, key: str):
        """E-mail a message to partners to oneself, with invented clients."""
        async with self._acting() as (session, actor):
            address = await send_partner_test(session, actor, key)
        return Notices.tell(f"A test is on its way to {address}.")

    async def _read(self) -> None:
        async with self._looking() as (session, actor):
            kept = await partner_settings_of(session, actor)
            found = await workflows_with_stages(session, actor)
            days = await days_without_factor(session, actor)
        self.workflows = [Choice(value=str(each.id), label=each.name) for each, _ in found]
        self.workflow = str(kept.default_workflow_id or "")
        shown = kept.details or []
        self.view = kept.default_view or "board"
        self.details = [DetailRow(key=key, label=label, on=key in shown) for key, label in DETAILS.items()]
        self.can_add_deals, self.can_add_notes = kept.can_add_deals, kept.can_add_notes
        self.can_add_files = kept.can_add_files
        self.tells_partner_added, self.tells_deal_shared = kept.tells_partner_added, kept.tells_deal_shared
        self.events = [
            _event(event, kept.notifications or {}, kept.words or {}) for event in events_for(Audience.PARTNER)
        ]
        self.asks_factor, self.grace = kept.asks_factor_since is not None, counted(days, "day")
        self.ready = True


def _event(event: Event, kept: dict[str, bool], words: dict[str, dict]) -> EventRow:
    """In an admin's words; the catalogue speaks to the partner."""
    label, note = ADMIN_WORDS.get(event.key, (event.label, event.explanation))
    return EventRow(key=event.key, label=label, note=note, on=bool(kept.get(event.key, True)),
                    own_words=event.key in words)  # fmt: skip
