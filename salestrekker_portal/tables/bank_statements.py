"""Requests for bank statements, what was agreed to, what came in, and which provider a broker uses."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class Provider(StrEnum):
    """Who fetches the statements. Values are for ever: they are in addresses and rows."""

    ILLION = "illion"
    BASIQ = "basiq"
    AKAHU = "akahu"
    DEMONSTRATION = "demonstration"


class StatementState(StrEnum):
    """The life of a request. `rules.may_move` says which way it goes."""

    DRAFT = "draft"
    SENT = "sent"
    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    PARTIAL = "partial"
    COMPLETE = "complete"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Problem(StrEnum):
    """Why it did not work, as far as a client can do something about it. Providers' own codes map to these."""

    WRONG_LOGIN = "wrong_login"
    BANK_DOWN = "bank_down"
    ACT_AT_BANK = "act_at_bank"
    JOINT_AUTHORITY = "joint_authority"
    CODE_TIMED_OUT = "code_timed_out"
    NO_ACCOUNTS = "no_accounts"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    UNKNOWN = "unknown"


class BankIntegration(Record, table=True):
    """A provider switched on: the firm's (no user), or a broker's own, which overrides it (I-02).

    `referral_code`: illion's 4 or 8 characters. `multi_bank`: clients may add several banks in one go.
    """

    __tablename__ = "bank_integrations"
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", sa_type=sa.Uuid)
    provider: Provider = Field(sa_type=StrEnumType(Provider))
    switched_on: bool = False
    referral_code: str = Field(default="", max_length=8)
    multi_bank: bool = False
    months: int = 6


class StatementRequest(Record, table=True):
    """One person asked for statements of some months.

    `reference` is our short opaque name for it, which is all that a provider learns of us. `refs_sealed` is what
    the provider calls things (its user, its token), sealed; it is emptied as soon as it is no longer needed.
    `subject` is the hash of the provider's name for the person, to find the request by a callback; `return_hash`
    that of the secret with which the client comes back. `due_at`: when the portal has to look after it again.
    """

    __tablename__ = "statement_requests"
    __table_args__ = (
        Index("ix_statement_requests_deal", "deal_id", "created_at"),
        Index("ix_statement_requests_access", "access_id"),
        Index("ix_statement_requests_due", "due_at"),
        Index("ix_statement_requests_subject", "subject"),
        Index("ix_statement_requests_return", "return_hash"),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    contact_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid)
    access_id: UUID = Field(foreign_key="portal_accesses.id", sa_type=sa.Uuid)
    asked_by: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    provider: Provider = Field(sa_type=StrEnumType(Provider))
    referral_code: str = Field(default="", max_length=8)
    multi_bank: bool = False
    months: int = 6
    reference: str = Field(max_length=24, unique=True)
    state: StatementState = Field(default=StatementState.DRAFT, sa_type=StrEnumType(StatementState))
    problem: Problem | None = Field(default=None, sa_type=StrEnumType(Problem))
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, nullable=True)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    renewed_by: UUID | None = Field(default=None, sa_type=sa.Uuid)
    refs_sealed: str = Field(default="", sa_type=sa.Text)
    subject: str = Field(default="", max_length=64)
    return_hash: str = Field(default="", max_length=64)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looks: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StatementConsent(Record, table=True):
    """What the client agreed to before anything was fetched: which wording, when, from where, and how it ended."""

    __tablename__ = "statement_consents"

    request_id: UUID = Field(foreign_key="statement_requests.id", sa_type=sa.Uuid, index=True)
    contact_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid)
    wording_version: str = Field(max_length=20)
    agreed_at: datetime = Field(sa_type=UtcDateTime)
    from_address: str = Field(default="", max_length=64)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_why: str = Field(default="", max_length=40)


class StatementFile(Record, table=True):
    """A statement that was filed: the same account and period is never filed twice."""

    __tablename__ = "statement_files"
    __table_args__ = (UniqueConstraint("request_id", "account", "first_on", "last_on"),)

    request_id: UUID = Field(foreign_key="statement_requests.id", sa_type=sa.Uuid)
    account: str = Field(max_length=64)
    first_on: date
    last_on: date
    document_id: UUID = Field(foreign_key="documents.id", sa_type=sa.Uuid)


class StatementSummary(Record, table=True):
    """Averages of what came in, sealed. Single transactions are not kept."""

    __tablename__ = "statement_summaries"

    request_id: UUID = Field(foreign_key="statement_requests.id", sa_type=sa.Uuid, unique=True)
    sealed: str = Field(default="", sa_type=sa.Text)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
