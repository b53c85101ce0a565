"""Referrers, the brokerages they work with, and the deals they may follow."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.tables.organisations import Country


class Partner(Record, table=True):
    """A referrer's account, one for all the brokerages they work with. The e-mail is fixed (S4-20)."""

    __tablename__ = "partners"

    email: str = Field(max_length=254, unique=True)
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    firm: str = Field(default="", max_length=120)
    phone: str | None = Field(default=None, max_length=20)
    country: Country = Field(default=Country.AU, sa_type=StrEnumType(Country))
    password_hash: str | None = Field(default=None, max_length=255)
    first_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Since when signing in takes a second step; None while it doesn't.
    factor_since: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class PartnerMembership(Record, table=True):
    """A partner's place with a brokerage, and the broker who looks after them."""

    __tablename__ = "partner_memberships"
    __table_args__ = (UniqueConstraint("partner_id", "organisation_id"),)

    partner_id: UUID = Field(foreign_key="partners.id", sa_type=sa.Uuid)
    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    assigned_user_id: UUID | None = Field(default=None, foreign_key="users.id", sa_type=sa.Uuid)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Names their own link, behind which anybody may leave their details; None while they have none.
    lead_token: str | None = Field(default=None, max_length=64, unique=True)
    # When they said how this firm shall tell them of news; None asks them.
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Taken out of the firm: disabled too, and on no list of the firm any more.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When they last came in here: of several firms their next sign-in begins with the latest.
    last_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Another firm knew them first, and they haven't come in here: what this firm typed is all that it knows.
    waits_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    typed: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})


class DealPartner(SQLModel, table=True):
    """A partner who may follow a deal: their own lead, or one that the broker shared."""

    __tablename__ = "deal_partners"

    deal_id: UUID = Field(foreign_key="deals.id", primary_key=True, sa_type=sa.Uuid)
    partner_id: UUID = Field(foreign_key="partners.id", primary_key=True, sa_type=sa.Uuid, index=True)
    shared_at: datetime = Field(sa_type=UtcDateTime)
    # The next update as the broker promised it; when the partner asked for one that was late; when they said thanks.
    promised_for: datetime | None = Field(default=None, sa_type=UtcDateTime)
    nudged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    thanked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Lead(Record, table=True):
    """What came with a referral beside names: wishes, and that the client agreed to be passed on.

    `called_at` and `called_by` are of the broker who called first. A deal of a partner from before has none.
    """

    __tablename__ = "leads"
    __table_args__ = (Index("ix_leads_waiting", "organisation_id", "called_at", "created_at"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid, unique=True)
    purpose: str = Field(default="", max_length=40)
    price_cents: int | None = Field(default=None, sa_type=sa.BigInteger)
    auction_on: date | None = None
    best_time: str = Field(default="", max_length=120)
    # Who said that the client agreed: the partner, or the client by themselves behind a partner's link.
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by_link: bool = False
    called_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    called_by: str = Field(default="", max_length=160)
