"""One more contact for a deal: somebody known, a new person, or a company with its contact person."""

import reflex as rx

from salestrekker_portal.domains.contacts.known import known_like, question
from salestrekker_portal.domains.contacts.queries import find_contacts
from salestrekker_portal.domains.pipeline.settling import Part, add_applicant
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.portals.broker.contact_fields import TYPED, KnownPerson, known_person
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import bool_from, choice_from, form_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import ApplicantRole


class AddContactState(BrokerState, rx.State):
    """The drawer "Add contact". What is typed stays in the browser until it is saved."""

    shown: bool = False
    company: bool = False
    known: KnownPerson = {"id": "", "name": "", "note": ""}
    found: list[KnownPerson] = []
    errors: dict[str, str] = {}
    # What was typed when somebody known was offered instead.
    _offered: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def show(self):
        """Open it for a new person."""
        self.company, self.found, self.errors, self._offered = False, [], {}, ""
        self.known = KnownPerson(id="", name="", note="")
        self.shown = True

    @rx.event
    @allow(Portal.BROKER)
    async def close(self):
        self.shown = False

    @rx.event
    @allow(Portal.BROKER)
    async def choose_kind(self, kind: str):
        """A person or a company."""
        self.company, self.known, self.errors = kind == "company", KnownPerson(id="", name="", note=""), {}

    @rx.event
    @allow(Portal.BROKER)
    async def search(self, words: str):
        """Offer people and companies whom the brokerage knows already."""
        async with self._looking() as (session, actor):
            contacts = await find_contacts(session, actor, words)
        self.found = [known_person(each, actor.country) for each in contacts]

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, contact_id: str):
        """Take somebody known."""
        picked = next((each for each in self.found if each["id"] == contact_id), None)
        if picked:
            self.known, self.found, self.errors = picked, [], {}

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Add them, or say what is missing, with everything typed still there."""
        if not self.shown:  # pressed twice
            return None
        typed = form_from(form)
        role = choice_from(typed.get("role", ApplicantRole.CLIENT), ApplicantRole, "role")
        if self.known["id"]:
            part = Part(role=role, contact_id=uuid_from(self.known["id"], "contact"))
        else:
            words = {name: typed.get(name, "") for name in TYPED}
            part = Part(role=role, typed=words, company=bool_from(self.company))
            if await self._offers_known({name: clean(word) for name, word in words.items()}):
                return None
        try:
            async with self._acting() as (session, actor):
                await add_applicant(session, actor, self._path_id(1, "deal"), part)
        except Invalid as refusal:
            self.errors = {key.removeprefix("0."): sentence for key, sentence in refusal.errors.items()}
            return None
        self.shown, self.errors = False, {}
        return [DealFrameState.load, OverviewState.load, Notices.tell("The contact is in this deal now.")]

    async def _offers_known(self, words: dict[str, str]) -> bool:
        """Somebody typed whom the brokerage knows is offered, once: the same words saved again are another one."""
        if str(words) == self._offered:
            return False
        async with self._looking() as (session, actor):
            known = await known_like(session, actor, [words])
            self.found = [known_person(each, actor.country) for each in known]
        if known:
            self._offered, self.errors = str(words), {"first_name": question(known)}
        return bool(known)
