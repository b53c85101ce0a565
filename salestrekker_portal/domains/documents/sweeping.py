"""Bytes that nobody can reach any more: removed files after a day, drafts never sent, and files without a row.

Every step asks again before it deletes: what is in use by any table stays, and what is young stays.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import exists, or_, select, update
from sqlmodel import SQLModel

from salestrekker_portal.database.session import HOLD, WriteSession, reading, transaction
from salestrekker_portal.domains.documents.orphans import delete_orphans
from salestrekker_portal.domains.documents.ports import FileStore
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.documents import Document, StoredFile

REMOVED_STAY = timedelta(days=1)
"""Longer than anybody may take a removal back."""
DRAFTS_STAY = timedelta(days=7)
STRAYS_STAY = timedelta(days=1)
"""Longer than any upload takes: a file stands on disk before its row is committed."""
A_ROUND = 200


async def sweep_files(files: Callable[[], FileStore]) -> int:
    """One round; returns how many files went from the store."""
    async with transaction() as session:
        await _drop_old_drafts(session)
    gone = 0
    async with reading() as session:
        candidates = list(await session.scalars(_unreachable(utc_now() - REMOVED_STAY).limit(A_ROUND)))
    for file_id in candidates:
        async with transaction() as session:
            key = await _give_up(session, file_id)
        if key is not None:
            # After the commit: a crash here leaves bytes without a use, which count as strays tomorrow.
            await files().delete(key)
            gone += 1
    return gone + await _sweep_strays(files())


async def _drop_old_drafts(session: WriteSession) -> None:
    now = utc_now()
    await session.execute(
        update(Document)
        .where(Document.drafted_at < now - DRAFTS_STAY, Document.removed_at.is_(None))
        .values(removed_at=now)
        .execution_options(synchronize_session=False)
    )


def _unreachable(before) -> sa.Select[UUID]:
    """Files that had a document, all of whose documents were removed before then, and that nothing else uses."""
    of_file = Document.file_id == StoredFile.id
    kept = exists().where(of_file, or_(Document.removed_at.is_(None), Document.removed_at > before))
    elsewhere = [
        exists(select(sa.literal(1)).select_from(table).where(column == StoredFile.id))
        for table, column in _references()
        if table.name != Document.__tablename__
    ]
    return select(StoredFile.id).where(
        StoredFile.swept_at.is_(None), exists().where(of_file), ~kept, *[~each for each in elsewhere]
    )


def _references() -> list[tuple[sa.Table, sa.Column]]:
    """Every column of every table that points at a stored file, tables of tomorrow included."""
    return [
        (table, column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == StoredFile.__tablename__ for key in column.foreign_keys)
    ]


async def _give_up(session: WriteSession, file_id: UUID) -> str | None:
    """Mark a file as gone, if it still may go; its key."""
    file = await session.get(StoredFile, file_id, with_for_update=HOLD)
    still = _unreachable(utc_now() - REMOVED_STAY).where(StoredFile.id == file_id)
    if file is None or await session.scalar(still) is None:
        return None
    file.swept_at = utc_now()
    return file.storage_key


async def _sweep_strays(files: FileStore) -> int:
    """Delete old files of the store that no row names, or whose row was given up."""
    gone = 0
    async for keys in files.old_keys(STRAYS_STAY.total_seconds()):
        gone += await delete_orphans(files, keys)
    return gone
