"""A twin of ClamAV's daemon: INSTREAM over TCP or a Unix socket, EICAR is found, and it misbehaves on demand."""

import asyncio
from enum import Enum, auto
from pathlib import Path

# From two halves, so that this file is not itself a hit.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + r"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
ENCRYPTED = b"this twin takes it for a file with a password"
NESTED = b"this twin takes it for a bomb"


class ClamdFault(Enum):
    """What goes wrong with the next file."""

    SILENT = auto()
    HANGS_UP_AT_ONCE = auto()
    HANGS_UP_HALF_WAY = auto()
    NONSENSE = auto()
    ENDLESS = auto()
    HALF_AN_ANSWER = auto()
    OUT_OF_MEMORY = auto()


_SAYS = {
    ClamdFault.NONSENSE: b"HTTP/1.1 200 OK\r\n\r\n\0",
    ClamdFault.ENDLESS: b"stream: " + b"O" * 100_000,
    ClamdFault.HALF_AN_ANSWER: b"stream: OK",
    ClamdFault.OUT_OF_MEMORY: b"stream: Can't allocate memory ERROR\0",
}


class Clamd:
    """`scanned` is every file that was read to its end. `faults` are used up one a file."""

    def __init__(self, *, stream_max: int = 60 * 1024 * 1024) -> None:
        self.stream_max = stream_max
        self.scanned: list[bytes] = []
        self.faults: list[ClamdFault] = []
        self._server: asyncio.Server | None = None
        self.address = ""

    async def start(self, socket: Path | None = None) -> None:
        if socket:
            self._server = await asyncio.start_unix_server(self._serve, socket)
            self.address = str(socket)
            return
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self.faults.pop(0) if self.faults else None
        try:
            if fault is ClamdFault.HANGS_UP_AT_ONCE:
                return
            if await reader.readuntil(b"\0") != b"zINSTREAM\0":
                writer.write(b"UNKNOWN COMMAND\0")
                return
            content = await self._content(reader, writer, half=fault is ClamdFault.HANGS_UP_HALF_WAY)
            if content is None:
                return
            self.scanned.append(content)
            if fault is ClamdFault.SILENT:
                await asyncio.sleep(3600)
            writer.write(_SAYS.get(fault) or _verdict(content))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _content(self, reader, writer, *, half: bool) -> bytes | None:
        content = b""
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(size)
            if half:
                return None
            if len(content) > self.stream_max:
                # As the real one: an answer, and the rest of the stream is never read.
                writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                await writer.drain()
                return None
        return content


def _verdict(content: bytes) -> bytes:
    if EICAR in content:
        return b"stream: Eicar-Test-Signature.UNOFFICIAL FOUND\0"
    if ENCRYPTED in content:
        return b"stream: Heuristics.Encrypted.PDF FOUND\0"
    if NESTED in content:
        return b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"
    return b"stream: OK\0"
