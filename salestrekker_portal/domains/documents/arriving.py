"""The one way in for a file: received, judged, sealed into the store, looked through for viruses, and then its row.

Whoever sends it, a person, a bank or the portal itself, it takes these steps in this order. One file has three shapes:
`InStore` is what the store knows of it, `NewFile` what we know once it was judged and looked through, and
`StoredFile` the row that names it.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.documents.checks import PICTURES, FileVerdict, clean_name, judge, named_for
from salestrekker_portal.domains.documents.dimensions import OPENING_BYTES
from salestrekker_portal.domains.documents.locked_pdf import LOCKED_PDF, may_be_locked, needs_password
from salestrekker_portal.domains.documents.orphans import discard
from salestrekker_portal.domains.documents.ports import FileStore, Scan, Scanner, ScanOutcome
from salestrekker_portal.domains.documents.signatures import HEAD_BYTES, TAIL_BYTES, FileKind
from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.tables.documents import StoredFile

PIECE_BYTES = 256 * 1024
CANT_TELL = "We can’t tell what this file is. Send it as a PDF or a photo."


class WrongContent(DomainError):
    """The content is not something we take, or not what its name says."""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that is safely in the store, judged and looked through, but known to no table yet.

    `name` as it will be shown, `size` in bytes, `sha256` (hex) of the content, `scanned` a value of ScanOutcome.
    `refusal`: what its sender reads where it was closed for good.
    """

    key: str
    name: str
    mime: str
    size: int
    sha256: str
    scanned: str = "not_scanned"
    found: str = ""
    refusal: str = ""


async def receive(
    files: FileStore,
    scanner: Scanner,
    organisation_id: UUID,
    name: str,
    content: AsyncIterator[bytes],
    *,
    limit: int,
) -> NewFile:
    """Take a file in, piece by piece; `limit` in bytes. Nothing of it stays when this raises.

    A file with a virus comes back too, marked, so that the brokerage can hear of it; what the scanner could not be
    asked about waits in quarantine. Raises WrongContent, FileTooLarge, StoreUnreachable, and whatever `content` raises.
    """
    shown = clean_name(name)
    head = bytearray()
    while len(head) < HEAD_BYTES and (more := await anext(content, None)) is not None:
        head += more
    early = judge(shown, bytes(head))
    _insist(early)
    look = OPENING_BYTES if early.kind in PICTURES or early.kind is FileKind.PDF else HEAD_BYTES
    async with files.open_writer(organisation_id, max_bytes=limit) as writer:
        tail = head[-TAIL_BYTES:]
        await writer.write(bytes(head))
        async for more in content:
            await writer.write(more)
            if len(head) < look:
                head += more
            tail += more
            del tail[:-TAIL_BYTES]
        verdict = judge(shown, bytes(head), writer.size, bytes(tail), limit=limit)
        kind = _insisted(verdict)
        kept = await writer.finish()
    await _insist_open(files, kept.key, kind, bytes(head), bytes(tail))
    scan = await _looked_through(files, scanner, kept.key)
    return NewFile(
        key=kept.key,
        name=named_for(shown, kind),
        mime=verdict.mime,
        size=kept.size,
        sha256=kept.sha256,
        scanned=scan.outcome.value,
        found=scan.found,
        refusal=scan.sentence if scan.outcome is ScanOutcome.INFECTED else "",
    )


async def receive_bytes(
    files: FileStore, scanner: Scanner, organisation_id: UUID, name: str, content: bytes, *, limit: int
) -> NewFile:
    """The same for what no person sends and is in memory already. A virus is refused: nobody needs to hear of it.

    Raises WrongContent, FileTooLarge, StoreUnreachable.
    """
    file = await receive(files, scanner, organisation_id, name, _pieces(content), limit=limit)
    if file.refusal:
        await discard(files, file.key)
        raise WrongContent(file.refusal)
    return file


async def keep_row(session: WriteSession, organisation_id: UUID, file: NewFile) -> StoredFile:
    """The row of a file that has arrived: the only place that makes one. It has its id when this returns."""
    row = StoredFile(
        organisation_id=organisation_id,
        storage_key=file.key,
        size_bytes=file.size,
        sha256=file.sha256,
        mime=file.mime,
        scanned=file.scanned,
        scan_found=file.found[:120],
    )
    session.add(row)
    await session.flush()
    return row


async def _insist_open(files: FileStore, key: str, kind: FileKind, head: bytes, tail: bytes) -> None:
    """A PDF that nobody can open is named at once, while its sender is still there. Raises WrongContent."""
    if kind is FileKind.PDF and may_be_locked(head, tail) and await needs_password(files, key):
        await asyncio.shield(discard(files, key))
        raise WrongContent(LOCKED_PDF)


async def _looked_through(files: FileStore, scanner: Scanner, key: str) -> Scan:
    try:
        scan = await scanner.scan(files.read(key))
        if scan.outcome is ScanOutcome.UNCHECKABLE:
            raise WrongContent(scan.sentence)
    except BaseException:
        # Shielded: whoever is cancelled twice must not leave the file of somebody who was refused.
        await asyncio.shield(discard(files, key))
        raise
    return scan


def _insist(verdict: FileVerdict) -> None:
    if verdict.sentence:
        raise WrongContent(verdict.sentence)


def _insisted(verdict: FileVerdict) -> FileKind:
    _insist(verdict)
    if verdict.kind is None:
        raise WrongContent(CANT_TELL)
    return verdict.kind


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]
