"""Keys with which other programs ask for what a member of staff may see."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, UtcDateTime
from salestrekker_portal.database.model import Record


class ApiToken(Record, table=True):
    """A key of the firm. It acts as the admin who made it, within `scopes`, while they work here.

    The key itself is shown once and kept nowhere; `ending` is its last four characters, to tell keys apart.
    """

    __tablename__ = "api_tokens"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    name: str = Field(max_length=80)
    scopes: list = Field(default_factory=list, sa_type=Json())
    token_hash: str = Field(max_length=64, unique=True)
    ending: str = Field(max_length=4)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
