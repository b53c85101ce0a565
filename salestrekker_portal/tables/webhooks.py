"""Addresses of a firm's other programs that want to hear of things, and what was sent to each."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class Webhook(Record, table=True):
    """One address, and the events that it wants. `sealed` is the secret that signs, encrypted."""

    __tablename__ = "webhooks"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    url: str = Field(max_length=500)
    events: list = Field(default_factory=list, sa_type=Json())
    sealed: str = Field(sa_type=sa.Text)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HookState(StrEnum):
    """WAITING for its time or its next try; FAILED after the last one."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class HookDelivery(Record, table=True):
    """One event on its way to one address. `body` is exactly what is signed and sent; it names no person.

    `answered` is the status of the last answer, `problem` what was wrong, in words.
    """

    __tablename__ = "hook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_hook_deliveries_due", "due_at", sqlite_where=sa.text("state = 'waiting'"),
              postgresql_where=sa.text("state = 'waiting'")),
        Index("ix_hook_deliveries_created", "created_at"),
    )  # fmt: skip

    webhook_id: UUID = Field(foreign_key="webhooks.id", sa_type=sa.Uuid)
    event_id: UUID = Field(sa_type=sa.Uuid)
    event: str = Field(max_length=60)
    body: str = Field(sa_type=sa.Text)
    state: HookState = Field(default=HookState.WAITING, sa_type=StrEnumType(HookState))
    due_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    answered: int | None = None
    problem: str = Field(default="", max_length=200)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
