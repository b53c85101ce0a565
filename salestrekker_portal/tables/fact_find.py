"""Where answers live: one row a field, with its version, author and time."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.kernel.ids import new_id

# Stands for "nobody in particular" in the unique keys below: SQL's NULL never equals itself.
NOBODY = UUID(int=0)


class Item(Record, table=True):
    """One entry of a repeating section: a job, a card, a property. Whose it is, is one of its answers."""

    __tablename__ = "fact_find_items"
    __table_args__ = (Index("ix_fact_find_items_section", "deal_id", "section_id"),)

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    section_id: str = Field(max_length=80)
    subject_id: UUID = Field(default=NOBODY, sa_type=sa.Uuid)
    position: int = 0
    made_by_contact: UUID | None = Field(default=None, sa_type=sa.Uuid)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Who took it out: a contact or a user; None for what was taken out before this was kept.
    removed_by: UUID | None = Field(default=None, sa_type=sa.Uuid)


class Answer(Record, table=True):
    """One field as typed. `subject_id` is the applicant, or NOBODY for shared pages; `item_id` likewise."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("deal_id", "subject_id", "section_id", "item_id", "field_key"),
        # Who has typed lately, whatever the number of answers.
        Index("ix_answers_answered", "answered_at"),
    )

    deal_id: UUID = Field(foreign_key="deals.id", sa_type=sa.Uuid)
    subject_id: UUID = Field(default=NOBODY, sa_type=sa.Uuid)
    section_id: str = Field(max_length=80)
    item_id: UUID = Field(default=NOBODY, sa_type=sa.Uuid)
    field_key: str = Field(max_length=60)
    raw: str = Field(default="", sa_type=sa.Text)
    version: int = 1
    author_id: UUID = Field(sa_type=sa.Uuid)
    author_name: str = Field(default="", max_length=160)
    answered_at: datetime = Field(sa_type=UtcDateTime)


class AnswerChange(Record, table=True):
    """What a field said before: nothing typed is ever lost."""

    __tablename__ = "answer_changes"
    __table_args__ = (Index("ix_answer_changes_answer", "answer_id", "version"),)

    id: UUID = Field(default_factory=new_id, primary_key=True, sa_type=sa.Uuid)
    answer_id: UUID = Field(foreign_key="answers.id", sa_type=sa.Uuid)
    version: int
    raw: str = Field(default="", sa_type=sa.Text)
    author_id: UUID = Field(sa_type=sa.Uuid)
    author_name: str = Field(default="", max_length=160)
    answered_at: datetime = Field(sa_type=UtcDateTime)


class HeldAnswer(Record, table=True):
    """What a client typed after the stage locked the fact find: kept for them, not part of the profile."""

    __tablename__ = "held_answers"
    __table_args__ = (UniqueConstraint("access_id", "section_id", "subject_id", "item_id", "field_key"),)

    access_id: UUID = Field(foreign_key="portal_accesses.id", sa_type=sa.Uuid)
    section_id: str = Field(max_length=80)
    subject_id: UUID = Field(default=NOBODY, sa_type=sa.Uuid)
    item_id: UUID = Field(default=NOBODY, sa_type=sa.Uuid)
    field_key: str = Field(max_length=60)
    raw: str = Field(default="", sa_type=sa.Text)
    held_at: datetime = Field(sa_type=UtcDateTime)


class ProfileLook(SQLModel, table=True):
    """When somebody of the team last said that they have seen a deal's answers.

    `looked_at` is told to them. `seen_to` is the newest change that their screen showed by then: what arrived between
    the look and the press is still new.
    """

    __tablename__ = "profile_looks"

    deal_id: UUID = Field(foreign_key="deals.id", primary_key=True, sa_type=sa.Uuid)
    user_id: UUID = Field(foreign_key="users.id", primary_key=True, sa_type=sa.Uuid)
    looked_at: datetime = Field(sa_type=UtcDateTime)
    seen_to: datetime = Field(sa_type=UtcDateTime)
