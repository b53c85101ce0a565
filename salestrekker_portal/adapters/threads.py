"""Threads of a provider's own, for SDKs that block.

The event loop's own few threads (six on two cores) also read files and hash passwords: eight messages to a slow mail
server would stop every sign-in.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from salestrekker_portal.domains.outbox.service import CLAIM_AT_ONCE

Answer = TypeVar("Answer")


class OwnThreads:
    """Started when needed, never shared."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(CLAIM_AT_ONCE, thread_name_prefix=name)

    async def run(self, deed: Callable[..., Answer], *arguments) -> Answer:
        """What the deed returns or raises."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, deed, *arguments)
