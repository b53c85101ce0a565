"""Live topics over Redis' publish and subscribe: between several web processes and the worker.

Redis carries names of topics and who is in which field, and keeps nothing. While it is away people go on working, each
process wakes its own tabs, and the others look again once it is back.
"""

import asyncio
import json
import logging
import secrets
from collections import deque
from contextlib import aclosing
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from salestrekker_portal.domains.activity.ports import Deliver, Hear, Missed, Note

log = logging.getLogger(__name__)

CHANNEL = "salestrekker-portal:live"
# While Redis is away. Beyond it nothing is lost but haste: after a gap every tab looks again anyway.
MOST_WAITING = 5_000
# Notes are true for a moment; of more than these the oldest are no loss.
MOST_NOTES = 500
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
        # A process has told its own tabs already; what comes back to it under this name is left alone.
        self._me = secrets.token_hex(8)
        self._waiting: set[str] = set()
        self._notes: deque[Note] = deque(maxlen=MOST_NOTES)
        self._due = asyncio.Event()

    async def publish(self, topics: frozenset[str]) -> None:
        """Put them where `carry` finds them; a burst of commits leaves as one message."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting |= topics
        self._due.set()

    def say(self, note: Note) -> None:
        """Something fleeting; it isn't kept for a Redis that is away."""
        self._notes.append(note)
        self._due.set()

    async def carry(self) -> None:
        """Send what waits. While Redis is away topics wait, named twice they leave once, and notes are lost."""
        failed = 0
        while True:
            await self._due.wait()
            self._due.clear()
            going, self._waiting = self._waiting, set()
            try:
                await self._send_notes()
                if going:
                    await self._sender.publish(self._channel, json.dumps([self._me, *sorted(going)]))
                failed = 0
            except _TROUBLE as problem:
                failed += 1
                self._waiting |= going
                self._due.set()
                self._notes.clear()
                await _wait("send live updates", failed, problem)

    async def _send_notes(self) -> None:
        notes = list(self._notes)
        self._notes.clear()
        if notes:
            await self._sender.publish(self._channel, json.dumps({"from": self._me, "notes": notes}))

    async def listen(self, deliver: Deliver, missed: Missed, hear: Hear | None = None) -> None:
        """Hand on what others publish. The first connection missed nothing that anybody could have seen."""
        failed, lost = 0, False
        while True:
            try:
                async with aclosing(self._listener.pubsub(ignore_subscribe_messages=True)) as channel:
                    await channel.subscribe(self._channel)
                    if lost:
                        await missed()
                    # From now on a broken line means that something may have been missed.
                    failed, lost = 0, True
                    while True:
                        await self._one(channel, deliver, hear)
            except _TROUBLE as problem:
                failed, lost = failed + 1, True
                await _wait("hear live updates", failed, problem)

    async def _one(self, channel, deliver: Deliver, hear: Hear | None) -> None:
        message = await channel.get_message(timeout=HEALTH_EVERY)
        if message is None:
            return
        sender, topics = _read(message.get("data"))
        if topics and sender != self._me:
            await deliver(topics)
        if hear is not None:
            for note in _notes(message.get("data"), self._me):
                await hear(note)

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


def _notes(raw: object, me: str) -> list[Note]:
    """What others said; nothing for what is not a list of small dictionaries of texts, or was said here."""
    try:
        found = json.loads(raw) if isinstance(raw, bytes | str) else None
    except ValueError:
        return []
    if not isinstance(found, dict) or found.get("from") == me or not isinstance(found.get("notes"), list):
        return []
    return [note for note in found["notes"][:MOST_NOTES] if isinstance(note, dict) and _is_text(note)]


def _is_text(note: dict) -> bool:
    return all(isinstance(each, str) for pair in note.items() for each in pair)


async def _wait(what: str, failed: int, problem: Exception) -> None:
    if failed in (1, len(WAITS)):
        log.warning("Redis can't be reached to %s: %s", what, problem or type(problem).__name__)
    await asyncio.sleep(WAITS[min(failed, len(WAITS)) - 1])
