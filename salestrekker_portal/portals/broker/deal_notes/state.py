"""The notes of a deal: the team's own, and what clients and partners read and write."""

import reflex as rx

from salestrekker_portal.domains.access.permissions import REFUSALS, Permission
from salestrekker_portal.domains.deals.queries import access_deal, applicants_of
from salestrekker_portal.domains.notes import service
from salestrekker_portal.domains.notes.attachments import discard_draft, files_of_notes
from salestrekker_portal.domains.notes.queries import NoteFilter, notes_of
from salestrekker_portal.domains.notes.telling import may_be_told, told_of
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.portals.broker.deal_notes.rows import NoteRow, note_row, told_from
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import (
    bool_from,
    choice_from,
    form_from,
    text_from,
    uuid_from,
    uuid_or_none,
)
from salestrekker_portal.portals.shared.note_files import NoteFile, note_files
from salestrekker_portal.tables.access import Portal

WORDS_LIMIT = 100


class DealNotesState(BrokerState, rx.State):
    """The thread, and what is about to be written."""

    ready: bool = False
    missing: bool = False
    notes: list[NoteRow] = []
    clients: list[dict[str, str]] = []
    # Files that will go with the note that is being written; on a locked deal there is no deal to send them to.
    drafts: list[NoteFile] = []
    known: list[str] = []
    deal_id: str = ""
    refusal: str = ""
    error: str = ""
    share_client: bool = False
    share_partner: bool = False
    important: bool = False
    only: str = ""
    # What is looked for: words, and which kind of note.
    words: str = ""
    which: str = NoteFilter.ALL.value
    # Changes when a note was saved, which empties the field.
    saved: int = 0
    # Whom this person may tell of a note; and that the note that a link led to is gone.
    colleagues: list[dict[str, str]] = []
    gone: bool = False

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("what was seen stays seen")
    async def load(self):
        """Read the thread; from then on it counts as read."""
        try:
            async with self._acting() as (session, actor):
                deal = await access_deal(session, actor, self._path_id(1, "deal"), Permission.DEAL_READ)
                contacts = [contact for _, contact in await applicants_of(session, deal.id)]
                here = uuid_or_none(self._query("note"))
                which = NoteFilter(self.which)
                notes = await notes_of(session, actor, deal.id, words=self.words, which=which, besides=here)
                told, people = await told_of(session, notes), await may_be_told(session, actor)
                files = await files_of_notes(session, actor, deal.id)
                await service.mark_read(session, actor, deal.id)
        except NotFound:
            self.missing, self.ready, self.notes = True, True, []
            return
        names = {contact.id: contact.called for contact in contacts}
        self.clients = [{"value": str(contact.id), "label": f"Only {contact.name}"} for contact in contacts]
        self.notes = [
            note_row(note, files.of(note), names, actor, told.get(note.id, []), here) for note in reversed(notes)
        ]
        self.gone = here is not None and here not in [note.id for note in notes]
        self.colleagues = [{"id": str(each.id), "name": each.name, "hint": each.hint} for each in people]
        self.drafts = note_files(files.drafts, for_staff=True)
        self.known = [row["id"] for row in self.drafts]
        self.deal_id = "" if deal.locked_at else str(deal.id)
        self.refusal = "" if actor.may(Permission.NOTE_SHARE) else REFUSALS[Permission.NOTE_SHARE]
        self.missing, self.ready = False, True

    @rx.event
    @allow(Portal.BROKER)
    async def look_for(self, words: str):
        """Only notes with these words."""
        self.words = text_from(words, "words", limit=WORDS_LIMIT)
        await self.load()

    @rx.event
    @allow(Portal.BROKER)
    async def show_only(self, which: str):
        """Only notes of one kind, or all."""
        self.which = choice_from(which, NoteFilter, "which").value
        await self.load()

    @rx.event
    @allow(Portal.BROKER)
    def set_share_client(self, on: bool):
        """Whether the note that is being written goes to the client."""
        self.share_client = bool_from(on)

    @rx.event
    @allow(Portal.BROKER)
    def set_share_partner(self, on: bool):
        """Whether the note that is being written goes to the partner."""
        self.share_partner = bool_from(on)

    @rx.event
    @allow(Portal.BROKER)
    def set_important(self, on: bool):
        """Whether the note that is being written stands out."""
        self.important = bool_from(on)

    @rx.event
    @allow(Portal.BROKER)
    def set_only(self, contact_id: str):
        """Which client reads it, or all of them."""
        self.only = contact_id if contact_id in [each["value"] for each in self.clients] else ""

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save(self, form: dict):
        """Write the note to those who were chosen."""
        typed = form_from(form)
        try:
            async with self._acting() as (session, actor):
                await service.add_note(
                    session,
                    actor,
                    self._path_id(1, "deal"),
                    typed.get("text"),
                    with_client=self.share_client,
                    with_partner=self.share_partner,
                    contact_id=uuid_from(self.only, "client") if self.share_client and self.only else None,
                    important=self.important,
                    files=[uuid_from(row["id"], "file") for row in self.drafts],
                    tell=told_from(typed),
                )
        except Invalid as refusal:
            self.error = refusal.errors.get("text") or refusal.errors.get("tell") or refusal.message
            return
        self.error, self.share_client, self.share_partner, self.important = "", False, False, False
        self.saved += 1
        return DealNotesState.load

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def leave_out(self, document_id: str):
        """Take a file out of the note that is being written."""
        async with self._acting() as (session, actor):
            await discard_draft(session, actor, self._path_id(1, "deal"), uuid_from(document_id, "file"))
        return DealNotesState.load

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a switch is set to a value")
    async def share(self, note_id: str, audience: str, on: bool):
        """Share a note that is there already, or stop sharing it."""
        async with self._acting() as (session, actor):
            note = uuid_from(note_id, "note")
            deal_id = self._path_id(1, "deal")
            await service.share_note(session, actor, deal_id, note, audience=str(audience), on=bool_from(on))
        return DealNotesState.load

    @rx.event
    @allow(Portal.BROKER)
    @repeatable("a mark is set to a value")
    async def mark(self, note_id: str, on: bool):
        """Make a note stand out, or not."""
        async with self._acting() as (session, actor):
            note = uuid_from(note_id, "note")
            await service.mark_important(session, actor, self._path_id(1, "deal"), note, on=bool_from(on))
        return DealNotesState.load
