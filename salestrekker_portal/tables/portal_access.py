"""A client's way into a deal: the grant, its links, and the consent given."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import Json, UtcDateTime
from salestrekker_portal.database.model import Record


class PortalAccess(Record, table=True):
    """One person's way into one deal, from grant to revocation.

    `section_ids` is copied from the flow chosen, so that later edits of the flow change nothing here.
    The PIN is kept as a keyed hash; five wrong tries lock it until a new one is sent, twenty in all stop the link too.
    """

    __tablename__ = "portal_accesses"
    __table_args__ = (
        Index(
            "uq_portal_accesses_live",
            "deal_id",
            "contact_id",
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        ),
        Index("ix_portal_accesses_deal", "deal_id"),
        Index("ix_portal_accesses_contact", "contact_id"),
        Index("ix_portal_accesses_organisation", "organisation_id", "revoked_at"),
        # Whose link was lost.
        Index("ix_portal_accesses_invited_email", "invited_email"),
        Index("ix_portal_accesses_invited_mobile", "invited_mobile"),
    )

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    contact_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid)
    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    granted_by: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    sees_other_applicants: bool = False
    # Which flow was copied, to find its videos; what is asked is in `section_ids`.
    flow_id: UUID | None = Field(default=None, foreign_key="flows.id", sa_type=sa.Uuid)
    flow_name: str = Field(default="", max_length=120)
    section_ids: list = Field(default_factory=list, sa_type=Json())
    asks_bank_statements: bool = False
    # Where the link and the PIN go instead, for people who share an address or a number with somebody.
    other_email: str | None = Field(default=None, max_length=254)
    other_mobile: str | None = Field(default=None, max_length=20)
    # Where the link and the PIN really went: a link that works goes nowhere else, whatever the contact says now.
    invited_email: str | None = Field(default=None, max_length=254)
    invited_mobile: str | None = Field(default=None, max_length=20)
    # The broker has told them what sharing means, and invited them anyway.
    shares_knowingly: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    pin_hash: str = Field(default="", max_length=64)
    pin_sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Of the PIN that works, and of every PIN since the link was sent.
    wrong_pins: int = 0
    wrong_pins_ever: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # When the PIN that works first let somebody in; from then on it is good on known devices only.
    pin_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Which way they came in last: "pin" or "passkey"; "" before.
    came_in_by: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    # When they said "not now" to a passkey, or took the first one: nobody is asked twice.
    passkey_answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    consented_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # How often they handed their profile in, and which wording of "what I have told you is true" they agreed to last.
    submissions: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    declared: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    # What stands in their fact find because they told it for an earlier loan: section id -> when they told it, and when
    # they said that it is "still_true" or began to "change" it (fact_find/earlier.py).
    told_earlier: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_by: UUID | None = Field(default=None, foreign_key="users.id", sa_type=sa.Uuid)


class PortalLink(Record, table=True):
    """A link that was sent. Only the newest works; the others say so instead of a 404 (L03)."""

    __tablename__ = "portal_links"

    access_id: UUID = Field(foreign_key="portal_accesses.id", sa_type=sa.Uuid, index=True)
    token_hash: str = Field(max_length=64, unique=True)
    token_sealed: str = Field(sa_type=sa.Text)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LostLink(Record, table=True):
    """Somebody, a client or not, asked for their link again. `asked` is sealed; the row goes when it is answered."""

    __tablename__ = "lost_links"

    asked: str = Field(sa_type=sa.Text)
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ConsentRecord(Record, table=True):
    """What a client agreed to: which versions, when, from where."""

    __tablename__ = "consent_records"

    access_id: UUID = Field(foreign_key="portal_accesses.id", sa_type=sa.Uuid, index=True)
    documents: list = Field(default_factory=list, sa_type=Json())
    from_address: str = Field(default="", max_length=64)
    agreed_at: datetime = Field(sa_type=UtcDateTime)


class AccessRequest(SQLModel, table=True):
    """A document request that this client was asked for, or that whoever invited them left out on purpose.

    What was left out stays out of sight, whoever else is asked for it, until somebody asks this client for it.
    """

    __tablename__ = "access_requests"

    access_id: UUID = Field(foreign_key="portal_accesses.id", primary_key=True, sa_type=sa.Uuid)
    request_id: UUID = Field(foreign_key="document_requests.id", primary_key=True, sa_type=sa.Uuid, index=True)
    left_out: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
