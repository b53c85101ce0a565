"""Which columns of the database point at a table: asked of the tables themselves, so that a new one is not missed."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import SQLModel


def pointing_at(table: str) -> Iterator[sa.Column]:
    """Every column with a foreign key to `table`."""
    for each in SQLModel.metadata.sorted_tables:
        for key in each.foreign_keys:
            if key.column.table.name == table:
                yield key.parent
