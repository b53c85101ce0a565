"""What a firm has done by itself when a deal arrives in a stage, or has stayed there; and what came of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class AutomationDeed(StrEnum):
    """What an automation does."""

    TELL = "tell"
    PAPERS = "papers"
    NOTE = "note"
    MOVE = "move"
    TASK = "task"


class StageAutomation(Record, table=True):
    """What one stage does by itself. `about`: whom it tells or gives a task, which list it asks for, or the stage that
    it moves to. `more`: what it does after that, as deed, about and words; `only_if`: what has to be so of a deal.

    `days` 0: on arrival. `on_since` is None while it is off; what was due before then is left alone. It has no key to
    its stage: one that was deleted takes the deed with it, and the log stays.
    """

    __tablename__ = "stage_automations"
    __table_args__ = (
        Index("ix_stage_automations_stage", "organisation_id", "stage_id"),
        Index("ix_stage_automations_on", "on_since", sqlite_where=sa.text("on_since IS NOT NULL"),
              postgresql_where=sa.text("on_since IS NOT NULL")),
    )  # fmt: skip

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    stage_id: UUID = Field(sa_type=sa.Uuid)
    deed: AutomationDeed = Field(sa_type=StrEnumType(AutomationDeed))
    about: str = Field(default="", max_length=80)
    words: str = Field(default="", sa_type=sa.Text)
    days: int = 0
    more: list = Field(default_factory=list, sa_type=Json(), sa_column_kwargs={"server_default": "[]"})
    only_if: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    on_since: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AutomationRun(Record, table=True):
    """What came of an automation for one stay of a deal in its stage: `entered_at` is when that stay began.

    The unique key is why nothing is done twice: the row is written in the transaction of the deed. `facts` say what
    it was meant to do, for when the automation is gone.
    """

    __tablename__ = "automation_runs"
    __table_args__ = (
        UniqueConstraint("automation_id", "deal_id", "entered_at"),
        Index("ix_automation_runs_deal", "deal_id", "created_at"),
        Index("ix_automation_runs_log", "organisation_id", "created_at"),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    automation_id: UUID = Field(sa_type=sa.Uuid)
    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    entered_at: datetime = Field(sa_type=UtcDateTime)
    deed: AutomationDeed = Field(sa_type=StrEnumType(AutomationDeed))
    done: bool = False
    # What it asks for wasn't so of this deal: neither done nor refused.
    passed_over: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    stage: str = Field(default="", max_length=80)
    result: str = Field(default="", sa_type=sa.Text)
