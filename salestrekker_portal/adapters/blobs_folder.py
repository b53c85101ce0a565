"""Blobs in one private folder of this machine: directories are 0700 and files 0600. Disk work happens in threads."""

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from salestrekker_portal.adapters.blobs import BlobPart, Seen
from salestrekker_portal.kernel.errors import NotFound

_INCOMING = "incoming"
_AT_ONCE = 300


class Folder:
    """Keys are `folder/file`."""

    ahead = 512 * 1024

    def __init__(self, root: Path) -> None:
        self.root = root

    @asynccontextmanager
    async def open_put(self, key: str) -> AsyncIterator["_PuttingInFolder"]:
        part = self.root / _INCOMING / f"{key.partition('/')[2]}.part"
        putting = _PuttingInFolder(part, self.root / key)
        try:
            await asyncio.to_thread(putting.begin)
            yield putting
        finally:
            if not putting.kept:
                # Shielded: the person who cancels twice must not leave half a bank statement behind.
                await asyncio.shield(asyncio.to_thread(putting.abandon))

    async def get(self, key: str, start: int, length: int) -> BlobPart:
        return await asyncio.to_thread(self._get, key, start, length)

    def _get(self, key: str, start: int, length: int) -> BlobPart:
        try:
            with (self.root / key).open("rb", buffering=0) as file:
                file.seek(start)
                return BlobPart(file.read(length), os.fstat(file.fileno()).st_size)
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound("file") from None

    async def size(self, key: str) -> int | None:
        return await asyncio.to_thread(self._size, key)

    def _size(self, key: str) -> int | None:
        path = self.root / key
        return path.stat().st_size if path.is_file() else None

    async def delete(self, key: str) -> None:
        await asyncio.to_thread((self.root / key).unlink, missing_ok=True)

    async def listing(self, first_part: str = "") -> AsyncIterator[list[Seen]]:
        for folder in await asyncio.to_thread(self._folders):
            if first_part in ("", folder):
                seen = await asyncio.to_thread(self._seen_in, folder)
                for start in range(0, len(seen), _AT_ONCE):
                    yield seen[start : start + _AT_ONCE]

    def _folders(self) -> list[str]:
        if not self.root.is_dir():
            return []
        return sorted(each.name for each in self.root.iterdir() if each.is_dir() and each.name != _INCOMING)

    def _seen_in(self, folder: str) -> list[Seen]:
        with os.scandir(self.root / folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
        return [Seen(f"{folder}/{name}", known.st_size, known.st_mtime) for name, known in found]

    async def sweep(self, older_than_seconds: float) -> int:
        return await asyncio.to_thread(self._sweep, time.time() - older_than_seconds)

    def _sweep(self, before: float) -> int:
        stale = [p for p in (self.root / _INCOMING).glob("*.part") if p.stat().st_mtime < before]
        for part in stale:
            part.unlink(missing_ok=True)
        return len(stale)


class _PuttingInFolder:
    """Writes into a temporary file; `finish` gives it its real name in one step.

    The lock is for cancellation: a cancelled task leaves its thread running, and clearing up waits for it.
    """

    def __init__(self, part: Path, final: Path) -> None:
        self.kept = False
        self._part, self._final = part, final
        self._file: BinaryIO | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        with self._lock:
            for folder in (self._part.parent, self._final.parent):
                _make_private(folder)
            self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", 0)

    async def write(self, data: bytes) -> None:
        await asyncio.to_thread(self._write, data)

    async def finish(self) -> None:
        await asyncio.to_thread(self._finish)
        self.kept = True

    def abandon(self) -> None:
        with self._lock:
            if self._file:
                self._file.close()
            self._part.unlink(missing_ok=True)
            # It may have been renamed by the thread that went on after its task was cancelled.
            self._final.unlink(missing_ok=True)

    def _write(self, data: bytes) -> None:
        with self._lock:
            view, file = memoryview(data), self._open_file()
            while view:
                view = view[file.write(view) :]

    def _finish(self) -> None:
        with self._lock:
            file = self._open_file()
            # Content before name: a power cut may lose the whole file, never leave half of one under its name.
            os.fsync(file.fileno())
            file.close()
            os.replace(self._part, self._final)
            _sync_folder(self._final.parent)

    def _open_file(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("begin() comes first")
        return self._file


def _make_private(folder: Path) -> None:
    for path in (folder.parent, folder):
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            # mkdir's mode is cut by the umask of whoever started us.
            path.chmod(0o700)


def _sync_folder(folder: Path) -> None:
    # Without this the rename may be lost in a power cut although the content is on disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
