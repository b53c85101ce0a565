"""Files, the documents they are, and the requests they answer."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Index, event
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.kernel.names import text_key
from salestrekker_portal.tables.organisations import Country

_WAITS = sa.text("scanned = 'unreached'")


class Slot(StrEnum):
    """Documents with a fixed purpose: sharing depends on them, so they are not found by their spelling (L29)."""

    CREDIT_GUIDE = "credit_guide"
    PRIVACY_DISCLOSURE = "privacy_disclosure"
    ACKNOWLEDGEMENT = "acknowledgement_and_declaration"
    ADVISER_GUIDE = "adviser_guide"
    ROMA = "roma"
    # Given with the proposal (National Credit Act s 121) and kept with it (s 115): not a condition of sharing.
    CREDIT_PROPOSAL = "credit_proposal"
    PRELIMINARY_ASSESSMENT = "preliminary_assessment"


class RequestState(StrEnum):
    """Where a document request stands."""

    REQUESTED = "requested"
    UPLOADED = "uploaded"
    ACCEPTED = "accepted"
    ASKED_AGAIN = "asked_again"
    NOT_NEEDED = "not_needed"


class UploaderKind(StrEnum):
    USER = "user"
    CLIENT = "client"
    PARTNER = "partner"


class StoredFile(Record, table=True):
    """Bytes in the private store. Several documents may show the same file."""

    __tablename__ = "stored_files"
    __table_args__ = (
        CheckConstraint("size_bytes > 0", name="not_empty"),
        Index("ix_stored_files_scanned", "scanned", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    storage_key: str = Field(max_length=200, unique=True)
    size_bytes: int = Field(sa_type=sa.BigInteger)
    sha256: str = Field(max_length=64)
    mime: str = Field(max_length=100)
    # A value of ports.ScanOutcome; held.py says which of them close the file to everybody.
    scanned: str = Field(default="not_scanned", max_length=20)
    # The bytes went with the last document that showed them; the row stays for the record.
    swept_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    scan_found: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})


class ComplianceDocument(Record, table=True):
    """The organisation's own version of a slot's document; it attaches itself to new deals."""

    __tablename__ = "compliance_documents"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    slot: Slot = Field(sa_type=StrEnumType(Slot))
    version: str = Field(max_length=40)
    name: str = Field(max_length=160)
    file_id: UUID = Field(foreign_key="stored_files.id", sa_type=sa.Uuid)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RequestList(Record, table=True):
    """A ready list of documents to ask for. Without an organisation it ships with the product."""

    __tablename__ = "request_lists"

    organisation_id: UUID | None = Field(default=None, foreign_key="organisations.id", sa_type=sa.Uuid)
    country: Country = Field(sa_type=StrEnumType(Country))
    name: str = Field(max_length=120)
    items: list = Field(default_factory=list, sa_type=Json())
    position: int = 0


class DocumentRequest(Record, table=True):
    """A document that the deal needs. `contact_id` None means all applicants. Nothing is sent until `sent_at`."""

    __tablename__ = "document_requests"
    __table_args__ = (Index("ix_document_requests_deal", "deal_id"),)

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    contact_id: UUID | None = Field(default=None, foreign_key="contacts.id", sa_type=sa.Uuid)
    name: str = Field(max_length=160)
    why: str = Field(default="", max_length=400)
    group_name: str = Field(default="", max_length=80)
    state: RequestState = Field(default=RequestState.REQUESTED, sa_type=StrEnumType(RequestState))
    reason: str = Field(default="", max_length=400)
    due_on: date | None = None
    position: int = 0
    added_by: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Who gave the present state, when it was somebody's decision: a client may say "doesn't apply" too.
    decided_by_kind: UploaderKind | None = Field(default=None, sa_type=StrEnumType(UploaderKind))
    decided_by_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    decided_by_name: str = Field(default="", max_length=160)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Document(Record, table=True):
    """A file in a deal, under a name, with its audiences."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("ix_documents_deal", "deal_id"),
        Index("ix_documents_request", "request_id"),
        Index("ix_documents_note", "note_id"),
    )

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    file_id: UUID = Field(foreign_key="stored_files.id", sa_type=sa.Uuid)
    name: str = Field(max_length=160)
    slot: Slot | None = Field(default=None, sa_type=StrEnumType(Slot))
    slot_version: str = Field(default="", max_length=40)
    request_id: UUID | None = Field(default=None, foreign_key="document_requests.id", sa_type=sa.Uuid)
    contact_id: UUID | None = Field(default=None, foreign_key="contacts.id", sa_type=sa.Uuid)
    uploader_kind: UploaderKind = Field(sa_type=StrEnumType(UploaderKind))
    uploader_id: UUID = Field(sa_type=sa.Uuid)
    uploader_name: str = Field(default="", max_length=160)
    shared_with_client_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shared_with_partner_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Sent with a note: its readers are the note's. While the note is being written the file is its sender's alone.
    note_id: UUID | None = Field(default=None, foreign_key="notes.id", sa_type=sa.Uuid)
    drafted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Follows from the name whenever a row is written: what is searched.
    search_key: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""}, nullable=False)


@event.listens_for(Document, "before_insert")
@event.listens_for(Document, "before_update")
def _write_document_key(mapper: object, connection: object, document: Document) -> None:
    document.search_key = text_key(document.name)
