"""What a partner sees of one deal: people, stage, shared notes and documents. Never an amount."""

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.service import deal_topic, partner_topic
from salestrekker_portal.domains.deals.queries import applicants_of
from salestrekker_portal.domains.documents.queries import documents_in
from salestrekker_portal.domains.notes.attachments import discard_draft, files_of_notes
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notifications.bell import mark_deal_read
from salestrekker_portal.domains.partners import promises
from salestrekker_portal.domains.partners.own_deals import followed_deal, papers_open, stages_of
from salestrekker_portal.domains.partners.queries import PartnerHome, home_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words, instant_words
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import initials, phone_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.live import subscriptions
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once, repeatable
from salestrekker_portal.portals.events.session import PartnerState
from salestrekker_portal.portals.incoming.parse import form_from, uuid_from
from salestrekker_portal.portals.partner.deal.rows import (
    AllowedRow,
    ClientRow,
    DocumentRow,
    FactRow,
    PartnerNoteRow,
    PartnerStageRow,
    allowed_rows,
    client_row,
    day_in,
    document_row,
    fact_rows,
    note_row,
    papers_words,
    stage_rows,
)
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.shared.note_files import NoteFile, note_files
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.partners import DealPartner


class PartnerDealState(PartnerState, rx.State):
    """One deal, live."""

    loaded: str = ""
    gone: str = ""
    name: str = ""
    title: str = ""
    broker: str = ""
    broker_first_name: str = ""
    broker_initials: str = ""
    broker_phone: str = ""
    broker_call: str = ""
    labels: list[str] = []
    created: str = ""
    # Whether it has settled, and the day, which clients may keep to themselves.
    is_settled: bool = False
    settled: str = ""
    # The next update as it was promised, and whether it is late, was asked for, or was thanked for.
    promise: str = ""
    # Of their own lead: whether the broker is still to call, and when somebody did.
    received: bool = False
    called: str = ""
    is_late: bool = False
    nudged: bool = False
    thanked: bool = False
    # Whether the clients let partners see nothing; else what they do let them see, in words, and how many papers.
    private: bool = False
    allowed: list[AllowedRow] = []
    papers: str = ""
    facts: list[FactRow] = []
    stages: list[PartnerStageRow] = []
    clients: list[ClientRow] = []
    notes: list[PartnerNoteRow] = []
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
    @repeatable("what was read stays read")
    async def seen(self):
        """Whoever opened the deal has read the news of it."""
        if self.loaded:
            async with self._acting() as (session, actor):
                await mark_deal_read(session, actor, self._deal_id())
        return PartnerHere.load

    @rx.event
    @allow(Portal.PARTNER)
    async def refresh(self):
        """Somebody changed something: look again. What is being typed stays."""
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    @once
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
    @once
    async def leave_out(self, document_id: str):
        """Take a file out of the note that is being written."""
        async with self._acting() as (session, actor):
            await discard_draft(session, actor, self._deal_id(), uuid_from(document_id, "file"))
        await self._read()

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("asked for once a promise")
    async def nudge(self):
        """Ask for the update that is late."""
        async with self._acting() as (session, actor):
            await promises.nudge(session, actor, self._deal_id())
        await self._read()
        return Notices.tell(f"{self.broker_first_name} is told that you wait for it.")

    @rx.event
    @allow(Portal.PARTNER)
    @repeatable("thanked once a deal")
    async def thank(self):
        """Thank the broker."""
        async with self._acting() as (session, actor):
            await promises.thank(session, actor, self._deal_id())
        await self._read()
        return Notices.tell(f"Your thanks are with {self.broker_first_name}.")

    def _deal_id(self):
        return self._path_id(2, "deal")

    def _show_promise(self, tie: DealPartner, zone: str) -> None:
        due = tie.promised_for if not self.private else None
        self.promise = promises.promise_words(due, zone) if due is not None else ""
        self.is_late = due is not None and due <= utc_now()
        self.nudged, self.thanked = tie.nudged_at is not None, tie.thanked_at is not None

    def _show_facts(self, deal: Deal, home: PartnerHome, sees: PartnersSee, *, is_own: bool, zone: str) -> None:
        """What stands under About, as far as the clients let partners see it. When they sent somebody they know."""
        dates, settled = sees >= PartnersSee.DATES, deal.settled_on is not None
        self.labels = [] if self.private else [label for label in deal.labels_line.split(" · ") if label]
        self.created = day_in(deal.created_at, zone) + (", by you" if is_own else "") if is_own or dates else ""
        self.is_settled = settled and not self.private
        self.settled = day_words(deal.settled_on) if settled and dates else ""
        self.facts = [] if self.private else fact_rows(deal, home.details, dates=dates)

    async def _read(self) -> None:
        try:
            async with self._looking() as (session, actor):
                await self._show(session, actor)
        except NotFound as refusal:
            self.reset()
            self.gone = refusal.message

    async def _show(self, session: ReadSession, actor: Actor) -> None:
        found = await followed_deal(session, actor, self._deal_id())
        deal, owner, sees = found.deal, found.owner, found.sees
        home = await home_of(session, actor)
        zone = actor.time_zone
        self.private, self.allowed = sees is PartnersSee.NOTHING, allowed_rows(sees)
        self.papers = papers_words(papers_open(deal, sees))
        self.stages = [] if self.private else stage_rows(deal, await stages_of(session, deal.workflow_id))
        people = await applicants_of(session, deal.id)
        self.clients = [client_row(contact, actor.country, reached=not self.private) for _, contact in people]
        attached = await files_of_notes(session, actor, deal.id)
        notes = reversed(await notes_of(session, actor, deal.id))
        self.notes = [note_row(each, attached.of(each), actor, zone) for each in notes]
        self.drafts = note_files(attached.drafts, for_staff=False)
        self.draft_ids = [row["id"] for row in self.drafts]
        files = await documents_in(session, actor, deal.id)
        self.documents = [document_row(document, file, actor, zone) for document, file in files]
        self.document_ids = [row["id"] for row in self.documents]
        self.name, self.title, self.gone = deal.name, deal.clients_line or deal.name, ""
        self.broker, self.broker_first_name = owner.name, owner.first_name
        self.broker_initials = initials(owner.name)
        self.broker_phone, self.broker_call = phone_words(owner.mobile, actor.country), owner.mobile or ""
        self._show_facts(deal, home, sees, is_own=deal.partner_id == actor.id, zone=zone)
        self.can_note, self.can_file = home.can_add_notes, home.can_add_files and not self.private
        self._show_promise(found.tie, zone)
        lead = found.lead if deal.partner_id == actor.id and not self.private else None
        self.received = lead is not None and lead.called_at is None and not self.is_settled
        dated = lead is not None and sees >= PartnersSee.DATES
        self.called = instant_words(lead.called_at, zone) if dated else ""
        self.loaded = str(deal.id)
        token = self.router.session.client_token
        subscriptions.watch(token, partner_topic(actor.id), deal_topic(deal.id))
