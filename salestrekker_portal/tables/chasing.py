"""What the firm decided about chasing, each chaser that was sent, and where it rests."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, UtcDateTime
from salestrekker_portal.database.model import Record


class ChaseSettings(Record, table=True):
    """How a firm chases; without a row it doesn't.

    `rhythm`: after how many working days, each counted from the asking. `most`: chasers for one thing; beyond the
    rhythm its last pause repeats. `since`: what was asked before counts as asked then, so that switching it on sends
    nobody a pile.
    """

    __tablename__ = "chase_settings"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, unique=True)
    on: bool = False
    rhythm: list = Field(default_factory=list, sa_type=Json())
    most: int = 3
    since: datetime = Field(sa_type=UtcDateTime)


class Chase(Record, table=True):
    """One chaser to one person: at most one a day in all deals of the firm, which the database itself holds.

    `on_day` is the firm's. `keys` name what it asked for: "profile", "consent", or a request's id. `by_name` is empty
    where it came by itself.
    """

    __tablename__ = "chases"
    __table_args__ = (
        UniqueConstraint("organisation_id", "contact_id", "on_day"),
        Index("ix_chases_deal", "deal_id", "created_at"),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    access_id: UUID = Field(foreign_key="portal_accesses.id", sa_type=sa.Uuid)
    # No foreign key: the record of a day stays when two entries of one person become one.
    contact_id: UUID = Field(sa_type=sa.Uuid)
    on_day: date
    keys: list = Field(default_factory=list, sa_type=Json())
    what: str = Field(default="", max_length=400)
    by_name: str = Field(default="", max_length=160)


class ChasePause(Record, table=True):
    """Chasing rests: for the whole deal, or for one request of it."""

    __tablename__ = "chase_pauses"
    __table_args__ = (Index("ix_chase_pauses_deal", "deal_id"),)

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    request_id: UUID | None = Field(default=None, foreign_key="document_requests.id", sa_type=sa.Uuid)
    by_name: str = Field(default="", max_length=160)
