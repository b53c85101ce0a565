"""Files of the store that no row names: the only place that says so, and that deletes one because of it.

A row without its file is a client's paper lost; a file without its row costs a little room for a day. So nothing is
deleted on a guess: not after an error that may have hit only the answer to a commit, and not while the database can't
be asked. What stays that way is found by the sweep.
"""

import logging
from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlmodel import SQLModel

from salestrekker_portal.database.session import ReadSession, reading
from salestrekker_portal.domains.documents.ports import FileStore
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.organisations import Organisation

log = logging.getLogger(__name__)


async def discard(files: FileStore, key: str) -> bool:
    """Delete a file that turned out not to be needed, unless some row names it; whether it went.

    Only for a file whose transaction was not begun or was rolled back for sure. When the database or the store can't be
    asked the file stays, and the sweep finds it.
    """
    try:
        async with reading() as session:
            if key in await named(session, [key]):
                return False
        await files.delete(key)
    except Exception:
        log.warning("a file that is not needed was left to the sweep", exc_info=True)
        return False
    return True


async def delete_orphans(files: FileStore, keys: Collection[str]) -> int:
    """Delete those of the keys that no row names; how many went. Only for what is too old to be on its way.

    Files of firms that this database doesn't know are left alone: a folder or bucket that two installations share, or a
    database that is not the one which belongs to it, must cost nobody their papers.
    """
    async with reading() as session:
        keep = await named(session, keys)
        firms = set(await session.scalars(select(Organisation.id)))
    orphans = [key for key in keys if key not in keep and _firm_of(key) in firms]
    for key in orphans:
        log.info("a file that no row names was removed from the store")
        await files.delete(key)
    return len(orphans)


async def named(session: ReadSession, keys: Collection[str]) -> set[str]:
    """Those of the keys that some row names, in whichever table: a column for keys ends with `_key`."""
    found: set[str] = set()
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_key") and not isinstance(column.type, sa.Uuid):
                wanted = select(column).where(column.in_(keys))
                if table.name == StoredFile.__tablename__:
                    wanted = wanted.where(StoredFile.swept_at.is_(None))
                found |= set(await session.scalars(wanted))
    return found


def _firm_of(key: str) -> UUID | None:
    try:
        return UUID(key.partition("/")[0])
    except ValueError:
        return None
