"""What the overview of a deal shows: people, facts, what blocks the next stage, the latest notes and files."""

import reflex as rx

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.activity.queries import activity_of_deal
from salestrekker_portal.domains.clients.contacts import CONTACT_FIELDS, change_contact, contact_form
from salestrekker_portal.domains.contacts.zones import guessed_zone
from salestrekker_portal.domains.deals.figures import LABELS_BETWEEN
from salestrekker_portal.domains.fact_find.figure_views import SHORT
from salestrekker_portal.domains.insights.bought import what_is_bought
from salestrekker_portal.domains.insights.deal_overview import (
    Known,
    deal_with_stage,
    known_already,
    latest_documents,
    latest_notes,
    people_with_access,
)
from salestrekker_portal.domains.pipeline.stopping import status_words
from salestrekker_portal.domains.questions.flows import LOAN_NAMES, loan_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, day_words, instant_words, local
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.kernel.text import initials, shortened
from salestrekker_portal.portals.broker.deal.activity_state import Deed, deed_of
from salestrekker_portal.portals.broker.deal.blocking import Blocker, PersonFacts, blockers_of
from salestrekker_portal.portals.broker.deal.overview_rows import (
    ContactShown,
    FactShown,
    FigureShown,
    FileShown,
    NoteShown,
)
from salestrekker_portal.portals.broker.deal.partners_block import DealPartnersState
from salestrekker_portal.portals.broker.words import ROLES, zone_words
from salestrekker_portal.portals.events.gate import allow
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.events.once import once
from salestrekker_portal.portals.events.session import BrokerState
from salestrekker_portal.portals.incoming.parse import form_from, shown_from, uuid_from
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.tables.workflows import FactFindMode

LATEST = 4


class OverviewState(BrokerState, rx.State):
    """The overview of the deal at this address."""

    loaded_id: str = ""
    contacts: list[ContactShown] = []
    facts: list[FactShown] = []
    # What the clients' answers add up to.
    figures: list[FigureShown] = []
    # What the clients are buying, as they said.
    bought: list[FactShown] = []
    labels: list[str] = []
    next_stage: str = ""
    blockers: list[Blocker] = []
    notes: list[NoteShown] = []
    files: list[FileShown] = []
    deeds: list[Deed] = []
    # The contact whose mobile and e-mail are being changed, and what was refused.
    editing: str = ""
    _asked: str = ""
    errors: dict[str, str] = {}
    zone_guess: str = ""

    @rx.event
    @allow(Portal.BROKER)
    async def load(self):
        """Read everything again; what is being typed stays."""
        try:
            async with self._looking() as (session, actor):
                deal, mode, next_stage, to_do = await deal_with_stage(session, actor, self._path_id(1, "deal"))
                people = await people_with_access(session, deal.id)
                # What staff types is compared while it is typed; what a partner typed is compared here.
                known = await known_already(session, deal, [each[1] for each in people]) if deal.partner_id else {}
                notes = await latest_notes(session, deal.id, LATEST)
                files = await latest_documents(session, deal.id, LATEST)
                bought = await what_is_bought(session, actor, deal.id)
                deeds = await activity_of_deal(session, deal.id, limit=6)
                await (await self.get_state(DealPartnersState))._read(session, actor, deal)
        except NotFound:  # the frame says so
            self.loaded_id = ""
            return
        # The share panel's "Add mobile" leads here with the contact in the address.
        asked = self._query("edit")
        if self.loaded_id != str(deal.id) or asked != self._asked:
            self.editing, self.errors, self._asked = asked, {}, asked
        self.contacts = [{**_contact(*row, mode, actor), **_alike(known.get(row[1].id))} for row in people]
        self.facts = _facts(deal, actor.time_zone)
        self.figures = _figures(deal)
        self.labels = [label for label in deal.labels_line.split(LABELS_BETWEEN) if label]
        self.bought = [FactShown(name=name, value=value) for name, value in bought]
        self.next_stage = next_stage
        self.blockers = blockers_of(deal, [_person_facts(row) for row in people], to_do)
        self.notes = [_note(note, actor) for note in notes]
        self.files = [_file(document, actor.time_zone) for document in files]
        self.deeds = [deed_of(deed, actor) for deed in deeds]
        self.loaded_id = str(deal.id)

    @rx.event
    @allow(Portal.BROKER)
    async def edit(self, contact_id: str):
        """Open the small form of one contact; an empty id closes it."""
        self.editing, self.errors, self.zone_guess = str(contact_id), {}, ""
        if self.editing:
            async with self._looking() as (session, actor):
                deal, contact = self._path_id(1, "deal"), uuid_from(self.editing, "contact")
                self.zone_guess = zone_words(await guessed_zone(session, actor, deal, contact))

    @rx.event
    @allow(Portal.BROKER)
    @once
    async def save_contact(self, form: dict):
        """Keep a contact's names, mobile and e-mail."""
        typed = form_from(form)
        wanted = {name: typed[name] for name in CONTACT_FIELDS if name in typed}
        try:
            async with self._acting() as (session, actor):
                key = uuid_from(self.editing, "contact")
                contact = await change_contact(session, actor, key, shown_from(form), **wanted)
        except Invalid as refusal:
            self.errors = refusal.errors
            return None
        self.editing, self.errors = "", {}
        return [OverviewState.load, Notices.tell(f"{contact.name} is saved.")]


