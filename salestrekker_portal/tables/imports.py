"""Files of contacts and deals that an admin brings in, row by row."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Folded, Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class ImportStatus(StrEnum):
    """How far a file is. Those in `AT_WORK` are the worker's."""

    COLUMNS = "columns"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    TAKING_BACK = "taking_back"
    TAKEN_BACK = "taken_back"
    STOPPED = "stopped"


AT_WORK = (ImportStatus.CHECKING, ImportStatus.RUNNING, ImportStatus.TAKING_BACK)
# Nothing of it is anywhere but here yet.
NOT_YET_IN = (ImportStatus.COLUMNS, ImportStatus.CHECKING, ImportStatus.CHECKED)


class RowState(StrEnum):
    """What becomes of a row: not looked at, can come in, holds nothing new, can't come in; came in, gone, stays."""

    WAITING = "waiting"
    GOOD = "good"
    KNOWN = "known"
    BAD = "bad"
    IN = "in"
    GONE = "gone"
    STAYS = "stays"


class DataImport(Record, table=True):
    """One file. `columns` are its headings, `mapping` the field of each ("" is left out), `at` the last row dealt with.

    `digest` is that of the file, which is not kept.
    """

    __tablename__ = "data_imports"
    __table_args__ = (
        Index("ix_data_imports_organisation", "organisation_id", "created_at"),
        Index(
            "ix_data_imports_at_work",
            "created_at",
            sqlite_where=sa.text("status IN ('checking', 'running', 'taking_back')"),
            postgresql_where=sa.text("status IN ('checking', 'running', 'taking_back')"),
        ),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    by_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    by_name: str = Field(default="", max_length=160)
    file_name: str = Field(max_length=200)
    digest: str = Field(max_length=64)
    status: ImportStatus = Field(default=ImportStatus.COLUMNS, sa_type=StrEnumType(ImportStatus))
    columns: list = Field(default_factory=list, sa_type=Json())
    mapping: list = Field(default_factory=list, sa_type=Json())
    # Where deals land whose row names no stage; without a foreign key, for a stage may go while the file stands here.
    stage_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    rows: int = 0
    at: int = 0
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportRow(Record, table=True):
    """A line of the file. Its `cells` are kept until it is in; of a row that can't come in `says` has why.

    `email`, `mobile`, `sort_key` and `deal_key` find who stands in the file twice; rows of one deal have its
    `deal_number` in common. `contact_id` and `deal_id` are what
    came of it, without a foreign key: they outlive what is taken back. The two prints tell whether that is still as
    it came in; "" is none of this row's own.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_import_rows_state", "import_id", "state", "number"),
        Index("ix_import_rows_deal", "deal_id"),
        Index("ix_import_rows_email", "import_id", "email"),
        Index("ix_import_rows_mobile", "import_id", "mobile"),
        Index("ix_import_rows_deal_number", "import_id", "deal_number"),
    )

    import_id: UUID = Field(foreign_key="data_imports.id", sa_type=sa.Uuid)
    # As spreadsheets count: the headings are row 1.
    number: int
    state: RowState = Field(default=RowState.WAITING, sa_type=StrEnumType(RowState))
    cells: list = Field(default_factory=list, sa_type=Json())
    says: list = Field(default_factory=list, sa_type=Json())
    email: str | None = Field(default=None, max_length=254)
    mobile: str | None = Field(default=None, max_length=20)
    sort_key: str = Field(default="", sa_type=Folded(240), nullable=False)
    deal_key: str = Field(default="", sa_type=Folded(), nullable=False)
    deal_number: str | None = Field(default=None, max_length=60)
    contact_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    deal_id: UUID | None = Field(default=None, sa_type=sa.Uuid)
    contact_print: str = Field(default="", max_length=64)
    deal_print: str = Field(default="", max_length=64)
    came_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
