"""What a partner sees of one deal: people, stage, shared notes and documents. Never an amount."""

from datetime import datetime
from typing import TypedDict

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.models import Portal
from salestrekker_portal.domains.activity.service import deal_topic, partner_topic
from salestrekker_portal.domains.contacts.models import Contact
from salestrekker_portal.domains.deals.models import Deal
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.checks import size_words
from salestrekker_portal.domains.documents.held import held_words, is_held
from salestrekker_portal.domains.documents.models import Document, StoredFile, UploaderKind
from salestrekker_portal.domains.documents.queries import documents_in
from salestrekker_portal.domains.notes.attachments import Filed, discard_draft, files_of_notes
from salestrekker_portal.domains.notes.models import AuthorKind, Note
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.partners.own_deals import deal_for_partner, stages_of
from salestrekker_portal.domains.partners.queries import home_of
from salestrekker_portal.domains.workflows.models import Stage
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, day_words, instant_words, local
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import initials, phone_words
from salestrekker_portal.portals.gate import allow
from salestrekker_portal.portals.live import subscriptions
from salestrekker_portal.portals.parse import form_from, uuid_from
from salestrekker_portal.portals.session import PartnerState
from salestrekker_portal.portals.shared.note_files import NoteFile, note_files
from salestrekker_portal.portals.shared.notices import Notices


class StageRow(TypedDict):
    id: str
    name: str
    state: str


class ClientRow(TypedDict):
    id: str
    name: str
    phone: str
    call: str
    email: str


class NoteRow(TypedDict):
    id: str
    author: str
    initials: str
    role: str
    text: str
    files: list[NoteFile]
    at: str
    exact: str


class DocumentRow(TypedDict):
    id: str
    name: str
    meta: str
    href: str
    held: str


class PartnerDealState(PartnerState, rx.State):
    """One deal, live."""

    loaded: str = ""
    gone: str = ""
    name: str = ""
    broker: str = ""
    broker_first_name: str = ""
    broker_initials: str = ""
    broker_phone: str = ""
    broker_call: str = ""
    labels: list[str] = []
    created: str = ""
    settled: str = ""
    stages: list[StageRow] = []
    clients: list[ClientRow] = []
    notes: list[NoteRow] = []
    documents: list[DocumentRow] = []
    document_ids: list[str] = []
    can_note: bool = False
    can_file: bool = False
    # Files that will go with the note that is being written.
    drafts: list[NoteFile] = []
    draft_ids: list[str] = []
    note_error: str = ""
    # Another number empties the box after a note has been sent, and only then.
    note_box: int = 0

    @rx.event
    @allow(Portal.PARTNER)
    async def load(self):
        """Everything of the deal in the address."""
        self.note_error = ""
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    async def refresh(self):
        """Somebody changed something: look again. What is being typed stays."""
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    async def send_note(self, form: dict):
        """Write to the broker."""
        try:
            async with self._acting() as (session, actor):
                files = [uuid_from(row["id"], "file") for row in self.drafts]
                await add_note(session, actor, self._deal_id(), form_from(form).get("text"), files=files)
        except Invalid as refusal:
            self.note_error = refusal.errors.get("text", refusal.message)
            return None
        await self._read()
        self.note_error, self.note_box = "", self.note_box + 1
        return Notices.tell("Note sent.")

    @rx.event
    @allow(Portal.PARTNER)
    async def file_sent(self, document_id: str):
        """A file of theirs is in: show it in the list."""
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    async def leave_out(self, document_id: str):
        """Take a file out of the note that is being written."""
        async with self._acting() as (session, actor):
            await discard_draft(session, actor, self._deal_id(), uuid_from(document_id, "file"))
        await self._read()

    def _deal_id(self):
        return self._path_id(2, "deal")

    async def _read(self) -> None:
        try:
            async with self._looking() as (session, actor):
                await self._show(session, actor)
        except NotFound as refusal:
            self.reset()
            self.gone = refusal.message

    async def _show(self, session: ReadSession, actor: Actor) -> None:
        deal, owner = await deal_for_partner(session, actor, self._deal_id())
        home = await home_of(session, actor)
        zone = actor.time_zone
        self.stages = _stages(deal, await stages_of(session, deal.workflow_id))
        self.clients = [_client(contact) for _, contact in await applicants_of(session, deal.id)]
        attached = await files_of_notes(session, actor, deal.id)
        notes = reversed(await notes_of(session, actor, deal.id))
        self.notes = [_note(each, attached.of(each), actor, zone) for each in notes]
        self.drafts = note_files(attached.drafts, for_staff=False)
        self.draft_ids = [row["id"] for row in self.drafts]
        files = await documents_in(session, actor, deal.id)
        self.documents = [_document(document, file, actor, zone) for document, file in files]
        self.document_ids = [row["id"] for row in self.documents]
        self.name, self.gone = deal.name, ""
        self.broker, self.broker_first_name = owner.name, owner.first_name
        self.broker_initials = initials(owner.name)
        self.broker_phone, self.broker_call = phone_words(owner.mobile), owner.mobile or ""
        self.labels = [label for label in deal.labels_line.split(" · ") if label]
        by = ", by you" if deal.partner_id == actor.id else ""
        self.created = _day(deal.created_at, zone) + by
        self.settled = day_words(deal.settled_on)
        self.can_note, self.can_file = home.can_add_notes, home.can_add_files
        self.loaded = str(deal.id)
        token = self.router.session.client_token
        subscriptions.watch(token, partner_topic(actor.id), deal_topic(deal.id))


def _day(instant: datetime, zone: str) -> str:
    return day_words(local(instant, zone).date())


def _stages(deal: Deal, stages: list[Stage]) -> list[StageRow]:
    """Client-facing names; all are done once the deal has settled."""
    now = next((stage.position for stage in stages if stage.id == deal.stage_id), 0)

    def state(stage: Stage) -> str:
        if stage.position < now or deal.settled_on is not None:
            return "done"
        return "now" if stage.position == now else "next"

    return [StageRow(id=str(stage.id), name=stage.client_name, state=state(stage)) for stage in stages]


def _client(contact: Contact) -> ClientRow:
    return ClientRow(
        id=str(contact.id),
        name=contact.name,
        phone=phone_words(contact.mobile),
        call=contact.mobile or "",
        email=contact.email or "",
    )


def _note(note: Note, files: list[Filed], actor: Actor, zone: str) -> NoteRow:
    mine = note.author_kind is AuthorKind.PARTNER and note.author_id == actor.id
    roles = {AuthorKind.USER: "Broker", AuthorKind.CLIENT: "Client", AuthorKind.PARTNER: "Partner"}
    return NoteRow(
        id=str(note.id),
        author="You" if mine else note.author_name,
        initials=initials(note.author_name),
        role="" if mine else roles.get(note.author_kind, ""),
        text=note.text,
        files=note_files(files, for_staff=False),
        at=ago_words(note.created_at, utc_now()),
        exact=instant_words(note.created_at, zone),
    )


def _document(document: Document, file: StoredFile, actor: Actor, zone: str) -> DocumentRow:
    mine = document.uploader_kind is UploaderKind.PARTNER and document.uploader_id == actor.id
    who = "You" if mine else f"Shared by {document.uploader_name}"
    at = document.created_at if mine else document.shared_with_partner_at or document.created_at
    return DocumentRow(
        id=str(document.id),
        name=document.name,
        meta=f"{who}, {_day(at, zone)}, {size_words(file.size_bytes)}",
        href="" if is_held(file) else f"/files/{document.id}",
        held=held_words(file, for_staff=False),
    )
