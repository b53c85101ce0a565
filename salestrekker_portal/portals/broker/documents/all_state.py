"""All files of a deal: who sent them and when, what they answer, who else sees them."""

from uuid import UUID

import reflex as rx

from salestrekker_portal.config import ScannerBy, settings
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.documents import queries, removing, service
from salestrekker_portal.domains.documents.rules import LATER_SLOTS, SLOT_NAMES, SLOTS
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.portals.broker.documents.rows import FileRow, GroupRow, file_row, groups_of
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import UNDOES, Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import choice_from, form_from, shown_from, uuid_from
from salestrekker_portal.portals.shared.choices import Choice
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.documents import DocumentRequest, Slot
from salestrekker_portal.tables.organisations import Country


class DealDocumentsState(BrokerState, rx.State):
    """The documents of the deal at this address."""

    loaded_id: str = ""
    rows: list[FileRow] = []
    known: list[str] = []
    requests: list[Choice] = []
    # What the deal asks for, by person, with what of it has come.
    asked: list[GroupRow] = []
    asked_words: str = ""
    slots: list[Choice] = []
    may_share: bool = False
    # No virus scanner is connected, and the team should know.
    unscanned: bool = False
    renaming: str = ""
    error: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Everything again, as it is now."""
        deal_id = self._path_id(1, "deal")
        try:
            async with self._looking() as (session, actor):
                deal = await access_deal(session, actor, deal_id, Permission.DOCUMENT_READ)
                people = [contact for _, contact in await applicants_of(session, deal.id)]
                asked = await queries.requests_in(session, actor, deal.id)
                files = await queries.documents_in(session, actor, deal.id)
        except NotFound:  # the frame says so
            self.loaded_id, self.rows, self.asked = "", [], []
            return
        names = {contact.id: contact.called for contact in people}
        self.asked = groups_of(asked, files, people, actor)
        self.asked_words = f"{deal.documents_in} of {deal.documents_asked} in" if deal.documents_asked else ""
        self.rows = [file_row(document, file, people, actor) for document, file in files]
        self.known = [row["id"] for row in self.rows]
        self.requests = [Choice(value=str(each.id), label=_named(each, names)) for each in asked]
        country = Country(actor.country)
        slots = (*SLOTS[country], *LATER_SLOTS[country])
        self.slots = [Choice(value=slot.value, label=SLOT_NAMES[slot]) for slot in slots]
        self.unscanned = settings().scanner is ScannerBy.NONE
        self.may_share = actor.may(Permission.DOCUMENT_SHARE)
        self.loaded_id = str(deal.id)

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def share(self, document_id: str, audience: str, on: bool):
        """Share with the client or the partner, or stop."""
        async with self._acting() as (session, actor):
            file_id = uuid_from(document_id, "document")
            await service.share_document(session, actor, file_id, audience=str(audience), on=on is True)
        return DealDocumentsState.load

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a place is set to a value")
    async def label(self, document_id: str, slot: str):
        """Say which of the fixed documents this is; "" takes the label off."""
        chosen = choice_from(slot, Slot, "slot") if slot else None
        async with self._acting() as (session, actor):
            await service.label_document(session, actor, uuid_from(document_id, "document"), chosen)
        return [Notices.tell("Labelled." if chosen else "Label removed."), DealDocumentsState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def move(self, document_id: str, request_id: str):
        """File it under a request; "" under none."""
        target = uuid_from(request_id, "document request") if request_id else None
        async with self._acting() as (session, actor):
            await service.move_document(session, actor, uuid_from(document_id, "document"), target)
        return DealDocumentsState.load

    @rx.event
    @allow(Portal.BROKER)
    def rename(self, document_id: str):
        """Open the name of one document for typing; "" closes it."""
        self.renaming, self.error = (document_id if isinstance(document_id, str) else "")[:40], ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save_name(self, form: dict):
        """Give it the name that was typed."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                document_id = uuid_from(typed.get("document"), "document")
                await service.rename_document(session, actor, document_id, typed.get("name"), shown_from(form))
        except Invalid as refusal:
            self.error = refusal.errors.get("name", refusal.message)
            return
        self.renaming = self.error = ""
        return DealDocumentsState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def remove(self, document_id: str):
        """Take a file out of the deal."""
        async with self._acting() as (session, actor):
            gone = await removing.remove_document(session, actor, uuid_from(document_id, "document"))
        return [Notices.offer_undo(f"Removed {gone.name}.", "document", str(gone.id)), DealDocumentsState.load]

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def put_back(self, document_id: str):
        """Undo: the file is in the deal again."""
        async with self._acting() as (session, actor):
            await removing.put_back_document(session, actor, uuid_from(document_id, "document"))
        return [Notices.tell("Put back."), DealDocumentsState.load]


UNDOES["document"] = DealDocumentsState.put_back


def _named(request: DocumentRequest, names: dict[UUID, str]) -> str:
    """The request, and whose it is."""
    whose = names.get(request.contact_id)
    return f"{request.name}, {whose}" if whose else request.name
