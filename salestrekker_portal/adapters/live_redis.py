"""Live topics over Redis' publish and subscribe: between several web processes and the worker.

Redis carries names of topics and keeps nothing. While it is away people go on working, each process wakes its own
tabs, and the others look again once it is back.
"""

import asyncio
import json
import logging
import secrets
from contextlib import aclosing
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from salestrekker_portal.domains.activity.ports import Deliver, Missed

log = logging.getLogger(__name__)

CHANNEL = "salestrekker-portal:live"
MOST_WAITING = 5_000
ANSWERS_WITHIN = 3.0
HEALTH_EVERY = 10
WAITS = (0.2, 1.0, 5.0)
"""Seconds between tries to reach Redis: quickly at first, then every five."""
_TROUBLE = (RedisError, OSError, TimeoutError)


class RedisLiveBus:
    """One a process. `url` is REDIS_URL."""

    def __init__(self, url: str, channel: str = CHANNEL) -> None:
        options: dict[str, Any] = {"socket_connect_timeout": ANSWERS_WITHIN, "health_check_interval": HEALTH_EVERY}
        self._sender = Redis.from_url(url, socket_timeout=ANSWERS_WITHIN, **options)
        # No limit on reading here: silence is normal, and the health check notices a dead line.
        self._listener = Redis.from_url(url, socket_keepalive=True, **options)
        self._channel = channel
        self._me = secrets.token_hex(8)
        self._waiting: set[str] = set()
        self._due = asyncio.Event()

    async def publish(self, topics: frozenset[str]) -> None:
        """Put them where `carry` finds them; a burst of commits leaves as one message."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting |= topics
        self._due.set()

    async def carry(self) -> None:
        """Send what waits. While Redis is away it waits, and topics that are named twice leave once."""
        failed = 0
        while True:
            await self._due.wait()
            self._due.clear()
            going, self._waiting = self._waiting, set()
            if not going:
                continue
            try:
                await self._sender.publish(self._channel, json.dumps([self._me, *sorted(going)]))
                failed = 0
            except _TROUBLE as problem:
                failed += 1
                self._waiting |= going
                self._due.set()
                await _wait("send live updates", failed, problem)

    async def listen(self, deliver: Deliver, missed: Missed) -> None:
        """Hand on what others publish. The first connection missed nothing that anybody could have seen."""
        failed, lost = 0, False
        while True:
            try:
                async with aclosing(self._listener.pubsub(ignore_subscribe_messages=True)) as channel:
                    await channel.subscribe(self._channel)
                    if lost:
                        await missed()
                    failed, lost = 0, True
                    while True:
                        await self._one(channel, deliver)
            except _TROUBLE as problem:
                failed, lost = failed + 1, True
                await _wait("hear live updates", failed, problem)

    async def _one(self, channel, deliver: Deliver) -> None:
        message = await channel.get_message(timeout=HEALTH_EVERY)
        if message is None:
            return
        sender, topics = _read(message.get("data"))
        if topics and sender != self._me:
            await deliver(topics)

    async def close(self) -> None:
        """Let go of the connections."""
        for connection in (self._sender, self._listener):
            await connection.aclose()


def _read(raw: object) -> tuple[str, frozenset[str]]:
    """Who published which topics; nothing for what is not ours."""
    try:
        found = json.loads(raw) if isinstance(raw, bytes | str) else None
    except ValueError:
        found = None
    if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
        return "", frozenset()
    return found[0], frozenset(found[1 : MOST_WAITING + 1])


async def _wait(what: str, failed: int, problem: Exception) -> None:
    if failed in (1, len(WAITS)):
        log.warning("Redis can't be reached to %s: %s", what, problem or type(problem).__name__)
    await asyncio.sleep(WAITS[min(failed, len(WAITS)) - 1])
