"""What every row has in common."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import UtcDateTime
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id

# Named constraints, so that a migration can find them again on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(SQLModel):
    """A row with an identity and a birthday."""

    id: UUID = Field(default_factory=new_id, primary_key=True, sa_type=sa.Uuid)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
