"""Whether the portal can do its work now. A process that lives (`/health`) may still lack what it works with."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from redis.asyncio import Redis
from sqlalchemy import text

from salestrekker_portal.config import FilesBy, ScannerBy, settings
from salestrekker_portal.database.session import reading
from salestrekker_portal.watching.disk import is_low
from salestrekker_portal.watching.workers import all_workers, lives
from salestrekker_portal.wiring import file_store, scanner_answers

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
# Anybody may ask; the parts are asked once in so many seconds.
FRESH_SECONDS = 2.0
WORKS = "ok"
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PartCheck:
    """One part. `told` is "ok", or a sentence for whoever runs the portal."""

    part: str
    told: str

    @property
    def is_well(self) -> bool:
        return self.told == WORKS


async def _database() -> str:
    async with reading() as session:
        await session.execute(text("SELECT 1"))
    return WORKS


async def _redis() -> str:
    client = Redis.from_url(settings().redis_url, socket_timeout=PATIENCE_SECONDS)
    try:
        await cast("Awaitable[bool]", client.ping())
    finally:
        await client.aclose()
    return WORKS


async def _worker() -> str:
    async with reading() as session:
        heard = any(lives(each) for each in await all_workers(session))
    return WORKS if heard else "no worker was heard within a minute, so nothing leaves"


async def _disk() -> str:
    low = await asyncio.to_thread(is_low, settings().data)
    return f"less than {settings().least_free_mb} MB are free where files are kept" if low else WORKS


async def _files() -> str:
    # Nothing is ever stored under this key: the answer that counts is that there is one.
    await file_store().exists(f"{NOBODY}/{NOBODY}")
    return WORKS


async def _scanner() -> str:
    return WORKS if await scanner_answers() else "the virus scanner doesn't answer, so new files can't be opened"


def _parts(*, only_here: bool) -> dict[str, Callable[[], Awaitable[str]]]:
    parts: dict[str, Callable[[], Awaitable[str]]] = {"database": _database}
    if settings().redis_url:
        parts["redis"] = _redis
    if only_here:
        return parts
    parts |= {"worker": _worker, "disk": _disk}
    if settings().files is FilesBy.BUCKET:
        parts["files"] = _files
    if settings().scanner is not ScannerBy.NONE:
        parts["scanner"] = _scanner
    return parts


async def _asked(part: str, ask: Callable[[], Awaitable[str]]) -> PartCheck:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return PartCheck(part, await ask())
    except Exception as problem:
        log.warning("%s is not ready", part, exc_info=problem)
        return PartCheck(part, "no answer")


_known: dict[bool, tuple[float, list[PartCheck]]] = {}


async def checks(*, only_here: bool = False) -> list[PartCheck]:
    """How each part is. `only_here`: what this process itself needs to answer people, for the proxy in front."""
    at, known = _known.get(only_here, (0.0, []))
    if known and time.monotonic() - at < FRESH_SECONDS:
        return known
    parts = _parts(only_here=only_here)
    found = list(await asyncio.gather(*(_asked(part, ask) for part, ask in parts.items())))
    _known[only_here] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Ask anew at once, for tests."""
    _known.clear()
