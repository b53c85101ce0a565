"""What the documents domain asks of the outside: a private place for bytes, and a virus scanner."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from salestrekker_portal.kernel.errors import DomainError

UNREACHABLE = "We can’t reach the place where files are kept just now. Nothing was lost: try again in a minute."


class FileTooLarge(DomainError):
    """More bytes arrived than the cap allows; nothing was kept."""


class StoreUnreachable(DomainError):
    """The store did not answer, or refused: nothing was kept, or nothing can be read for now. Try again later."""

    def __init__(self, message: str = UNREACHABLE) -> None:
        super().__init__(message)


class FileUnreadable(DomainError):
    """The stored bytes are not what was stored: changed, cut short, swapped, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class InStore:
    """What the store knows of one file that is safely in it. `key` finds it again; `sha256` (hex) and `size` (bytes)
    are of the content."""

    key: str
    size: int
    sha256: str


class FileWriter(Protocol):
    """A file on its way in. Nothing can be read until `finish` returns."""

    @property
    def size(self) -> int:
        """Bytes of content taken so far."""
        ...

    async def write(self, data: bytes) -> None:
        """Take more content. Raises FileTooLarge as soon as the cap is passed."""
        ...

    async def finish(self) -> InStore:
        """Make it durable and readable. Call once, last."""
        ...


class FileStore(Protocol):
    """Private storage. Keys are `organisation/uuid`; no name that a person typed is part of one."""

    def open_writer(self, organisation_id: UUID, *, max_bytes: int) -> AbstractAsyncContextManager[FileWriter]:
        """Leaving the block before `finish` has returned, for any reason, leaves nothing behind."""
        ...

    async def put(self, organisation_id: UUID, content: AsyncIterator[bytes], *, max_bytes: int) -> InStore:
        """Store all of `content`. Raises FileTooLarge."""
        ...

    def read(self, key: str, start: int = 0) -> AsyncIterator[bytes]:
        """The content from byte `start`, in pieces. Raises NotFound and FileUnreadable.

        Every piece is verified before it is given out; a file that was cut short is noticed at the cut,
        so a caller that needs the whole must not trust it before the last piece.
        """
        ...

    async def delete(self, key: str) -> None:
        """Remove it for good; already gone is fine."""
        ...

    async def exists(self, key: str) -> bool: ...

    async def sweep(self) -> int:
        """Remove what a power cut left half written; answers how many."""
        ...

    def old_keys(self, older_than_seconds: float) -> AsyncIterator[list[str]]:
        """The keys of all files that were stored longer ago than that, some hundreds at a time."""
        ...


class ScanOutcome(StrEnum):
    """`UNREACHED`: the scanner gave no answer, ask again. `UNCHECKABLE`: it never will, as with a password."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNREACHED = "unreached"
    UNCHECKABLE = "uncheckable"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner said, with a sentence for the people who look at the file; `found` is its name for a virus."""

    outcome: ScanOutcome
    sentence: str
    found: str = ""


class Scanner(Protocol):
    async def scan(self, content: AsyncIterator[bytes]) -> Scan:
        """Look through the whole content. NOT_SCANNED says that nobody looks; a scanner that should and can't
        answers UNREACHED, and the file stays closed until it can."""
        ...
