"""Notes on a deal, and messages between its people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint, event
from sqlmodel import Field

from salestrekker_portal.database.columns import StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.kernel.names import text_key


class AuthorKind(StrEnum):
    USER = "user"
    CLIENT = "client"
    PARTNER = "partner"
    SYSTEM = "system"


class Note(Record, table=True):
    """What somebody wrote on a deal. The team sees all; clients and partners what is shared with them.

    `contact_id` names the one client that a message is for (or from); None means every client of the deal.
    """

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_deal", "deal_id", "created_at"),)

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    author_kind: AuthorKind = Field(sa_type=StrEnumType(AuthorKind))
    author_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    author_name: str = Field(default="", max_length=160)
    contact_id: UUID | None = Field(default=None, foreign_key="contacts.id", sa_type=sa.Uuid)
    text: str = Field(sa_type=sa.Text)
    important: bool = False
    shared_with_client_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shared_with_partner_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When its words were last changed; what they were is in NoteVersion.
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Follows from the text whenever a row is written: what is searched.
    search_key: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""}, nullable=False)


@event.listens_for(Note, "before_insert")
@event.listens_for(Note, "before_update")
def _write_note_key(mapper: object, connection: object, note: Note) -> None:
    note.search_key = text_key(note.text)


class NoteVersion(Record, table=True):
    """What a note said before somebody changed it. `created_at` is when, `by_name` who."""

    __tablename__ = "note_versions"

    note_id: UUID = Field(foreign_key="notes.id", sa_type=sa.Uuid, index=True)
    text: str = Field(sa_type=sa.Text)
    by_name: str = Field(default="", max_length=160)


class NoteMention(Record, table=True):
    """A colleague whom the writer of a note told of it. The row goes when the writer takes that back."""

    __tablename__ = "note_mentions"
    __table_args__ = (UniqueConstraint("note_id", "user_id"),)

    note_id: UUID = Field(foreign_key="notes.id", sa_type=sa.Uuid)
    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)


class ThreadRead(Record, table=True):
    """How far a person has read a deal's messages."""

    __tablename__ = "thread_reads"
    __table_args__ = (UniqueConstraint("deal_id", "reader_id"),)

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    reader_id: UUID = Field(sa_type=sa.Uuid)
    read_at: datetime = Field(sa_type=UtcDateTime)
