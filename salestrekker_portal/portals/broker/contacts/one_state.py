"""One contact: how to reach them, and every deal that they are in."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.clients.contacts import CONTACT_FIELDS, change_contact, contact_form
from salestrekker_portal.domains.clients.parting import merges_of
from salestrekker_portal.domains.contacts.queries import access_contact
from salestrekker_portal.domains.insights.contact_overview import MOST_DEALS, deals_of_contact
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.portals.broker.contacts.merge_rows import MergeLine, merge_lines
from salestrekker_portal.portals.broker.words import ROLES, value_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


class ContactDeal(TypedDict):
    """A deal of this contact, in words."""

    id: str
    name: str
    path: str
    role: str
    state: str
    amount: str


@closes_with_page(lambda state: setattr(state, "editing", False))
class ContactPageState(BrokerState, rx.State):
    """The contact at this address."""

    loaded: bool = False
    missing: bool = False
    name: str = ""
    initials: str = ""
    facts: dict[str, str] = {}
    deals: list[ContactDeal] = []
    more: bool = False
    merges: list[MergeLine] = []
    editing: bool = False
    errors: dict[str, str] = {}

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read them and their deals."""
        try:
            async with self._looking() as (session, actor):
                key = self._path_id(1, "contact")
                contact = await access_contact(session, actor, key, Permission.CONTACT_READ)
                found = await deals_of_contact(session, actor, contact.id)
                merged = await merges_of(session, actor, contact.id)
        except NotFound:
            self.missing, self.loaded = True, False
            return
        self.name, self.initials = contact.name, initials(contact.name)
        self.facts = contact_form(contact, actor.country)
        self.merges = merge_lines(merged, contact.id, actor.time_zone)
        self.more = len(found) > MOST_DEALS
        self.deals = [
            {
                "id": str(each.deal.id),
                "name": each.deal.name,
                "path": f"/deals/{each.deal.id}",
                "role": ROLES[each.role],
                "state": each.state,
                "amount": value_words(each.deal.value_cents),
            }
            for each in found[:MOST_DEALS]
        ]
        self.missing, self.loaded = False, True

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, on: bool):
        """Open the drawer, or close it."""
        self.editing, self.errors = on is True, {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Keep what was typed, in every deal of theirs."""
        typed = form_from(form)
        wanted = {name: typed[name] for name in CONTACT_FIELDS if name in typed}
        try:
            async with self._acting() as (session, actor):
                key = self._path_id(1, "contact")
                contact = await change_contact(session, actor, key, shown_from(form), **wanted)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.editing, self.errors = False, {}
        return [ContactPageState.load, Notices.tell(f"{contact.name} is saved.")]
