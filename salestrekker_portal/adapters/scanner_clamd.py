"""ClamAV through its daemon: the INSTREAM command over TCP or a Unix socket.

Written here and not taken from a library: the one that is kept up speaks TCP only, and the whole protocol is
a length before each piece and one line back. What clamd does not say clearly counts as not checked.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

from salestrekker_portal.domains.documents.ports import Scan, ScanOutcome

log = logging.getLogger(__name__)

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 30.0
"""A 50 MB file takes clamd about three seconds. Whoever uploads waits this long at most; later it is asked again."""
AT_ONCE = 4
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
DEFAULT_PORT = 3310

CLEAN = "Checked for viruses."
INFECTED = "This file carries a virus, so nobody can open it. Check your device, then send a clean copy."
LATER = "We are checking this file for viruses. It opens once that is done."
LOCKED = (
    "This file needs a password, so it can’t be checked for viruses. Save it without the password and send it again."
)
TOO_MUCH = "This file is too large or too nested to be checked for viruses. Send its parts one by one."


class ClamdScanner:
    """`address` is `host:port`, or the path of a Unix socket."""

    def __init__(
        self, address: str, *, connect_seconds: float = CONNECT_SECONDS, total_seconds: float = TOTAL_SECONDS
    ) -> None:
        self._address = address
        self._connect_seconds, self._total_seconds = connect_seconds, total_seconds
        # clamd has few threads; more than these would wait there and use up their time.
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def scan(self, content: AsyncIterator[bytes]) -> Scan:
        """What clamd says of the content. Unreachable, slow and unclear are UNREACHED; problems of ours are raised."""
        async with self._turns:
            try:
                async with asyncio.timeout(self._total_seconds):
                    answer = await self._ask(content)
            except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as problem:
                log.warning("the virus scanner gave no answer: %s", problem or type(problem).__name__)
                return Scan(ScanOutcome.UNREACHED, LATER)
        return scan_of(answer)

    async def answers(self) -> bool:
        """Whether clamd is there and says so."""
        try:
            async with asyncio.timeout(self._connect_seconds):
                reader, writer = await self._connect()
                try:
                    writer.write(b"zPING\0")
                    return await reader.readuntil(b"\0") == b"PONG\0"
                finally:
                    writer.transport.abort()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return False

    async def _ask(self, content: AsyncIterator[bytes]) -> str:
        async with asyncio.timeout(self._connect_seconds):
            reader, writer = await self._connect()
        # Read from the start: over its limit clamd answers while we still send, and then resets the line.
        answer = asyncio.create_task(reader.readuntil(b"\0"))
        try:
            with suppress(ConnectionError):
                writer.write(b"zINSTREAM\0")
                async for piece in content:
                    for start in range(0, len(piece), PIECE):
                        part = piece[start : start + PIECE]
                        writer.write(len(part).to_bytes(4, "big") + part)
                        await writer.drain()
                    if answer.done():
                        break
                writer.write((0).to_bytes(4, "big"))
                await writer.drain()
            return (await answer).rstrip(b"\0\n").decode("utf-8", "replace")
        finally:
            answer.cancel()
            writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if "/" in self._address:
            return await asyncio.open_unix_connection(self._address, limit=LONGEST_ANSWER)
        host, _, port = self._address.rpartition(":")
        if not port.isdecimal():
            host, port = self._address, str(DEFAULT_PORT)
        return await asyncio.open_connection(host.strip("[]"), int(port), limit=LONGEST_ANSWER)


def scan_of(answer: str) -> Scan:
    """clamd's line as an outcome. Only the plain OK is clean: a name is never read as harmless."""
    if answer == "stream: OK":
        return Scan(ScanOutcome.CLEAN, CLEAN)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        found = answer.removeprefix("stream: ").removesuffix(" FOUND")
        if found.startswith("Heuristics.Encrypted."):
            return Scan(ScanOutcome.UNCHECKABLE, LOCKED, found)
        if found.startswith("Heuristics.Limits."):
            return Scan(ScanOutcome.UNCHECKABLE, TOO_MUCH, found)
        return Scan(ScanOutcome.INFECTED, INFECTED, found)
    if answer.startswith("INSTREAM size limit exceeded"):
        log.error("clamd's StreamMaxLength is below the portal's file limit: raise it")
        return Scan(ScanOutcome.UNCHECKABLE, TOO_MUCH)
    log.warning("the virus scanner said %r", answer[:200])
    return Scan(ScanOutcome.UNREACHED, LATER)
