"""Messages that must leave, and the on-screen outbox of demo and development."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"


class Delivery(StrEnum):
    """The life of a message. `rules.may_move` says which way it goes.

    UNKNOWN: it was handed over and no answer came, so it may or may not have left. FAILED: it never left.
    BOUNCED: it left, and was turned away at the other end.
    """

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class OutboxMessage(Record, table=True):
    """Something that must leave the building, once per cause and recipient.

    `sealed` is the encrypted payload of the message (it may hold a PIN or a link); it is emptied once sent.
    `problem` is what went wrong, in words that fit into a sentence; `reason` is the same for programs.
    `handed_at`: when it was last handed to a provider, which calls it `provider_ref`. `reported_at`: when the
    provider last said what became of it. `unknowns` and `lookups` count lost answers and the questions about them.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "status", "due_at"),
        Index("ix_outbox_kind", "organisation_id", "kind", "created_at"),
        Index("ix_outbox_access", "access_id"),
        Index("ix_outbox_deal", "deal_id"),
        Index("ix_outbox_provider_ref", "provider_ref"),
        # Whether the last e-mail to an address came back.
        Index("ix_outbox_recipient", "recipient", "status"),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    deal_id: UUID | None = Field(default=None, foreign_key="deals.id", sa_type=sa.Uuid)
    access_id: UUID | None = Field(default=None, foreign_key="portal_accesses.id", sa_type=sa.Uuid)
    kind: str = Field(max_length=60)
    channel: Channel = Field(sa_type=StrEnumType(Channel))
    recipient: str = Field(max_length=254)
    recipient_name: str = Field(default="", max_length=160)
    dedupe_key: str = Field(max_length=300, unique=True)
    sealed: str = Field(default="", sa_type=sa.Text)
    # What it said, sealed for reading again: without links that let somebody in, and without a PIN.
    kept_sealed: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})
    status: Delivery = Field(default=Delivery.QUEUED, sa_type=StrEnumType(Delivery))
    attempts: int = 0
    credits_held: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease_by: str = Field(default="", max_length=60)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=300)
    reason: str = Field(default="", max_length=40)
    reported_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    provider_ref: str = Field(default="", max_length=120)
    unknowns: int = 0
    lookups: int = 0


class CallbackReceipt(Record, table=True):
    """A callback that was acted upon, by the hash of its signature: the same one is never acted upon twice."""

    __tablename__ = "callback_receipts"
    __table_args__ = (Index("ix_callback_receipts_created", "created_at"),)

    fingerprint: str = Field(max_length=64, unique=True)


class ShownMessage(Record, table=True):
    """A message as its recipient would see it. Written only where nothing really leaves (demo, development)."""

    __tablename__ = "shown_messages"
    __table_args__ = (Index("ix_shown_messages_created", "created_at"),)

    message_id: UUID = Field(sa_type=sa.Uuid, unique=True)
    channel: Channel = Field(sa_type=StrEnumType(Channel))
    sender: str = Field(max_length=254)
    recipient: str = Field(max_length=254)
    recipient_name: str = Field(default="", max_length=160)
    subject: str = Field(default="", max_length=300)
    paragraphs: list = Field(default_factory=list, sa_type=Json())
    link_label: str = Field(default="", max_length=120)
    link: str = Field(default="", max_length=600)
    # The e-mail as mail programs would have drawn it.
    html: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})
