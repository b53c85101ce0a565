"""What a partner reads of one deal, as words for the screen. Never an amount."""

from datetime import datetime
from typing import TypedDict

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.documents.checks import size_words
from salestrekker_portal.domains.documents.held import held_words, is_held
from salestrekker_portal.domains.firm.partner_settings import DETAILS
from salestrekker_portal.domains.notes.attachments import Filed
from salestrekker_portal.domains.questions.flows import LOAN_NAMES, loan_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import ago_words, day_words, instant_words, local
from salestrekker_portal.kernel.text import counted, initials, phone_words
from salestrekker_portal.portals.shared.note_files import NoteFile, note_files
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.documents import Document, StoredFile, UploaderKind
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.workflows import Stage


class PartnerStageRow(TypedDict):
    id: str
    name: str
    state: str


class ClientRow(TypedDict):
    id: str
    name: str
    phone: str
    call: str
    email: str


class PartnerNoteRow(TypedDict):
    id: str
    author: str
    initials: str
    role: str
    text: str
    files: list[NoteFile]
    at: str
    exact: str


class FactRow(TypedDict):
    """One more thing that the firm lets partners read."""

    label: str
    value: str


class DocumentRow(TypedDict):
    id: str
    name: str
    meta: str
    href: str
    held: str


class AllowedRow(TypedDict):
    """Something that the clients let partners see, or not."""

    what: str
    on: bool


def allowed_rows(sees: PartnersSee) -> list[AllowedRow]:
    """What partners are let to see of a deal, one line each."""
    lines = {
        PartnersSee.STAGE: "The stage",
        PartnersSee.DATES: "Its dates",
        PartnersSee.PAPERS: "How many papers are open",
    }
    return [AllowedRow(what=words, on=sees >= level) for level, words in lines.items()]


def papers_words(count: int | None) -> str:
    """“2 papers open”, or "" where the clients don't tell."""
    return f"{counted(count, 'paper')} open" if count is not None else ""


def fact_rows(deal: Deal, shown: tuple[str, ...], *, dates: bool) -> list[FactRow]:
    """What the firm chose to show, in its order of the settings; never an amount, and no date without `dates`."""
    values = {
        "summary": deal.summary,
        "loan_kind": LOAN_NAMES[loan_of(deal.loan_kind)],
        "expected_settlement": day_words(deal.expected_settlement_on) if dates else "",
        "reference": deal.reference,
    }
    return [FactRow(label=DETAILS[key], value=values[key]) for key in DETAILS if key in shown and values[key]]


def day_in(instant: datetime, zone: str) -> str:
    """The day of an instant where the firm is."""
    return day_words(local(instant, zone).date())


def stage_rows(deal: Deal, stages: list[Stage]) -> list[PartnerStageRow]:
    """Client-facing names; all are done once the deal has settled."""
    now = next((stage.position for stage in stages if stage.id == deal.stage_id), 0)

    def state(stage: Stage) -> str:
        if stage.position < now or deal.settled_on is not None:
            return "done"
        return "now" if stage.position == now else "next"

    return [PartnerStageRow(id=str(stage.id), name=stage.client_name, state=state(stage)) for stage in stages]


def client_row(contact: Contact, country: str, *, reached: bool) -> ClientRow:
    """One client: name, and unless they keep all to themselves phone and e-mail."""
    return ClientRow(
        id=str(contact.id),
        name=contact.name,
        phone=phone_words(contact.mobile, country) if reached else "",
        call=(contact.mobile or "") if reached else "",
        email=(contact.email or "") if reached else "",
    )


def note_row(note: Note, files: list[Filed], actor: Actor, zone: str) -> PartnerNoteRow:
    """One note with its files."""
    mine = note.author_kind is AuthorKind.PARTNER and note.author_id == actor.id
    roles = {AuthorKind.USER: "Broker", AuthorKind.CLIENT: "Client", AuthorKind.PARTNER: "Partner"}
    return PartnerNoteRow(
        id=str(note.id),
        author="You" if mine else note.author_name,
        initials=initials(note.author_name),
        role="" if mine else roles.get(note.author_kind, ""),
        text=note.text,
        files=note_files(files, for_staff=False),
        at=ago_words(note.created_at, utc_now(), zone),
        exact=instant_words(note.created_at, zone),
    )


def document_row(document: Document, file: StoredFile, actor: Actor, zone: str) -> DocumentRow:
    """One file."""
    mine = document.uploader_kind is UploaderKind.PARTNER and document.uploader_id == actor.id
    who = "You" if mine else f"Shared by {document.uploader_name}"
    at = document.created_at if mine else document.shared_with_partner_at or document.created_at
    return DocumentRow(
        id=str(document.id),
        name=document.name,
        meta=f"{who}, {day_in(at, zone)}, {size_words(file.size_bytes)}",
        href="" if is_held(file) else f"/files/{document.id}",
        held=held_words(file, for_staff=False),
    )
