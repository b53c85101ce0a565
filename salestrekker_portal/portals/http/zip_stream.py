"""A zip that is written while it is being sent: no temporary file, and no more of it in memory than a piece."""

import zipfile
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ZipEntry:
    """One file of the zip. `packed` content (pictures, PDFs) is stored as it is; text is deflated."""

    name: str
    content: AsyncIterator[bytes]
    at: datetime
    packed: bool = True


class _Outbox:
    """What the zip has written and nobody has sent yet. It can't be rewound, and zipfile copes with that."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


async def zip_stream(entries: AsyncIterator[ZipEntry]) -> AsyncIterator[bytes]:
    """The zip in pieces. What an entry raises ends it: a broken download and not a zip that looks whole."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w") as archive:
        async for entry in entries:
            info = zipfile.ZipInfo(entry.name, entry.at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if entry.packed else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=True) as file:
                async with aclosing(entry.content) as pieces:
                    async for piece in pieces:
                        file.write(piece)
                        if ready := outbox.take():
                            yield ready
    yield outbox.take()


async def after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Content whose first piece was read already, to know that it can be."""
    yield first
    async for piece in rest:
        yield piece


async def once(content: bytes) -> AsyncIterator[bytes]:
    """Content that is there already, as an entry wants it."""
    yield content
