"""Somebody new in the contacts, without a deal; whoever is known already is offered first."""

import reflex as rx

from salestrekker_portal.domains.clients.contacts import add_contact
from salestrekker_portal.domains.contacts.known import known_like, question
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.broker.contact_fields import TYPED, KnownPerson, known_person
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal


@closes_with_page(lambda state: setattr(state, "shown", False))
class NewContactState(BrokerState, rx.State):
    """The drawer "Add a contact". What is typed stays in the browser until it is saved."""

    shown: bool = False
    company: bool = False
    found: list[KnownPerson] = []
    errors: dict[str, str] = {}
    # What was typed when somebody known was offered instead.
    _offered: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, on: bool):
        """Open it for a new person, or for a company on the list of companies; or close it."""
        self.shown, self.company = on is True, self._query("kind") == "companies"
        self.found, self.errors, self._offered = [], {}, ""

    @rx.event
    @allow(Portal.BROKER)
    async def choose_kind(self, kind: str):
        """A person or a company."""
        self.company, self.errors, self.found = kind == "company", {}, []

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Add them and open their page, or say what is missing, with everything typed still there."""
        if not self.shown:  # pressed twice
            return None
        typed = form_from(form)
        words = {name: clean(typed.get(name, "")) for name in TYPED}
        try:
            async with self._acting() as (session, actor):
                # The same words saved again are another one.
                known = await known_like(session, actor, [words]) if str(words) != self._offered else []
                if not known:
                    raw = {name: typed.get(name, "") for name in TYPED}
                    contact = await add_contact(session, actor, company=self.company, **raw)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        if known:
            self.found = [known_person(each, actor.country) for each in known]
            self._offered, self.errors = str(words), {"first_name": question(known, "Open them, below")}
            return None
        self.shown, self.errors = False, {}
        return [rx.redirect(f"/contacts/{contact.id}"), Notices.tell(f"{contact.name} is in your contacts.")]
