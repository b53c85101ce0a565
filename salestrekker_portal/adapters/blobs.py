"""Where sealed bytes lie: what a folder and a bucket can both do, and no more. `files_sealed.py` makes files of it.

Bytes under a key are never changed: they are put once, read, and at some time deleted.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BlobPart:
    """Some bytes, and how many there are of the whole."""

    data: bytes
    whole: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry of a list: its size in bytes, and when it was put (seconds since 1970, by the clock of the store)."""

    key: str
    size: int
    at: float


class Putting(Protocol):
    """Bytes on their way in. Nothing can be read until `finish` returns."""

    async def write(self, data: bytes) -> None: ...

    async def finish(self) -> None:
        """Make it durable and readable. Call once, last."""
        ...


class Blobs(Protocol):
    """Every method raises StoreUnreachable when the store does not answer, refuses, or answers by halves."""

    @property
    def ahead(self) -> int:
        """How many bytes are best asked for at once. A slow reader so holds no connection, and little memory."""
        ...

    def open_put(self, key: str) -> AbstractAsyncContextManager[Putting]:
        """Leaving the block before `finish` has returned leaves nothing that can be read."""
        ...

    async def get(self, key: str, start: int, length: int) -> BlobPart:
        """`length` bytes from `start`, fewer only where the whole ends. Raises NotFound."""
        ...

    async def size(self, key: str) -> int | None:
        """How many bytes there are; None when there is nothing under this key."""
        ...

    async def delete(self, key: str) -> None:
        """Remove it for good; already gone is fine."""
        ...

    def listing(self, first_part: str = "") -> AsyncIterator[list[Seen]]:
        """All that is there, or all whose key starts with `first_part/`, some hundreds at a time, in no order."""
        ...

    async def sweep(self, older_than_seconds: float) -> int:
        """Remove what was begun longer ago and never finished, where the store does not see to that by itself."""
        ...
