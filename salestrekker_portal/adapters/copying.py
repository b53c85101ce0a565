"""Sealed files copied from one place to another, compared byte by byte before they count as copied."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from salestrekker_portal.adapters.blobs import Blobs
from salestrekker_portal.adapters.files_sealed import is_key
from salestrekker_portal.domains.documents.ports import StoreUnreachable
from salestrekker_portal.kernel.errors import NotFound


@dataclass
class Copied:
    """What came of it: counts, bytes that lie there, and what could not be copied with the reason."""

    copied: int = 0
    there_already: int = 0
    size: int = 0
    failed: list[str] = field(default_factory=list)


async def copy_all(source: Blobs, target: Blobs) -> Copied:
    """Copy every file of `source` that `target` doesn't have just so. May be stopped and run again at any time.

    A file counts when its bytes, read back from the target, have the same SHA-256 as those of the source.
    Raises StoreUnreachable when one of the two can't even be listed.
    """
    done = Copied()
    async for seen in source.listing():
        for each in seen:
            if is_key(each.key):
                await _copy(source, target, each.key, done)
    return done


async def digest_of(blobs: Blobs, key: str) -> str:
    """SHA-256 (hex) of the bytes as they lie there. Raises NotFound, StoreUnreachable."""
    digest = hashlib.sha256()
    async for data in bytes_of(blobs, key):
        digest.update(data)
    return digest.hexdigest()


async def bytes_of(blobs: Blobs, key: str) -> AsyncIterator[bytes]:
    """The bytes as they lie there, some megabytes at a time. Raises NotFound, StoreUnreachable."""
    at, whole = 0, 1
    while at < whole:
        part = await blobs.get(key, at, blobs.ahead)
        if not part.data:
            return
        yield part.data
        at, whole = at + len(part.data), part.whole


async def copy_one(source: Blobs, target: Blobs, key: str) -> int:
    """Copy one file and compare it there; its size in bytes. Raises NotFound, StoreUnreachable."""
    digest, size = hashlib.sha256(), 0
    async with target.open_put(key) as putting:
        async for data in bytes_of(source, key):
            digest.update(data)
            size += len(data)
            await putting.write(data)
        await putting.finish()
    if await digest_of(target, key) != digest.hexdigest():
        raise StoreUnreachable("What came back is not what was sent.")
    return size


async def _copy(source: Blobs, target: Blobs, key: str, done: Copied) -> None:
    try:
        size = await source.size(key)
        if size is None:
            return  # swept meanwhile
        if size and await target.size(key) == size and await digest_of(source, key) == await digest_of(target, key):
            done.there_already += 1
        else:
            await copy_one(source, target, key)
            done.copied += 1
        done.size += size
    except (NotFound, StoreUnreachable, OSError) as problem:
        done.failed.append(f"{key}: {problem}")
