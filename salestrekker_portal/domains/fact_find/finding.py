"""Whole addresses from a provider, where the operator has one: offered while somebody types, and never in their way.

Whatever becomes of the provider, typing goes on: an answer is waited for a moment only, few questions are out at once,
and one that fails again and again is left alone for a minute.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

log = logging.getLogger(__name__)

WAIT_SECONDS = 2.0
AT_ONCE = 8
FAILURES = 3
REST_SECONDS = 60.0
LEAST, LONGEST = 4, 200


class ProviderFailed(Exception):
    """Busy, broken, or an answer that nobody understands."""


class FoundAddress(NamedTuple):
    """An address on one line, and what the provider calls it."""

    key: str
    line: str


class AddressProvider(Protocol):
    """Who knows addresses. Both raise ProviderFailed, and may take as long as they like."""

    async def find(self, country: str, typed: str) -> list[FoundAddress]:
        """Addresses that begin so, in "au" or "nz"."""
        ...

    async def parts_of(self, country: str, key: str) -> dict[str, str]:
        """The parts of one, by the fields of the fact find: "street_number", "suburb", "state" and the like."""
        ...


class Finder:
    """Asks a provider within bounds. One a process."""

    def __init__(
        self, provider: AddressProvider, *, wait: float = WAIT_SECONDS, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._provider, self._wait, self._now = provider, wait, now
        self._out = self._failed = 0
        self._rests_until = 0.0

    async def find(self, country: str, typed: str) -> list[FoundAddress]:
        """What to offer; nothing where the provider is slow, busy or resting, or too little was typed."""
        if not LEAST <= len(typed) <= LONGEST:
            return []
        return await self._asked(lambda: self._provider.find(country, typed)) or []

    async def parts_of(self, country: str, key: str) -> dict[str, str]:
        """The parts of an address that was picked; none where they can't be had."""
        return await self._asked(lambda: self._provider.parts_of(country, key)) or {}

    async def _asked(self, ask: Callable):
        if self._out >= AT_ONCE or self._now() < self._rests_until:
            return None
        self._out += 1
        try:
            answer = await asyncio.wait_for(ask(), self._wait)
        except (ProviderFailed, TimeoutError):
            self._failed += 1
            if self._failed >= FAILURES:
                # What was typed is somebody's address: it stays out of the log.
                log.warning("the provider of addresses failed %d times and rests", self._failed)
                self._rests_until = self._now() + REST_SECONDS
            return None
        finally:
            self._out -= 1
        self._failed = 0
        return answer


_finder: Finder | None = None


def find_with(finder: Finder | None) -> None:
    """Who finds addresses in this process; set once by the composition root. None: nobody."""
    global _finder
    _finder = finder


def finder() -> Finder | None:
    return _finder
