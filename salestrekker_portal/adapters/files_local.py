"""The file store of an embedded installation: one sealed file per document in a private local folder."""

import asyncio
import hashlib
import os
import re
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from salestrekker_portal.adapters.sealing import (
    HEADER_BYTES,
    MIN_SECRET_BYTES,
    PIECE_LOG2,
    TAG_BYTES,
    Seal,
    new_seal,
    seal_of,
)
from salestrekker_portal.domains.documents.ports import FileTooLarge, InStore
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.ids import new_id

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"{_UUID}/{_UUID}")
_INCOMING = "incoming"
_KEYS_AT_ONCE = 300


class LocalFiles:
    """A FileStore in one folder of this machine.

    `secret` seals new files and `older_secrets` still open old ones: that is how the secret is changed.
    Directories are 0700 and files 0600. Disk work happens in threads, one piece (256 KB) at a time.
    """

    def __init__(
        self, root: Path, secret: bytes, older_secrets: Sequence[bytes] = (), *, piece_log2: int = PIECE_LOG2
    ) -> None:
        if min(map(len, (secret, *older_secrets))) < MIN_SECRET_BYTES:
            raise ValueError(f"A file secret needs at least {MIN_SECRET_BYTES} bytes.")
        self._root = root
        self._secrets = (secret, *older_secrets)
        self._piece_log2 = piece_log2

    @asynccontextmanager
    async def open_writer(self, organisation_id: UUID, *, max_bytes: int) -> AsyncIterator["_Writer"]:
        key = f"{organisation_id}/{new_id()}"
        seal = new_seal(self._secrets[0], key, self._piece_log2)
        part = self._root / _INCOMING / f"{key.partition('/')[2]}.part"
        writer = _Writer(key, seal, part, self._root / key, max_bytes)
        try:
            await asyncio.to_thread(writer.begin)
            yield writer
        finally:
            if not writer.kept:
                # Shielded: the person who cancels twice must not leave half a bank statement behind.
                await asyncio.shield(asyncio.to_thread(writer.abandon))

    async def put(self, organisation_id: UUID, content: AsyncIterator[bytes], *, max_bytes: int) -> InStore:
        async with self.open_writer(organisation_id, max_bytes=max_bytes) as writer:
            async for data in content:
                await writer.write(data)
            return await writer.finish()

    async def read(self, key: str, start: int = 0) -> AsyncIterator[bytes]:
        reader = await asyncio.to_thread(_Reader.open, self._path(key), key, self._secrets, max(start, 0))
        try:
            while (piece := await asyncio.to_thread(reader.next_piece)) is not None:
                if piece:
                    yield piece
        finally:
            await asyncio.to_thread(reader.close)

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def exists(self, key: str) -> bool:
        return bool(_KEY.fullmatch(key)) and await asyncio.to_thread(self._path(key).is_file)

    async def old_keys(self, older_than_seconds: float) -> AsyncIterator[list[str]]:
        """Every whole file that is older, by its time on disk."""
        for folder in await asyncio.to_thread(self._folders):
            keys = await asyncio.to_thread(self._old_in, folder, time.time() - older_than_seconds)
            for start in range(0, len(keys), _KEYS_AT_ONCE):
                yield keys[start : start + _KEYS_AT_ONCE]

    def _folders(self) -> list[str]:
        if not self._root.is_dir():
            return []
        return sorted(each.name for each in self._root.iterdir() if each.is_dir() and each.name != _INCOMING)

    def _old_in(self, folder: str, before: float) -> list[str]:
        found = []
        with os.scandir(self._root / folder) as entries:
            for entry in entries:
                key = f"{folder}/{entry.name}"
                if _KEY.fullmatch(key) and entry.is_file() and entry.stat().st_mtime < before:
                    found.append(key)
        return found

    async def sweep(self, older_than_seconds: int = 24 * 3600) -> int:
        """Remove what a power cut left half written; answers how many. Call now and then."""
        return await asyncio.to_thread(self._sweep, time.time() - older_than_seconds)

    def _sweep(self, before: float) -> int:
        stale = [p for p in (self._root / _INCOMING).glob("*.part") if p.stat().st_mtime < before]
        for part in stale:
            part.unlink(missing_ok=True)
        return len(stale)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NotFound("file")
        return self._root / key


