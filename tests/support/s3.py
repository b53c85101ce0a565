"""A real S3 server for the tests, without containers, and a line to it that can be cut, slowed and refused."""

import asyncio
import os
import subprocess
import threading
import time
import urllib.request
from contextlib import asynccontextmanager

from salestrekker_portal.adapters.blobs_s3 import Bucket, S3Account
from tests.support.machine import S3, s3_server
from tests.support.ports import free_port

KEYS = {"access_key": "test", "secret_key": "test"}  # the only ones that the server takes
REGION = "us-east-1"
_NO = b"<Error><Code>AccessDenied</Code><Message>No, not you.</Message></Error>"
REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(_NO), _NO)


class S3Server:
    """Started on construction; keeps its objects in memory."""

    def __init__(self) -> None:
        program = s3_server()
        if program is None:
            raise RuntimeError(S3.hint)
        self.port = free_port()
        environment = os.environ | {"SERVICES": "s3", "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port)}
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([program], env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
        self._wait()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _wait(self) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.endpoint, timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("The S3 server did not start.")

    def make_bucket(self, name: str) -> None:
        request = urllib.request.Request(f"{self.endpoint}/{name}", method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    def account(self, bucket: str, **facts) -> S3Account:
        return S3Account(**{"bucket": bucket, "endpoint": self.endpoint, "region": REGION, **KEYS, **facts})

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


class Line:
    """What lies between us and the server, and the troubles that it may have."""

    def __init__(self, port: int) -> None:
        self._port, self._trouble, self._after = port, "", 0
        self._tasks: set[asyncio.Task[None]] = set()

    def has(self, trouble: str, after: int = 0) -> None:
        """From now on it behaves like this, `after` so many bytes; "" is no trouble. Lines that are open end."""
        self._trouble, self._after = trouble, after
        for task in self._tasks:
            task.cancel()

    @asynccontextmanager
    async def open(self):
        server = await asyncio.start_server(self._met, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            self.has("closed")
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: the one that asyncio would make logs its cancellation as an error.
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self._trouble == "refuses":
                await reader.readuntil(b"\r\n\r\n")
                writer.write(REFUSED)
                await writer.drain()
            elif self._trouble != "closed":
                await self._between(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _between(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up, down = await asyncio.open_connection("127.0.0.1", self._port)
        both = [
            asyncio.create_task(self._carry(reader, down, "cut going up")),
            asyncio.create_task(self._carry(up, writer, "cut coming down")),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            down.transport.abort()
            writer.transport.abort()

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, cut: str) -> None:
        carried = 0
        while data := await source.read(65536):
            if self._trouble == "silent":
                await asyncio.sleep(3600)
            carried += len(data)
            if self._trouble == cut and carried > self._after:
                return
            target.write(data)
            await target.drain()


class LineAside:
    """The same line in a thread of its own, for programs that are no part of this one."""

    def __init__(self, port: int) -> None:
        self._line, self._loop = Line(port), asyncio.new_event_loop()
        self._over, ready = asyncio.Event(), threading.Event()

        async def keep() -> None:
            async with self._line.open() as self.url:
                ready.set()
                await self._over.wait()

        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(keep(),), daemon=True)
        self._thread.start()
        ready.wait(10)

    def has(self, trouble: str, after: int = 0) -> None:
        self._loop.call_soon_threadsafe(self._line.has, trouble, after)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)


def bucket_of(server: S3Server, name: str, **facts) -> Bucket:
    return Bucket(server.account(name, **facts))
