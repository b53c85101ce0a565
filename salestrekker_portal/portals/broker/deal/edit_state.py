"""Changing a deal: name, value, owner, labels, expected settlement."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.labels.queries import labels_of, labels_on
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.pipeline.editing import LABEL, deal_form, edit_deal
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


class LabelChoice(TypedDict):
    id: str
    name: str
    on: bool


@closes_with_page(lambda state: setattr(state, "shown", False))
class EditDealState(BrokerState, rx.State):
    """The dialog "Edit deal". What is typed stays in the browser until it is saved."""

    shown: bool = False
    # What the form begins with, by field.
    facts: dict[str, str] = {}
    owners: list[Choice] = []
    labels: list[LabelChoice] = []
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def show(self):
        """Open with what the deal says now."""
        async with self._looking() as (session, actor):
            deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_WRITE)
            staff = await working_here(session, actor.organisation_id)
            self.owners = [{"value": str(user.id), "label": user.name} for user in staff]
            labels = await labels_of(session, actor.organisation_id)
            self.facts = deal_form(deal, labels, await labels_on(session, deal.id))
        self.labels = [
            {"id": str(label.id), "name": label.name, "on": bool(self.facts[f"{LABEL}{label.id}"])} for label in labels
        ]
        self.errors, self.shown = {}, True

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what the form says, or say what can't be kept."""
        try:
            async with self._acting() as (session, actor):
                await edit_deal(session, actor, self._path_id(1, "deal"), form_from(form), shown_from(form))
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.shown, self.errors = False, {}
        return [DealFrameState.load, OverviewState.load, Notices.tell("The deal is saved.")]
