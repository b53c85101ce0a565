"""Templates that a firm keeps for what its brokers write by hand."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index
from sqlmodel import Field

from salestrekker_portal.database.columns import StrEnumType
from salestrekker_portal.database.model import Record
from salestrekker_portal.tables.notifications import Audience


class LetterTemplate(Record, table=True):
    """Words to begin from, with values in square brackets. A way that it doesn't go has no text.

    `audience` is who reads it, clients or partners: other values can stand in it.
    """

    __tablename__ = "letter_templates"
    __table_args__ = (Index("ix_letter_templates_firm", "organisation_id", "audience"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    audience: Audience = Field(default=Audience.CLIENT, sa_type=StrEnumType(Audience))
    name: str = Field(max_length=60)
    subject: str = Field(default="", max_length=200)
    email_text: str = Field(default="", sa_type=sa.Text)
    sms_text: str = Field(default="", sa_type=sa.Text)
