"""Whose turn it is to write in SQLite, which has one writer: those of this process wait in the order of their coming.

SQLite itself lets who waits look again after a while that grows to a tenth of a second, and serves whoever looks at
the right moment: of thirty who wrote at once, some waited for seconds and were refused though each took a moment.
Another process (a worker beside the web server) is still waited for that way.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class NoTurn(Exception):
    """Those before took longer than anybody waits."""


class Turns:
    """One for each engine, used in one event loop."""

    def __init__(self, patience_seconds: float) -> None:
        self._patience = patience_seconds
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Raises NoTurn."""
        try:
            async with asyncio.timeout(self._patience):
                await self._writer.acquire()
        except TimeoutError as error:
            raise NoTurn from error
        try:
            yield
        finally:
            self._writer.release()
