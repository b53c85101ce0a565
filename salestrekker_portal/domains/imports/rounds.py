"""The worker's part: a batch of rows at a time, each in a transaction of its own that says how far it came.

A crash loses nothing and does nothing twice: the rows and the mark stand in one transaction.
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import touch
from salestrekker_portal.domains.imports.judging import ImportingFirm, judge
from salestrekker_portal.domains.imports.known import KnownMark, deals_of, people_for
from salestrekker_portal.domains.imports.making import make_all
from salestrekker_portal.domains.imports.queries import imports_topic
from salestrekker_portal.domains.imports.taking_back import take_rows_back
from salestrekker_portal.domains.imports.together import firsts_before, whole_deals_only
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Busy, NoRoom
from salestrekker_portal.kernel.names import folded_whole
from salestrekker_portal.tables.imports import AT_WORK, NOT_YET_IN, DataImport, ImportRow, ImportStatus, RowState
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.workflows import Stage, Workflow

log = logging.getLogger(__name__)

# Short enough that whoever saves something meanwhile waits less than a second for SQLite's one writer.
A_BATCH = 100
FORGOTTEN_AFTER = timedelta(days=7)
KEPT_FOR = timedelta(days=30)

Batch = Callable[[WriteSession, DataImport, Sequence[ImportRow]], Awaitable[None]]


async def import_round() -> int:
    """Deal with one batch of the file that waits longest; how many rows those were, 0 when none waits."""
    async with reading() as session:
        due = select(DataImport.id).where(DataImport.status.in_(AT_WORK)).order_by(DataImport.created_at).limit(1)
        import_id = await session.scalar(due)
    if import_id is None:
        return 0
    try:
        async with transaction() as session:
            return await _one_batch(session, import_id)
    except (Busy, NoRoom):
        raise
    except Exception:
        # One file that can't be dealt with must not keep those of other firms waiting for ever.
        log.exception("the file %s could not be brought in", import_id)
        async with transaction() as session:
            file = await session.get(DataImport, import_id, with_for_update=HOLD)
            if file is not None:
                _finish(session, file, ImportStatus.STOPPED)
        return 1


async def _one_batch(session: WriteSession, import_id: UUID) -> int:
    file = await session.get(DataImport, import_id, with_for_update=HOLD, populate_existing=True)
    if file is None or file.status not in AT_WORK:
        return 1
    states, batch, then = _WORK[file.status]
    wanted = select(ImportRow).where(ImportRow.import_id == file.id, ImportRow.state.in_(states))
    backwards = file.status is ImportStatus.TAKING_BACK
    order = ImportRow.number.desc() if backwards else ImportRow.number
    rows = list(await session.scalars(wanted.order_by(order).limit(A_BATCH)))
    if not rows:
        if file.status is ImportStatus.CHECKING:
            await whole_deals_only(session, file)
        _finish(session, file, then)
        return 1
    await batch(session, file, rows)
    file.at += len(rows)
    touch(session, imports_topic(file.organisation_id))
    return len(rows)


def _finish(session: WriteSession, file: DataImport, status: ImportStatus) -> None:
    file.status, file.finished_at = status, utc_now()
    touch(session, imports_topic(file.organisation_id))


async def _check(session: WriteSession, file: DataImport, rows: Sequence[ImportRow]) -> None:
    firm = await firm_of(session, file)
    judged = [(row, judge(firm, file.mapping, row.cells)) for row in rows]
    facts = [each.contact for _, each in judged if each.contact]
    people = await people_for(session, file, facts, earlier=rows[0])
    firsts = await firsts_before(session, file, firm, judged)
    for row, each in judged:
        row.state, row.says = RowState.BAD, list(each.wrong)
        row.email = row.mobile = None
        row.deal_number = each.number or None
        if each.contact is None:
            continue
        row.email, row.mobile, row.sort_key = each.contact.email, each.contact.mobile, each.sort_key
        why = firsts.unlike(row.number, each.deal) if each.deal else ""
        row.deal_key = firsts.name_key(each.deal)
        same = [one for one in people.like(each.contact) if one.has(row.deal_key, row.deal_number)]
        row.state, row.says = (RowState.KNOWN, [same[0].words(row.deal_key)]) if same else (RowState.GOOD, [])
        if not same and why:
            row.state, row.says = RowState.BAD, [why]
            continue
        people.add(KnownMark(row, row=row.number, deals=deals_of(row)))
        if same and same[0].contact is None:
            # Somebody who stands twice in one deal says nothing about the deal.
            row.deal_number = None


async def _bring_in(session: WriteSession, file: DataImport, rows: Sequence[ImportRow]) -> None:
    firm = await firm_of(session, file)
    judged = [(row, judge(firm, file.mapping, row.cells)) for row in rows]
    facts = [each.contact for _, each in judged if each.contact]
    await make_all(session, file, await people_for(session, file, facts), judged)


_WORK: dict[ImportStatus, tuple[tuple[RowState, ...], Batch, ImportStatus]] = {
    ImportStatus.CHECKING: ((RowState.WAITING,), _check, ImportStatus.CHECKED),
    ImportStatus.RUNNING: ((RowState.GOOD,), _bring_in, ImportStatus.DONE),
    ImportStatus.TAKING_BACK: ((RowState.IN,), take_rows_back, ImportStatus.TAKEN_BACK),
}


async def firm_of(session: ReadSession, file: DataImport) -> ImportingFirm:
    """What rows are read against now. Where two workflows have a stage of one name, it is that of the chosen one."""
    firm = await existing(session, Organisation, file.organisation_id)
    stages = (
        select(Stage.name, Stage.id, Stage.workflow_id)
        .join(Workflow, Workflow.id == Stage.workflow_id)
        .where(Workflow.organisation_id == firm.id, Workflow.archived_at.is_(None))
        .order_by(Workflow.position.desc(), Workflow.id.desc(), Stage.position.desc())
    )
    found = list(await session.execute(stages))
    chosen = next((workflow_id for _, stage_id, workflow_id in found if stage_id == file.stage_id), None)
    # Later ones replace earlier ones: the first workflow, and above all the chosen one, come last.
    found.sort(key=lambda row: row.workflow_id == chosen)
    people = await working_here(session, firm.id)
    marks = {(folded_whole(mark), each.id) for each in people for mark in (each.name, each.email)}
    often = Counter(mark for mark, _ in marks)
    return ImportingFirm(
        country=firm.country,
        today=local(utc_now(), firm.time_zone).date(),
        stages={folded_whole(name): stage_id for name, stage_id, _ in found},
        # Of two with one name nobody can tell whose the deal is: the row says so, and an e-mail settles it.
        people={mark: user_id for mark, user_id in marks if often[mark] == 1},
    )


async def sweep_imports() -> None:
    """Forget files that nobody brought in for a week, and rows of those that came in a month ago: they hold people."""
    now = utc_now()
    async with transaction() as session:
        forgotten = select(DataImport.id).where(
            DataImport.status.in_(NOT_YET_IN), DataImport.created_at < now - FORGOTTEN_AFTER
        )
        old = select(DataImport.id).where(DataImport.finished_at < now - KEPT_FOR)
        ended = old.where(DataImport.status.not_in((*NOT_YET_IN, *AT_WORK)))
        # Held, so that nobody brings one of them in just now.
        ids = list(await session.scalars(forgotten.with_for_update(key_share=True)))
        await session.execute(delete(ImportRow).where(ImportRow.import_id.in_([*ids, *await session.scalars(ended)])))
        await session.execute(delete(DataImport).where(DataImport.id.in_(ids)))
