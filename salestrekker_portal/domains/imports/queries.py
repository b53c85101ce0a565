"""Looking at files that were brought in."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import ReadSession, is_writing
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.sheets import sheet
from salestrekker_portal.tables.imports import AT_WORK, NOT_YET_IN, DataImport, ImportRow, ImportStatus, RowState

MOST_SHOWN = 100
MOST_LISTED = 20


def imports_topic(organisation_id: UUID) -> str:
    return f"imports:{organisation_id}"


@dataclass(frozen=True, kw_only=True)
class Look:
    """One file, how many of its rows are in which state, and the first of those that need a look."""

    file: DataImport
    counts: dict[RowState, int]
    rows: list[ImportRow]


async def access_import(session: ReadSession, actor: Actor, import_id: UUID) -> DataImport:
    """A file of the admin's firm, held when something is about to be done. Raises NotFound, NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    mine = select(DataImport).where(DataImport.id == import_id, DataImport.organisation_id == actor.organisation_id)
    if is_writing(session):
        mine = mine.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = (await session.scalars(mine)).one_or_none()
    if found is None:
        raise NotFound("file")
    return found


async def imports_of(session: ReadSession, actor: Actor) -> list[DataImport]:
    """The firm's files, the newest first. Raises NotPermitted."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    mine = select(DataImport).where(DataImport.organisation_id == actor.organisation_id)
    return list(await session.scalars(mine.order_by(DataImport.created_at.desc()).limit(MOST_LISTED)))


async def counts_of(session: ReadSession, import_ids: list[UUID]) -> dict[UUID, dict[RowState, int]]:
    """How many rows of each file are in which state."""
    counts: dict[UUID, dict[RowState, int]] = {each: {} for each in import_ids}
    rows = await session.execute(
        select(ImportRow.import_id, ImportRow.state, func.count())
        .where(ImportRow.import_id.in_(import_ids))
        .group_by(ImportRow.import_id, ImportRow.state)
    )
    for import_id, state, count in rows:
        counts[import_id][state] = count
    return counts


async def look_at(session: ReadSession, actor: Actor, file: DataImport) -> Look:
    """Counts, and the first rows that can’t come in, then of those with nothing new; of a new file its first, of one
    that was taken back those that stayed."""
    demand(actor, Permission.ORGANISATION_MANAGE)
    rows = select(ImportRow).where(ImportRow.import_id == file.id)
    if file.status is ImportStatus.COLUMNS:
        rows = rows.order_by(ImportRow.number).limit(3)
    else:
        shown = (RowState.STAYS,) if file.status is ImportStatus.TAKEN_BACK else (RowState.BAD, RowState.KNOWN)
        # "bad" stands before "known".
        rows = rows.where(ImportRow.state.in_(shown)).order_by(ImportRow.state, ImportRow.number).limit(MOST_SHOWN)
    return Look(
        file=file, counts=(await counts_of(session, [file.id]))[file.id], rows=list(await session.scalars(rows))
    )


async def left_out(session: ReadSession, actor: Actor, import_id: UUID) -> tuple[str, str]:
    """The rows that can't come in, as they were with why, as (file name, CSV): to be put right and chosen again."""
    file = await access_import(session, actor, import_id)
    found = select(ImportRow).where(ImportRow.import_id == file.id, ImportRow.state == RowState.BAD)
    rows = await session.scalars(found.order_by(ImportRow.number))
    lines = [[*each.cells, str(each.number), " ".join(each.says)] for each in rows]
    return f"left out of {file.file_name}", sheet([*file.columns, "Row", "Why it was left out"], lines)


def current(files: list[DataImport]) -> DataImport | None:
    """The one that is being dealt with, if any."""
    return next((each for each in files if each.status in (*NOT_YET_IN, *AT_WORK)), None)
