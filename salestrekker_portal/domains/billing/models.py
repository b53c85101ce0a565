"""SMS credits: every change is a row, the balance is their sum."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field

from salestrekker_portal.database.model import Record


class SmsCreditEntry(Record, table=True):
    """Credits added (positive) or spent and held (negative), and why."""

    __tablename__ = "sms_credit_entries"
    __table_args__ = (Index("ix_sms_credit_entries_organisation", "organisation_id", "credits"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    credits: int
    reason: str = Field(max_length=120)
    message_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
