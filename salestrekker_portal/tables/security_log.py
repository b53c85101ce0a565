"""The security log, and the chains that show that neither it nor the activity was changed afterwards."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import Json, UtcDateTime
from salestrekker_portal.database.model import Record


class SecurityEvent(Record, table=True):
    """Who got in, who was refused, what left the firm, what was switched. Written once and never changed.

    `area` is what the page filters by. `place`: an IPv4 address or an IPv6 /64; `device`: "Chrome on Windows". Without
    an organisation it is about somebody whom no firm knows. `unsealed` is None once the row is in the chain.
    """

    __tablename__ = "security_events"
    __table_args__ = (
        Index("ix_security_events_organisation", "organisation_id", "created_at"),
        Index("ix_security_events_deal", "deal_id", "created_at"),
        Index("ix_security_events_unsealed", "organisation_id", "created_at",
              sqlite_where=sa.text("unsealed IS NOT NULL"), postgresql_where=sa.text("unsealed IS NOT NULL")),
    )  # fmt: skip

    organisation_id: UUID | None = Field(default=None, foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID | None = Field(default=None, foreign_key="deals.id", sa_type=sa.Uuid)
    subject_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    area: str = Field(max_length=20)
    kind: str = Field(max_length=60)
    refused: bool = False
    actor_kind: str = Field(default="", max_length=20)
    actor_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    actor_name: str = Field(default="", max_length=160)
    session_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    place: str = Field(default="", max_length=64)
    device: str = Field(default="", max_length=80)
    facts: dict = Field(default_factory=dict, sa_type=Json())
    unsealed: bool | None = Field(default=True, sa_column_kwargs={"server_default": sa.true()})


class LogSeal(SQLModel, table=True):
    """The link that a row of a log has in the chain of its firm (`chain`; all zeros for nobody's rows).

    `digest` is of the salt and the row, `seal` of the seal before, the number and the digest. Once a row was erased
    its salt is gone too: what it said can't be guessed from the digest, and the chain stays whole.
    """

    __tablename__ = "log_seals"
    __table_args__ = (Index("ix_log_seals_row", "row_id", "log"),)

    log: str = Field(max_length=12, primary_key=True)
    chain: UUID = Field(primary_key=True, sa_type=sa.Uuid)
    number: int = Field(primary_key=True, sa_type=sa.BigInteger)
    row_id: UUID = Field(sa_type=sa.Uuid)
    salt: str | None = Field(default=None, max_length=32)
    digest: str = Field(max_length=64)
    seal: str = Field(max_length=64)
    sealed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LogHead(SQLModel, table=True):
    """Where a chain ends. Held while rows are added to it; `mailed` is the number that admins were last told."""

    __tablename__ = "log_heads"

    log: str = Field(max_length=12, primary_key=True)
    chain: UUID = Field(primary_key=True, sa_type=sa.Uuid)
    number: int = Field(default=0, sa_type=sa.BigInteger)
    seal: str = Field(default="", max_length=64)
    mailed: int = Field(default=0, sa_type=sa.BigInteger)
