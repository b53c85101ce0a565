"""Files that no person uploads: bytes from a provider, stored and scanned as every upload, and filed in the deal."""

from collections.abc import AsyncIterator
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.documents.checks import clean_name, judge, named_for
from salestrekker_portal.domains.documents.ports import FileStore, Scanner, ScanOutcome
from salestrekker_portal.domains.documents.rules import NAME_LIMIT
from salestrekker_portal.domains.documents.service import NewFile
from salestrekker_portal.domains.documents.signatures import TAIL_BYTES
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, StoredFile, UploaderKind

PIECE_BYTES = 256 * 1024


async def take_in(
    files: FileStore, scanner: Scanner, organisation_id: UUID, name: str, content: bytes, *, limit: int
) -> NewFile:
    """Judge, store and scan it like an upload. `limit` in bytes. Nothing stays when it is refused.

    What the scanner could not be asked about is kept in quarantine, as every upload.

    Raises Conflict when it is not a kind of file that we keep, or not clean.
    """
    shown = clean_name(name)
    verdict = judge(shown, content, len(content), content[-TAIL_BYTES:], limit=limit)
    if verdict.sentence or verdict.kind is None:
        raise Conflict(verdict.sentence or "We can’t tell what this file is. Send it as a PDF or a photo.")
    stored = await files.put(organisation_id, _pieces(content), max_bytes=limit)
    try:
        scan = await scanner.scan(files.read(stored.key))
        if scan.outcome in (ScanOutcome.INFECTED, ScanOutcome.UNCHECKABLE):
            raise Conflict(scan.sentence)
    except BaseException:
        await files.delete(stored.key)
        raise
    return NewFile(
        key=stored.key,
        name=named_for(shown, verdict.kind),
        mime=verdict.mime,
        size=stored.size,
        sha256=stored.sha256,
        scanned=scan.outcome.value,
        found=scan.found,
    )


async def file_document(
    session: WriteSession,
    deal: Deal,
    file: NewFile,
    *,
    uploader_kind: UploaderKind,
    uploader_id: UUID,
    uploader_name: str,
    contact_id: UUID | None = None,
    request: DocumentRequest | None = None,
) -> Document:
    """A document of the deal for a file that is in the store; a request that it answers waits for review.

    The caller records what happened and works the deal's figures out again.
    """
    stored = StoredFile(
        organisation_id=deal.organisation_id,
        storage_key=file.key,
        size_bytes=file.size,
        sha256=file.sha256,
        mime=file.mime,
        scanned=file.scanned,
        scan_found=file.found[:120],
    )
    session.add(stored)
    await session.flush()
    document = Document(
        deal_id=deal.id,
        file_id=stored.id,
        name=file.name[:NAME_LIMIT],
        request_id=request.id if request else None,
        contact_id=contact_id,
        uploader_kind=uploader_kind,
        uploader_id=uploader_id,
        uploader_name=uploader_name[:160],
    )
    session.add(document)
    if request is not None:
        request.state = RequestState.UPLOADED
    await session.flush()
    return document


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]
