"""SMS credits: every change is a row, the balance is their sum."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class SmsCreditEntry(Record, table=True):
    """Credits added (positive) or spent and held (negative), and why."""

    __tablename__ = "sms_credit_entries"
    __table_args__ = (
        Index("ix_sms_credit_entries_organisation", "organisation_id", "credits"),
        UniqueConstraint("organisation_id", "period"),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    credits: int
    reason: str = Field(max_length=120)
    message_id: UUID | None = Field(default=None, sa_type=sa.Uuid, index=True)
    # The month that an allowance is for ("2026-03"), so that it is granted once.
    period: str | None = Field(default=None, max_length=7)


class PurchaseState(StrEnum):
    """Where a purchase stands. Nothing is credited before it is paid."""

    STARTED = "started"
    PAID = "paid"
    REFUSED = "refused"


class SmsPurchase(Record, table=True):
    """A pack of SMS credits. `attempt` comes from the page: pressing twice buys once."""

    __tablename__ = "sms_purchases"
    __table_args__ = (
        Index("ix_sms_purchases_organisation", "organisation_id", "created_at"),
        UniqueConstraint("organisation_id", "attempt"),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    attempt: UUID = Field(sa_type=sa.Uuid)
    credits: int
    price_cents: int
    state: PurchaseState = Field(default=PurchaseState.STARTED, sa_type=StrEnumType(PurchaseState))
    bought_by: str = Field(default="", max_length=160)
    receipt: str = Field(default="", max_length=80)
    problem: str = Field(default="", max_length=300)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
