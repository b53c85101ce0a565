"""A row that has to be there."""

from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.kernel.errors import NotFound

Row = TypeVar("Row", bound=SQLModel)


def changed_by(result: Any) -> int:
    """How many rows an UPDATE or DELETE touched. SQLAlchemy's types say it of no result that a session gives."""
    return int(result.rowcount)


async def existing(session: ReadSession, table: type[Row], key: UUID | None, **options: Any) -> Row:
    """The row of this key, which another row or the caller promises. Raises NotFound when it has gone meanwhile.

    `options` as for `session.get`: `with_for_update=HOLD`, `populate_existing=True`.
    """
    row = await session.get(table, key, **options) if key is not None else None
    if row is None:
        raise NotFound
    return row
