"""Labels that a brokerage puts on its deals and partners choose from."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.model import Record


class Label(Record, table=True):
    """A deal label of one organisation."""

    __tablename__ = "labels"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    name: str = Field(max_length=40)


class DealLabel(SQLModel, table=True):
    """A label on a deal."""

    __tablename__ = "deal_labels"

    deal_id: UUID = Field(foreign_key="deals.id", primary_key=True, sa_type=sa.Uuid)
    label_id: UUID = Field(foreign_key="labels.id", primary_key=True, sa_type=sa.Uuid, index=True)
