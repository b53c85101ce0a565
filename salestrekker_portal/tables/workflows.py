"""Workflows and their stages."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class FactFindMode(StrEnum):
    """Whether clients may change their answers while a deal is in this stage."""

    EDITABLE = "editable"
    READ_ONLY = "read_only"


class Workflow(Record, table=True):
    """An ordered run of stages; every deal is in one."""

    __tablename__ = "workflows"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    name: str = Field(max_length=120)
    kind: str = Field(default="home_loan", max_length=40)
    position: int = 0
    # What the firm would like to settle here in a month; None: nobody has said.
    goal_cents: int | None = Field(default=None, sa_type=sa.BigInteger)
    # Counts every change to the workflow or its stages: whoever edits an older one is told.
    version: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Stage(Record, table=True):
    """One step. `client_name` is what clients and partners read instead of the team's own word."""

    __tablename__ = "stages"
    __table_args__ = (
        CheckConstraint("probability_pct between 0 and 100", name="probability_is_percent"),
        CheckConstraint("stale_days >= 0", name="stale_days_not_negative"),
    )

    workflow_id: UUID = Field(foreign_key="workflows.id", sa_type=sa.Uuid, index=True)
    name: str = Field(max_length=80)
    client_name: str = Field(max_length=80)
    client_meaning: str = Field(default="", max_length=300)
    position: int
    fact_find: FactFindMode = Field(default=FactFindMode.EDITABLE, sa_type=StrEnumType(FactFindMode))
    probability_pct: int = 50
    stale_days: int = 14
    colour: str = Field(default="", max_length=20)
    with_lender: bool = False
    # A step that reports count from and to; others are ordinary.
    milestone: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    # What is to be done when a deal arrives: [{"title": …, "days": until it is due}].
    tasks: list = Field(default_factory=list, sa_type=Json(), sa_column_kwargs={"server_default": "[]"}, nullable=False)
