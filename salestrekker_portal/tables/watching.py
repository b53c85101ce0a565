"""Which workers there are, for whoever runs the portal. Nothing of people is in here."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import Json, UtcDateTime


class Worker(SQLModel, table=True):
    """A process that looks after what is due, and what its lanes have done since it began.

    `lanes`: name of the lane -> {"rounds", "dealt_with", "failures", "failed_in_a_row": counts, "last_seconds"}.
    """

    __tablename__ = "workers"

    name: str = Field(primary_key=True, max_length=80)
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    lanes: dict = Field(default_factory=dict, sa_type=Json())
