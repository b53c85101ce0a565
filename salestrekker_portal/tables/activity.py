"""One row per thing that happened: timeline, audit, notifications and live updates all read it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, UtcDateTime
from salestrekker_portal.database.model import Record


class Activity(Record, table=True):
    """Who did what, to which deal, when. `facts` holds names and values for the sentence, never secrets.

    `subject_id` is the note, document, request or partner that it is about. `tell_at`: from when on the worker
    tells people of it; None once it has, and for what nobody is told of. `hook_at`: the same for other programs.
    `unsealed` is None once the row is in its firm's chain (tables/security_log.py).
    """

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_deal", "deal_id", "created_at"),
        Index("ix_activities_organisation", "organisation_id", "created_at"),
        # What the worker still has to tell: a handful of rows, whatever the size of the table.
        Index("ix_activities_untold", "tell_at", sqlite_where=sa.text("tell_at IS NOT NULL"),
              postgresql_where=sa.text("tell_at IS NOT NULL")),
        Index("ix_activities_unsealed", "organisation_id", "created_at",
              sqlite_where=sa.text("unsealed IS NOT NULL"), postgresql_where=sa.text("unsealed IS NOT NULL")),
        Index("ix_activities_unpublished", "hook_at", sqlite_where=sa.text("hook_at IS NOT NULL"),
              postgresql_where=sa.text("hook_at IS NOT NULL")),
    )  # fmt: skip

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID | None = Field(default=None, foreign_key="deals.id", sa_type=sa.Uuid)
    kind: str = Field(max_length=60)
    actor_kind: str = Field(max_length=20)
    actor_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    actor_name: str = Field(default="", max_length=160)
    facts: dict = Field(default_factory=dict, sa_type=Json())
    subject_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    tell_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hook_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    unsealed: bool | None = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
