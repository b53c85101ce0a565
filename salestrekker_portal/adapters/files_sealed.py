"""The file store: every file is sealed here, before a folder or a bucket sees any of it, and opened here again."""

import asyncio
import hashlib
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from salestrekker_portal.adapters.blobs import Blobs, Putting
from salestrekker_portal.adapters.sealing import (
    DAMAGED,
    HEADER_BYTES,
    MIN_SECRET_BYTES,
    PIECE_LOG2,
    TAG_BYTES,
    Seal,
    is_sealed_with,
    new_seal,
    seal_of,
)
from salestrekker_portal.domains.documents.ports import FileTooLarge, FileUnreadable, InStore
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.ids import new_id

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"{_UUID}/{_UUID}")
A_DAY = 24 * 3600


def is_key(key: str) -> bool:
    """Whether this is a key of ours; what else may lie in the folder or bucket is none of our business."""
    return bool(_KEY.fullmatch(key))


class SealedFiles:
    """A FileStore over a folder or a bucket.

    `secret` seals new files and `older_secrets` still open old ones: that is how the secret is changed.
    Sealing and opening happen in threads, one piece (256 KB) at a time.
    """

    def __init__(
        self, blobs: Blobs, secret: bytes, older_secrets: Sequence[bytes] = (), *, piece_log2: int = PIECE_LOG2
    ) -> None:
        if min(map(len, (secret, *older_secrets))) < MIN_SECRET_BYTES:
            raise ValueError(f"A file secret needs at least {MIN_SECRET_BYTES} bytes.")
        self.blobs = blobs
        self._secrets = (secret, *older_secrets)
        self._piece_log2 = piece_log2

    @asynccontextmanager
    async def open_writer(self, organisation_id: UUID, *, max_bytes: int) -> AsyncIterator["_Writer"]:
        key = f"{organisation_id}/{new_id()}"
        seal = new_seal(self._secrets[0], key, self._piece_log2)
        async with self.blobs.open_put(key) as putting:
            await putting.write(seal.header)
            yield _Writer(key, seal, putting, max_bytes)

    async def put(self, organisation_id: UUID, content: AsyncIterator[bytes], *, max_bytes: int) -> InStore:
        async with self.open_writer(organisation_id, max_bytes=max_bytes) as writer:
            async for data in content:
                await writer.write(data)
            return await writer.finish()

    async def read(self, key: str, start: int = 0) -> AsyncIterator[bytes]:
        if not is_key(key):
            raise NotFound("file")
        first = await self.blobs.get(key, 0, HEADER_BYTES + (self.blobs.ahead if start <= 0 else 0))
        seal = seal_of(first.data[:HEADER_BYTES], self._secrets, key)
        sealed_bytes = seal.piece_bytes + TAG_BYTES
        # Whether a piece should be the last follows from the length of the whole. A start beyond the end still opens
        # the last piece: the end of the file is checked all the same.
        last = max(0, -(-(first.whole - HEADER_BYTES) // sealed_bytes) - 1)
        number = min(max(start, 0) // seal.piece_bytes, last)
        skip = max(start, 0) - number * seal.piece_bytes
        at = HEADER_BYTES + number * sealed_bytes
        held = bytearray(first.data[at:])
        at += len(held)
        while number <= last:
            while len(held) < sealed_bytes and at < first.whole:
                more = await self.blobs.get(key, at, max(self.blobs.ahead, sealed_bytes))
                if more.whole != first.whole or not more.data:
                    raise FileUnreadable(DAMAGED)
                held += more.data
                at += len(more.data)
            sealed = bytes(held[:sealed_bytes])
            del held[:sealed_bytes]
            piece = await asyncio.to_thread(seal.open, sealed, number, last=number == last)
            number += 1
            if piece := piece[skip:]:
                yield piece
            skip = 0

    async def delete(self, key: str) -> None:
        if not is_key(key):
            raise NotFound("file")
        await self.blobs.delete(key)

    async def exists(self, key: str) -> bool:
        return is_key(key) and await self.blobs.size(key) is not None

    async def is_under_the_newest(self, key: str) -> bool:
        """Whether a file was sealed with the secret that seals new ones. Raises NotFound and FileUnreadable."""
        first = await self.blobs.get(key, 0, HEADER_BYTES)
        return is_sealed_with(first.data, self._secrets[0])

    async def old_keys(self, older_than_seconds: float) -> AsyncIterator[list[str]]:
        """Every whole file that is older, by the store's own time."""
        before = time.time() - older_than_seconds
        async for seen in self.blobs.listing():
            if keys := [each.key for each in seen if each.at < before and is_key(each.key)]:
                yield keys

    async def sweep(self, older_than_seconds: float = A_DAY) -> int:
        return await self.blobs.sweep(older_than_seconds)


class _Writer:
    """Seals piece by piece."""

    def __init__(self, key: str, seal: Seal, putting: Putting, max_bytes: int) -> None:
        self.key, self.size = key, 0
        self._seal, self._putting, self._max_bytes = seal, putting, max_bytes
        self._held, self._number = bytearray(), 0
        self._digest = hashlib.sha256()

    async def write(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._max_bytes:
            limit = self._max_bytes / (1024 * 1024)
            raise FileTooLarge(f"That file is over {limit:g} MB, the most we can take. Send it in parts.")
        # Only ever one piece and a bit are in memory, however large the file is.
        self._held += data
        # The last piece is marked as such, so one that may be the last is held back until more comes.
        while len(self._held) > self._seal.piece_bytes:
            piece = bytes(self._held[: self._seal.piece_bytes])
            del self._held[: self._seal.piece_bytes]
            await self._put(piece, last=False)

    async def finish(self) -> InStore:
        await self._put(bytes(self._held), last=True)
        await self._putting.finish()
        return InStore(self.key, self.size, self._digest.hexdigest())

    async def _put(self, piece: bytes, *, last: bool) -> None:
        await self._putting.write(await asyncio.to_thread(self._sealed, piece, last))

    def _sealed(self, piece: bytes, last: bool) -> bytes:
        self._digest.update(piece)
        self._number += 1
        return self._seal.close(piece, self._number - 1, last=last)
