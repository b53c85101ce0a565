"""Answers that take as long whatever was found: the time of an answer tells as much as its words."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def taking(seconds: float) -> AsyncIterator[None]:
    """What is done inside is over after so many seconds at the earliest, also where it was refused."""
    over = time.monotonic() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, over - time.monotonic()))
