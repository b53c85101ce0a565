"""Merging another contact into the one at this address, and taking them apart again."""

from typing import TypedDict

import reflex as rx

from salestrekker_portal.domains.clients.merge_parts import MERGED_FIELDS
from salestrekker_portal.domains.clients.merging import MergePreview, merge_contacts, preview_merge
from salestrekker_portal.domains.clients.parting import take_apart
from salestrekker_portal.domains.contacts.different import say_different, take_back_different
from salestrekker_portal.domains.contacts.queries import find_contacts
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import counted, joined, phone_words
from salestrekker_portal.portals.broker.contact_fields import KnownPerson, known_person
from salestrekker_portal.portals.broker.contacts.one_state import ContactPageState
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.shared.closing import closes_with_page
from salestrekker_portal.tables.access import Portal

LABELS = {
    "first_name": "First name",
    "last_name": "Last name",
    "company_name": "Company",
    "email": "Email",
    "mobile": "Mobile",
    "time_zone": "Time zone",
}


class MergeChoice(TypedDict):
    """A field of which both have a value."""

    name: str
    label: str
    kept: str
    gone: str


@closes_with_page(lambda state: setattr(state, "shown", False))
class MergeState(BrokerState, rx.State):
    """The drawer "Merge with another contact": look for them, then see what would happen."""

    shown: bool = False
    found: list[KnownPerson] = []
    other: KnownPerson = {"id": "", "name": "", "note": ""}
    choices: list[MergeChoice] = []
    moves: str = ""
    refusal: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def show(self, on: bool):
        """Open the drawer with nobody chosen, or close it."""
        self.shown, self.found, self.refusal = on is True, [], ""
        self.other = KnownPerson(id="", name="", note="")

    @rx.event
    @allow(Portal.BROKER)
    async def search(self, words: str):
        """Offer the other contacts of the firm."""
        async with self._looking() as (session, actor):
            contacts = await find_contacts(session, actor, words)
        here = str(self._path_id(1, "contact"))
        self.found = [known_person(each, actor.country) for each in contacts if str(each.id) != here]

    @rx.event
    @allow(Portal.BROKER)
    async def choose(self, contact_id: str):
        """See what merging this one would do."""
        async with self._looking() as (session, actor):
            kept = self._path_id(1, "contact")
            preview = await preview_merge(session, actor, kept, uuid_from(contact_id, "contact"))
            country = actor.country
        self.other, self.found = known_person(preview.gone, country), []
        self.refusal, self.moves = preview.refusal, _moves(preview)
        self.choices = [
            MergeChoice(name=name, label=LABELS[name], kept=_words(name, one, country), gone=_words(name, two, country))
            for name, (one, two) in preview.differ.items()
        ]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def merge(self, form: dict):
        """Make the two one."""
        typed = form_from(form)
        take = [name for name in MERGED_FIELDS if typed.get(name) == "gone"]
        try:
            async with self._acting() as (session, actor):
                kept, gone = self._path_id(1, "contact"), uuid_from(typed.get("other"), "contact")
                await merge_contacts(session, actor, kept, gone, take)
        except (Conflict, Invalid) as refusal:
            self.refusal = refusal.message
            return None
        self.shown = False
        said = f"{self.other['name']} is merged into this contact."
        return [ContactPageState.load, Notices.tell(said)]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def take_apart(self, merge_id: str):
        """Two contacts again."""
        async with self._acting() as (session, actor):
            await take_apart(session, actor, uuid_from(merge_id, "merge"))
        return [ContactPageState.load, Notices.tell("They are two contacts again.")]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def not_the_same(self, contact_id: str):
        """They look alike and are two."""
        async with self._acting() as (session, actor):
            here, other = self._path_id(1, "contact"), uuid_from(contact_id, "contact")
            pair = await say_different(session, actor, here, other)
        self.shown = False
        said = "They stay two contacts, and nobody is asked again."
        return [ContactPageState.load, Notices.offer_undo(said, "different", str(pair.id))]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def maybe_the_same(self, pair_id: str):
        """Undo: they are offered again."""
        async with self._acting() as (session, actor):
            await take_back_different(session, actor, uuid_from(pair_id, "pair of contacts"))
        return [ContactPageState.load, Notices.tell("They are offered again.")]


UNDOES["different"] = MergeState.maybe_the_same


def _words(name: str, value: str, country: str) -> str:
    return phone_words(value, country) if name == "mobile" else value


def _moves(preview: MergePreview) -> str:
    if not preview.deals:
        return f"{preview.gone.name} is in no deal."
    many = counted(len(preview.deals), "deal")
    return f"{many} of theirs will be here, with documents and notes: {joined(preview.deals)}."