def _state_of(access: PortalAccess | None, mode: FactFindMode) -> str:
    if access is None:
        return "not_invited"
    if access.revoked_at is not None:
        return "revoked"
    if access.consented_at is None:
        return "invited"
    return "read_only" if mode is FactFindMode.READ_ONLY else "active"


def _contact(
    applicant: DealApplicant, contact: Contact, access: PortalAccess | None, mode: FactFindMode, actor: Actor
) -> dict[str, str | bool]:
    seen = access.last_seen_at if access and access.revoked_at is None else None
    company, person = contact.kind is ContactKind.COMPANY, f"{contact.first_name} {contact.last_name}".strip()
    role = f"{ROLES[applicant.role]}, primary" if applicant.position == 0 else ROLES[applicant.role]
    return {
        "id": str(contact.id),
        "name": contact.name,
        "initials": initials(contact.name),
        "role": f"{role}, through {person}" if company and person else role,
        "company": company,
        "portal": _state_of(access, mode),
        "seen": f"Last in the portal {ago_words(seen, utc_now(), actor.time_zone)}" if seen else "",
        **contact_form(contact, actor.country),
    }


def _alike(known: Known | None) -> dict[str, str]:
    words = f"May be {known.name}, whom you know: same {known.same}" if known else ""
    return {"alike": words, "alike_path": f"/deals/{known.deal_id}" if known and known.deal_id else ""}


def _person_facts(row: tuple[DealApplicant, Contact, PortalAccess | None]) -> PersonFacts:
    _, contact, access = row
    live = access is not None and access.revoked_at is None
    return PersonFacts(
        name=contact.called,
        has_mobile=bool(contact.mobile),
        has_email=bool(contact.email),
        invited=live,
        consented=live and access.consented_at is not None,
    )


def _facts(deal: Deal, zone: str) -> list[FactShown]:
    pairs = [
        ("Type", LOAN_NAMES[loan_of(deal.loan_kind)]),
        ("Status", status_words(deal)),
        ("Lender", deal.lender_line or "Not yet"),
        ("Finance due", day_words(deal.finance_due_on) or "Not set"),
        ("Expected settlement", day_words(deal.expected_settlement_on) or "Not set"),
        ("Settled on", day_words(deal.settled_on) or "Not yet"),
        ("Created", day_words(local(deal.created_at, zone).date())),
        ("Client profile", f"{deal.profile_pct}% complete"),
    ]
    if deal.summary:
        pairs.append(("Summary", shortened(deal.summary, 400)))
    return [{"name": name, "value": value} for name, value in pairs]


def _figures(deal: Deal) -> list[FigureShown]:
    """As the card has them: loan to value of the team's own loans where those are known, and the way to its lines."""
    written, profile = {"lvr": deal.written_lvr} if deal.written_lvr else {}, f"/deals/{deal.id}/profile"
    known = deal.told_figures | written
    paths = {key: f"{profile}?figure={key}#figure-{key}" for key in known} | dict.fromkeys(
        written, f"/deals/{deal.id}/loans"
    )
    return [
        FigureShown(key=key, name=name, words=known[key], path=paths[key])
        for key, name in SHORT.items()
        if key in known
    ]


def _note(note: Note, actor: Actor) -> NoteShown:
    author = "You" if note.author_id == actor.id else note.author_name or "The portal"
    shared = "client" if note.shared_with_client_at else "partner" if note.shared_with_partner_at else "team"
    return {
        "id": str(note.id),
        "author": author,
        "initials": initials(note.author_name or "Portal"),
        "when_at": ago_words(note.created_at, utc_now(), actor.time_zone),
        "exact": instant_words(note.created_at, actor.time_zone),
        "text": shortened(note.text, 220),
        "audience": shared,
        "important": note.important,
    }


def _file(document: Document, zone: str) -> FileShown:
    shared = "client" if document.shared_with_client_at else "partner" if document.shared_with_partner_at else ""
    return {
        "id": str(document.id),
        "name": document.name,
        "meta": f"{document.uploader_name}, {ago_words(document.created_at, utc_now(), zone)}".strip(", "),
        "audience": shared,
    }
