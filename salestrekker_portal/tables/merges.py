"""Two contacts that were one person: what was moved from one to the other, so that it can be taken apart again."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, UtcDateTime
from salestrekker_portal.database.model import Record


class ContactMerge(Record, table=True):
    """`moved` is table -> ids of the rows that pointed at the contact that went; `was` and `became` are those fields of
    the one that stayed that were changed."""

    __tablename__ = "contact_merges"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    kept_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid, index=True)
    gone_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid, index=True)
    by_name: str = Field(default="", max_length=160)
    moved: dict = Field(default_factory=dict, sa_type=Json())
    was: dict = Field(default_factory=dict, sa_type=Json())
    became: dict = Field(default_factory=dict, sa_type=Json())
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
