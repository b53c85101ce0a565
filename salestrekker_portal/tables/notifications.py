"""What people chose to be told, what each is told, and what did not leave and why."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.outbox import Channel


class Audience(StrEnum):
    """Who is told."""

    CLIENT = "client"
    STAFF = "staff"
    PARTNER = "partner"


class Why(StrEnum):
    """Why a message, or one of its channels, did not leave."""

    OFF_BY_FIRM = "off_by_firm"
    OFF_BY_PERSON = "off_by_person"
    STATUS_BAR_OFF = "status_bar_off"
    ACCESS_ENDED = "access_ended"
    KEPT_PRIVATE = "kept_private"
    NO_EMAIL = "no_email"
    BOUNCED = "bounced"
    SMS_OFF = "sms_off"
    NO_MOBILE = "no_mobile"
    OPTED_OUT = "opted_out"
    NO_CREDITS = "no_credits"
    # It went in the same message as something else.
    GATHERED = "gathered"


class Notice(Record, table=True):
    """One piece of news for one person; more of the same joins it until it has been sent.

    `recipient_id` is the user, the client's access, or the partner. `items` are names, one a thing that happened
    (documents, say); `facts` fill the text. `send_at`: when e-mail and SMS leave, None once that is decided.
    Staff see it in their bell when `bell`, and in yesterday's summary when `in_summary`.
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_recipient", "recipient_id", "organisation_id", "created_at"),
        Index("ix_notices_deal", "deal_id"),
        Index("ix_notices_due", "send_at", sqlite_where=sa.text("send_at IS NOT NULL"),
              postgresql_where=sa.text("send_at IS NOT NULL")),
        # One open notice a batch: of two workers that make one at the same moment, one tries again.
        Index("ix_notices_open", "batch", unique=True, sqlite_where=sa.text("send_at IS NOT NULL"),
              postgresql_where=sa.text("send_at IS NOT NULL")),
    )  # fmt: skip

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID | None = Field(default=None, foreign_key="deals.id", sa_type=sa.Uuid)
    audience: Audience = Field(sa_type=StrEnumType(Audience))
    recipient_id: UUID = Field(sa_type=sa.Uuid)
    event: str = Field(max_length=60)
    author: str = Field(default="", max_length=160)
    items: list = Field(default_factory=list, sa_type=Json())
    facts: dict = Field(default_factory=dict, sa_type=Json())
    batch: str = Field(default="", max_length=200)
    send_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    happened_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    bell: bool = False
    in_summary: bool = False
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SkippedMessage(Record, table=True):
    """A message that did not leave, and why, in a sentence that the broker reads. No channel: none at all."""

    __tablename__ = "skipped_messages"
    __table_args__ = (Index("ix_skipped_messages_deal", "deal_id", "created_at"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID | None = Field(default=None, foreign_key="deals.id", sa_type=sa.Uuid)
    audience: Audience = Field(sa_type=StrEnumType(Audience))
    event: str = Field(max_length=60)
    channel: Channel | None = Field(default=None, sa_type=StrEnumType(Channel))
    recipient_name: str = Field(default="", max_length=160)
    why: Why = Field(sa_type=StrEnumType(Why))
    sentence: str = Field(default="", max_length=400)


class UserPreference(Record, table=True):
    """How a member of staff wants to be told of one event; without a row, as the catalogue says."""

    __tablename__ = "user_preferences"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id", "event"),)

    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    event: str = Field(max_length=60)
    bell: bool = False
    email: bool = False
    sms: bool = False


class UserDelivery(Record, table=True):
    """Whether somebody's e-mails come one by one or as a summary of the day before (R-11: never both)."""

    __tablename__ = "user_deliveries"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    daily_summary: bool = False
    # Where the person is, an IANA name; None is where the firm is.
    time_zone: str | None = Field(default=None, max_length=60)
    # The day that the last summary was about, where the person is.
    summarised_on: date | None = None


class PartnerPreference(Record, table=True):
    """How a partner wants one firm to tell them of one event; without a row, as the catalogue says."""

    __tablename__ = "partner_preferences"
    __table_args__ = (UniqueConstraint("membership_id", "event"),)

    membership_id: UUID = Field(foreign_key="partner_memberships.id", sa_type=sa.Uuid)
    event: str = Field(max_length=60)
    email: bool = False
    sms: bool = False


class Reminder(Record, table=True):
    """A reminder that was given: the same one is never given twice. `key` says which, of what, for which day."""

    __tablename__ = "reminders"

    key: str = Field(max_length=200, unique=True)


class ClientPreference(Record, table=True):
    """What a client still wants of one topic, among what the brokerage sends; without a row, all of it (L37)."""

    __tablename__ = "client_preferences"
    __table_args__ = (UniqueConstraint("contact_id", "topic"),)

    contact_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid)
    topic: str = Field(max_length=40)
    email: bool = True
    sms: bool = True
