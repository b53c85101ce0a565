"""Files that wait for their virus check: asked about again until the scanner answers."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import HOLD, WriteSession, reading, transaction
from salestrekker_portal.domains.activity.service import access_topic, deal_topic, touch
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.documents.following import document_changed, file_left
from salestrekker_portal.domains.documents.held import CLOSED, WAITING, held_words
from salestrekker_portal.domains.documents.ports import (
    FileStore,
    FileUnreadable,
    Scan,
    Scanner,
    ScanOutcome,
    StoreUnreachable,
)
from salestrekker_portal.domains.documents.queries import live_accesses, who_sees
from salestrekker_portal.domains.documents.telling import touch_partners
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile

log = logging.getLogger(__name__)

A_ROUND = 50
GIVEN_UP_AFTER = timedelta(days=7)
"""Then only the log speaks of it; the file stays closed."""


async def check_waiting(files: Callable[[], FileStore], scanner: Scanner) -> int:
    """Ask about the files that wait, oldest first, until one gets no answer; returns how many have one now."""
    async with reading() as session:
        since = utc_now() - GIVEN_UP_AFTER
        waiting = list(
            await session.execute(
                select(StoredFile.id, StoredFile.storage_key)
                .where(StoredFile.scanned.in_(WAITING), StoredFile.created_at > since)
                .order_by(StoredFile.created_at)
                .limit(A_ROUND)
            )
        )
    done = 0
    for file_id, key in waiting:
        try:
            scan = await scanner.scan(files().read(key))
        except (NotFound, FileUnreadable):
            log.exception("file %s can't be read for its check", file_id)
            continue
        except StoreUnreachable:
            break
        if scan.outcome is ScanOutcome.UNREACHED:
            break
        async with transaction() as session:
            await settle_check(session, file_id, scan)
        done += 1
    return done


async def settle_check(session: WriteSession, file_id: UUID, scan: Scan) -> None:
    """Write down what the scanner said, once: a clean file opens, any other closes and its request opens again."""
    await hold_deals(session, select(Document.deal_id).where(Document.file_id == file_id))
    file = await session.get(StoredFile, file_id, with_for_update=HOLD, populate_existing=True)
    if file is None or file.scanned not in WAITING:
        return
    file.scanned, file.scan_found = scan.outcome.value, scan.found[:120]
    await session.flush()
    rows = await session.scalars(
        select(Document).where(Document.file_id == file.id, Document.removed_at.is_(None)).order_by(Document.id)
    )
    for document in list(rows):
        deal = await existing(session, Deal, document.deal_id)
        if file.scanned in CLOSED:
            await _closed(session, deal, document, file)
        touch(session, deal_topic(deal.id))
        touch(session, *[access_topic(access.id) for access in await live_accesses(session, deal.id)])
        await touch_partners(session, deal.id)


async def _closed(session: WriteSession, deal: Deal, document: Document, file: StoredFile) -> None:
    request = await session.get(DocumentRequest, document.request_id) if document.request_id else None
    was_in = request is not None and request.state is RequestState.UPLOADED
    if await file_left(session, request) and request is not None and was_in:
        # Asked again by nobody: the portal itself says why.
        request.state, request.reason = RequestState.ASKED_AGAIN, held_words(file, for_staff=False)
        request.decided_at, request.decided_by_name = utc_now(), "The virus check"
        request.decided_by_kind = request.decided_by_id = None
        await _tell(session, deal, request)
    await document_changed(session, None, deal, "document:closed_off", document, found=file.scan_found)


async def _tell(session: WriteSession, deal: Deal, request: DocumentRequest) -> None:
    for access in (await who_sees(session, await live_accesses(session, deal.id), [request]))[request.id]:
        if request.contact_id in (None, access.contact_id):
            notify(session, "document_asked_again", organisation_id=deal.organisation_id, recipient_id=access.id,
                   deal_id=deal.id, items=[(request.id, request.name, request.reason)],
                   facts={"reason": request.reason})  # fmt: skip
