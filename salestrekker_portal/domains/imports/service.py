"""What an admin does with a file: choose it, say what its columns are, bring it in, take it back."""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select, update

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.database.waking import IMPORTS, wake_after
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record, touch
from salestrekker_portal.domains.imports.columns import checked_mapping, guessed, said
from salestrekker_portal.domains.imports.queries import access_import, imports_topic
from salestrekker_portal.domains.imports.reading import NOTHING, read_sheet
from salestrekker_portal.domains.workflows.queries import access_stage
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import clean, counted, shortened
from salestrekker_portal.tables.imports import AT_WORK, NOT_YET_IN, DataImport, ImportRow, ImportStatus, RowState
from salestrekker_portal.tables.organisations import Organisation

NAME_LIMIT = 200
AT_WORK_ALREADY = "That is being done already. Wait until it is finished."
ANOTHER_FIRST = "{name} waits here already. Bring it in or drop it first."
TWICE = "You brought this very file in already. Choose another one, or take that back first while you can."
NOTHING_TO_TAKE_BACK = "Nothing of this file can be taken back any more."
NOTHING_IN_IT = "No row of this file can come in. Put its rows right and choose the file again."


async def begin_import(session: WriteSession, actor: Actor, name: object, raw: bytes) -> DataImport:
    """Read a file and keep its rows for now; nothing of it is a contact yet. One file of a firm at a time.

    The same file again is the one that waits. Raises NotPermitted, Invalid (`file`), Conflict.
    """
    demand(actor, Permission.ORGANISATION_MANAGE)
    if not raw:
        raise Invalid({"file": NOTHING})
    await session.get(Organisation, actor.organisation_id, with_for_update=HOLD)
    digest = hashlib.sha256(raw).hexdigest()
    mine = select(DataImport).where(DataImport.organisation_id == actor.organisation_id)
    for other in await session.scalars(mine.order_by(DataImport.created_at.desc())):
        if other.status in (*NOT_YET_IN, *AT_WORK):
            if other.digest == digest:
                return other
            raise Conflict(ANOTHER_FIRST.format(name=other.file_name))
        if other.digest == digest and other.status is ImportStatus.DONE:
            raise Invalid({"file": TWICE})
    sheet = read_sheet(raw)
    file = DataImport(
        organisation_id=actor.organisation_id,
        by_id=actor.id,
        by_name=actor.name,
        file_name=shortened(clean(name) or "contacts.csv", NAME_LIMIT),
        digest=digest,
        columns=sheet.columns,
        mapping=guessed(sheet.columns, await _remembered(session, actor.organisation_id)),
        rows=len(sheet.rows),
    )
    session.add(file)
    await session.flush()
    session.add_all(ImportRow(import_id=file.id, number=number, cells=cells) for number, cells in sheet.rows)
    await session.flush()
    return file


async def _remembered(session: WriteSession, organisation_id: UUID) -> dict[str, str]:
    """What the firm said of its headings before, the latest last."""
    found = await session.execute(
        select(DataImport.columns, DataImport.mapping)
        .where(DataImport.organisation_id == organisation_id, DataImport.status != ImportStatus.COLUMNS)
        .order_by(DataImport.created_at.desc())
        .limit(5)
    )
    remembered: dict[str, str] = {}
    for columns, mapping in reversed(found.all()):
        remembered |= said(columns, mapping)
    return remembered


async def check_import(
    session: WriteSession, actor: Actor, import_id: UUID, typed: Mapping[str, object], stage_id: UUID | None
) -> None:
    """Say what the columns are, and have every row looked at. Nothing comes in yet.

    Raises NotFound, NotPermitted, Conflict, Invalid (keyed "column-0", … and `columns`).
    """
    file = await access_import(session, actor, import_id)
    if file.status not in (ImportStatus.COLUMNS, ImportStatus.CHECKED):
        raise Conflict(AT_WORK_ALREADY)
    if stage_id is not None:
        await access_stage(session, actor.organisation_id, stage_id)
    file.mapping, file.stage_id = checked_mapping(file.columns, typed), stage_id
    await session.execute(update(ImportRow).where(ImportRow.import_id == file.id).values(state=RowState.WAITING))
    _go(session, file, ImportStatus.CHECKING)


async def choose_again(session: WriteSession, actor: Actor, import_id: UUID) -> None:
    """Back to the columns. Raises NotFound, NotPermitted, Conflict."""
    file = await access_import(session, actor, import_id)
    if file.status not in (ImportStatus.COLUMNS, ImportStatus.CHECKED):
        raise Conflict(AT_WORK_ALREADY)
    file.status = ImportStatus.COLUMNS
    touch(session, imports_topic(file.organisation_id))


async def bring_in(session: WriteSession, actor: Actor, import_id: UUID) -> None:
    """Have the good rows brought in. Nobody is told. Raises NotFound, NotPermitted, Conflict."""
    file = await access_import(session, actor, import_id)
    if file.status is not ImportStatus.CHECKED:
        raise Conflict(AT_WORK_ALREADY)
    good = select(ImportRow.id).where(ImportRow.import_id == file.id, ImportRow.state == RowState.GOOD).limit(1)
    if await session.scalar(good) is None:
        raise Conflict(NOTHING_IN_IT)
    record(
        session, actor, "settings:imported", organisation_id=file.organisation_id, subject_id=file.id,
        file=file.file_name, rows=counted(file.rows, "row"),
    )  # fmt: skip
    file.by_id, file.by_name = actor.id, actor.name
    _go(session, file, ImportStatus.RUNNING)


async def drop_import(session: WriteSession, actor: Actor, import_id: UUID) -> None:
    """Forget a file of which nothing came in. Raises NotFound, NotPermitted, Conflict."""
    file = await access_import(session, actor, import_id)
    if file.status not in NOT_YET_IN:
        raise Conflict(AT_WORK_ALREADY)
    await session.execute(delete(ImportRow).where(ImportRow.import_id == file.id))
    await session.delete(file)
    touch(session, imports_topic(file.organisation_id))


async def take_back(session: WriteSession, actor: Actor, import_id: UUID) -> None:
    """Have everything that came in of a file removed, except what somebody has built on since.

    Raises NotFound, NotPermitted, Conflict.
    """
    file = await access_import(session, actor, import_id)
    if file.status not in (ImportStatus.DONE, ImportStatus.STOPPED):
        raise Conflict(AT_WORK_ALREADY if file.status in AT_WORK else NOTHING_TO_TAKE_BACK)
    came = select(ImportRow.id).where(ImportRow.import_id == file.id, ImportRow.state == RowState.IN).limit(1)
    if await session.scalar(came) is None:
        raise Conflict(NOTHING_TO_TAKE_BACK)
    record(
        session, actor, "settings:import_taken_back", organisation_id=file.organisation_id, subject_id=file.id,
        file=file.file_name,
    )  # fmt: skip
    _go(session, file, ImportStatus.TAKING_BACK)


def _go(session: WriteSession, file: DataImport, status: ImportStatus) -> None:
    """Hand it to the worker, from the first row on."""
    file.status, file.at, file.finished_at = status, 0, None
    touch(session, imports_topic(file.organisation_id))
    wake_after(session, IMPORTS)
