"""Blobs in a bucket of any S3-compatible service, through obstore.

An object appears when its upload is complete and never by halves, so there is nothing half written that could be read.
Parts of an upload that was given up are the service's to remove: docs/operations.md names the rule to set.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from salestrekker_portal.adapters.blobs import BlobPart, Seen
from salestrekker_portal.domains.documents.ports import StoreUnreachable
from salestrekker_portal.kernel.errors import NotFound

if TYPE_CHECKING:
    from obstore.store import S3Config

log = logging.getLogger(__name__)

PART_BYTES = 5 * 1024 * 1024
"""The least that S3 takes as a part. With one on its way an upload holds about 10 MB, however large it is."""
PARTS_AT_ONCE = 1
_AT_ONCE = 300
_NO_BUCKET = "NoSuchBucket"


@dataclass(frozen=True, kw_only=True)
class S3Account:
    """Where the bucket is and who we are there. Without keys, those of the machine's own role are asked for.

    `endpoint` "" is Amazon. `seconds`: how long one request may take before it is given up or tried again.
    """

    bucket: str
    endpoint: str = ""
    region: str = ""
    prefix: str = ""
    access_key: str = ""
    secret_key: str = ""
    seconds: float = 20.0


class Bucket:
    """Blobs of one bucket, below one prefix."""

    ahead = 1024 * 1024

    def __init__(self, account: S3Account) -> None:
        config: S3Config = {
            "region": account.region,
            # Addresses such as bucket.storage.example.com would need a certificate and a name for each bucket.
            "virtual_hosted_style_request": not account.endpoint,
        }
        if account.endpoint:
            config["endpoint"] = account.endpoint
        if account.access_key:
            config |= {"access_key_id": account.access_key, "secret_access_key": account.secret_key}
        self._store = S3Store(
            account.bucket,
            prefix=account.prefix or None,
            config=config,
            client_options={
                "allow_http": account.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=min(5.0, account.seconds)),
                "timeout": timedelta(seconds=account.seconds),
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=account.seconds)},
        )

    @asynccontextmanager
    async def open_put(self, key: str) -> AsyncIterator["_PuttingInBucket"]:
        putting = _PuttingInBucket(self, self._store, key)
        try:
            yield putting
        finally:
            if not putting.kept:
                # Shielded: the person who cancels twice must not leave half a bank statement behind.
                await asyncio.shield(putting.abandon())

    async def get(self, key: str, start: int, length: int) -> BlobPart:
        with _said_clearly("get"):
            answer = await obstore.get_async(self._store, key, options={"range": (start, start + length)})
            whole = answer.meta["size"]
            data = bytes(await answer.bytes_async())
        if len(data) != min(length, whole - start):
            raise _unreachable("get", "the answer ended early")
        return BlobPart(data, whole)

    async def size(self, key: str) -> int | None:
        try:
            with _said_clearly("head"):
                return (await obstore.head_async(self._store, key))["size"]
        except NotFound:
            return None

    async def delete(self, key: str) -> None:
        with suppress(NotFound), _said_clearly("delete"):
            await obstore.delete_async(self._store, key)

    async def listing(self, first_part: str = "") -> AsyncIterator[list[Seen]]:
        found = obstore.list(self._store, first_part or None, chunk_size=_AT_ONCE)
        while True:
            with _said_clearly("list"):
                batch = await anext(aiter(found), None)
            if batch is None:
                return
            yield [Seen(each["path"], each["size"], each["last_modified"].timestamp()) for each in batch]

    async def sweep(self, older_than_seconds: float) -> int:
        """Nothing: a lifecycle rule of the bucket removes parts of uploads that never came to an end."""
        return 0


class _PuttingInBucket:
    """One upload; small ones are a single request, larger ones go in parts."""

    def __init__(self, bucket: Bucket, store: S3Store, key: str) -> None:
        self.kept = False
        self._bucket, self._key, self._size = bucket, key, 0
        self._out = obstore.open_writer_async(store, key, buffer_size=PART_BYTES, max_concurrency=PARTS_AT_ONCE)
        self._closing: asyncio.Task[None] | None = None

    async def write(self, data: bytes) -> None:
        with _said_clearly("put"):
            await self._out.write(data)
        self._size += len(data)

    async def finish(self) -> None:
        self._closing = asyncio.ensure_future(self._close())
        await asyncio.shield(self._closing)
        self.kept = True

    async def _close(self) -> None:
        with _said_clearly("put"):
            await _awaited(self._out.close())
        if await self._bucket.size(self._key) != self._size:
            raise _unreachable("put", "less has arrived than was sent")

    async def abandon(self) -> None:
        """Nobody knows the key yet, so what may have arrived all the same is deleted; else the sweep finds it."""
        if self._closing is None:
            return
        with suppress(StoreUnreachable, NotFound):
            await self._closing
        with suppress(StoreUnreachable):
            await self._bucket.delete(self._key)


async def _awaited(close: Awaitable[None]) -> None:
    await close


@contextmanager
def _said_clearly(what: str) -> Iterator[None]:
    """NotFound for what is not there, StoreUnreachable for every other trouble; the reason goes to the log."""
    try:
        yield
    except FileNotFoundError as error:
        if _NO_BUCKET in str(error) or what == "put":
            raise _unreachable(what, str(error)) from error
        raise NotFound("file") from None
    except (BaseError, OSError, TimeoutError) as error:
        raise _unreachable(what, str(error)) from error


def _unreachable(what: str, why: str) -> StoreUnreachable:
    # The first line says what happened; the rest is the library's own picture of it.
    log.warning("the file store failed at %s: %s", what, why.strip().partition("\n")[0][:300])
    return StoreUnreachable()
