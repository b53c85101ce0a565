"""What somebody of the firm has to do, and by when."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field

from salestrekker_portal.database.columns import UtcDateTime
from salestrekker_portal.database.model import Record


class Task(Record, table=True):
    """One thing to do, on a deal, about a contact, or alone.

    `waits_until`: it waits for somebody else until then, and comes back by itself. `from_stage_id`: it came because
    its deal arrived in that stage.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_deal", "deal_id"),
        Index("ix_tasks_contact", "contact_id"),
        # What is still to do, of one person or of the whole firm, by its day.
        Index(
            "ix_tasks_owner", "organisation_id", "owner_id", "due_on", "id",
            sqlite_where=sa.text("done_at IS NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND removed_at IS NULL"),
        ),
        Index(
            "ix_tasks_open", "organisation_id", "due_on", "id",
            sqlite_where=sa.text("done_at IS NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND removed_at IS NULL"),
        ),
    )  # fmt: skip

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    title: str = Field(max_length=200)
    deal_id: UUID | None = Field(default=None, foreign_key="deals.id", sa_type=sa.Uuid)
    contact_id: UUID | None = Field(default=None, foreign_key="contacts.id", sa_type=sa.Uuid)
    owner_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    due_on: date | None = None
    waits_until: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: UUID | None = Field(default=None, sa_type=sa.Uuid)
    from_stage_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