class _Writer:
    """Seals into a temporary file; `finish` gives it its real name in one step.

    The lock is for cancellation: a cancelled task leaves its thread running, and clearing up waits for it.
    """

    def __init__(self, key: str, seal: Seal, part: Path, final: Path, max_bytes: int) -> None:
        self.key, self.size, self.kept = key, 0, False
        self._seal, self._part, self._final, self._max_bytes = seal, part, final, max_bytes
        self._held, self._number = bytearray(), 0
        self._digest = hashlib.sha256()
        self._file: BinaryIO | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        with self._lock:
            for folder in (self._part.parent, self._final.parent):
                _make_private(folder)
            self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", 0)
            self._put(self._seal.header)

    async def write(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._max_bytes:
            limit = self._max_bytes / (1024 * 1024)
            raise FileTooLarge(f"That file is over {limit:g} MB, the most we can take. Send it in parts.")
        self._held += data
        # The last piece is marked as such, so one that may be the last is held back until more comes.
        if len(self._held) > self._seal.piece_bytes:
            await asyncio.to_thread(self._write_full_pieces)

    async def finish(self) -> InStore:
        await asyncio.to_thread(self._finish)
        self.kept = True
        return InStore(self.key, self.size, self._digest.hexdigest())

    def abandon(self) -> None:
        with self._lock:
            if self._file:
                self._file.close()
            self._part.unlink(missing_ok=True)
            self._final.unlink(missing_ok=True)

    def _write_full_pieces(self) -> None:
        with self._lock:
            while len(self._held) > self._seal.piece_bytes:
                piece = bytes(self._held[: self._seal.piece_bytes])
                del self._held[: self._seal.piece_bytes]
                self._write_piece(piece, last=False)

    def _finish(self) -> None:
        with self._lock:
            self._write_piece(bytes(self._held), last=True)
            file = self._open_file()
            os.fsync(file.fileno())
            file.close()
            os.replace(self._part, self._final)
            _sync_folder(self._final.parent)

    def _write_piece(self, piece: bytes, *, last: bool) -> None:
        self._digest.update(piece)
        self._put(self._seal.close(piece, self._number, last=last))
        self._number += 1

    def _put(self, data: bytes) -> None:
        view, file = memoryview(data), self._open_file()
        while view:
            view = view[file.write(view) :]

    def _open_file(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("begin() comes first")
        return self._file


class _Reader:
    """Opens pieces one by one. Whether a piece should be the last follows from the length of the file."""

    def __init__(self, file: BinaryIO, seal: Seal, start: int) -> None:
        self._file, self._seal = file, seal
        self._sealed_bytes = seal.piece_bytes + TAG_BYTES
        body = os.fstat(file.fileno()).st_size - HEADER_BYTES
        self._last = max(0, -(-body // self._sealed_bytes) - 1)
        # A start beyond the end still opens the last piece: the end of the file is checked all the same.
        self._number = min(start // seal.piece_bytes, self._last)
        self._skip = start - self._number * seal.piece_bytes
        file.seek(HEADER_BYTES + self._number * self._sealed_bytes)

    @classmethod
    def open(cls, path: Path, key: str, secrets: Sequence[bytes], start: int) -> "_Reader":
        try:
            file = path.open("rb")
        except FileNotFoundError:
            raise NotFound("file") from None
        try:
            return cls(file, seal_of(file.read(HEADER_BYTES), secrets, key), start)
        except BaseException:
            file.close()
            raise

    def next_piece(self) -> bytes | None:
        if self._number > self._last:
            return None
        sealed = self._file.read(self._sealed_bytes)
        piece = self._seal.open(sealed, self._number, last=self._number == self._last)
        self._number += 1
        piece, self._skip = piece[self._skip :], 0
        return piece

    def close(self) -> None:
        self._file.close()


def _make_private(folder: Path) -> None:
    for path in (folder.parent, folder):
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)


def _sync_folder(folder: Path) -> None:
    # Without this the rename may be lost in a power cut although the content is on disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
