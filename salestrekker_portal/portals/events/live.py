"""Live updates: a tab subscribes to topics and receives nothing but a changed number.

The tab then asks for what it may see through its own, authorised event, so a push can't leak. This module and
left_tabs.py are the only users of Reflex's private token manager.
"""

import asyncio
import logging
import time
from collections import defaultdict
from typing import Any

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER

from salestrekker_portal.portals.events.gate import ANYONE, allow

log = logging.getLogger(__name__)

# A burst of commits becomes one bump per tab.
GATHER_SECONDS = 0.03
# Each tab that waits already makes the next one this much later: a change that hundreds watch leaves room for whoever
# is typing, and while it is told to them what comes after it joins it. About what one tab's second look costs.
SPACING_SECONDS = 0.01


class LiveState(rx.State):
    """The number that says "look again". One a tab; pages react to its change."""

    revision: int = 0
    # The same for what stands around every page: the bell.
    news: int = 0

    @rx.event
    @allow(ANYONE)
    def woke(self) -> None:
        """A tab that was asleep or offline asks to look again."""
        self.revision += 1
        self.news += 1


class Subscriptions:
    """Which tabs watch which topics, in this process."""

    def __init__(self) -> None:
        self._tabs: dict[str, set[str]] = defaultdict(set)
        # The same the other way round, so that a tab can leave without a search through all topics.
        self._topics: dict[str, frozenset[str]] = {}
        self._around: dict[str, str] = {}
        # Tabs that are about to be woken: what commits meanwhile joins them.
        self._waiting: dict[str, set[str]] = {}
        # asyncio holds tasks weakly; one that nobody keeps can vanish before it has run.
        self._tasks: set[asyncio.Task] = set()
        self._app: rx.App | None = None

    def attach(self, app: rx.App) -> None:
        self._app = app

    def watch(self, token: str, *topics: str) -> None:
        """This tab now shows these topics and no others, beside what stands around every page."""
        self._leave(token)
        kept = self._around.get(token)
        self._topics[token] = frozenset((*topics, *((kept,) if kept else ())))
        for topic in self._topics[token]:
            self._tabs[topic].add(token)

    def stands_around(self, token: str, topic: str) -> None:
        """This topic is on every page of this tab from now on, instead of the one before: somebody's bell."""
        before = self._around.get(token)
        if before is not None and before != topic:
            self._topics[token] = self._topics.get(token, frozenset()) - {before}
            self._tabs[before].discard(token)
        self._around[token] = topic
        self.also(token, topic)

    def also(self, token: str, *topics: str) -> None:
        """This tab shows these topics as well."""
        self._topics[token] = self._topics.get(token, frozenset()) | set(topics)
        for topic in topics:
            self._tabs[topic].add(token)

    def forget(self, token: str) -> None:
        """This tab is gone."""
        self._around.pop(token, None)
        self._leave(token)

    def _leave(self, token: str) -> None:
        for topic in self._topics.pop(token, ()):
            self._tabs[topic].discard(token)
            if not self._tabs[topic]:
                del self._tabs[topic]

    @property
    def open_tabs(self) -> int:
        """How many tabs of this process watch something."""
        return len(self._topics)

    def watchers(self, topics: frozenset[str]) -> set[str]:
        return set().union(*(self._tabs.get(topic, ()) for topic in topics))

    async def wake_all(self) -> None:
        """Something may have been missed: every tab looks again."""
        await self.publish(frozenset(self._tabs))

    async def publish(self, topics: frozenset[str]) -> None:
        """Wake the tabs on these topics, soon, without making the writer wait."""
        for token in self.watchers(topics):
            bell = self._around.get(token)
            changed = {"news"} if bell in topics else set()
            if (topics & self._topics.get(token, frozenset())) - {bell}:
                changed.add("revision")
            if token in self._waiting:
                self._waiting[token] |= changed
                continue
            wait = GATHER_SECONDS + SPACING_SECONDS * len(self._waiting)
            self._waiting[token] = changed
            task = asyncio.create_task(self._bump(token, wait))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _bump(self, token: str, wait: float) -> None:
        await asyncio.sleep(wait)
        changed = self._waiting.pop(token, set())
        if self._app is None:
            return
        # A tab that was closed, or went to another process, says nothing. It is found out here, when it would be woken.
        namespace = self._app.event_namespace
        if namespace is None or not _is_here(namespace, token):
            self.forget(token)
            return
        try:
            await namespace.emit_update(_look_again(changed), token)
        except Exception:
            # The tab looks again by itself when it comes back; whoever runs this wants to know all the same.
            log.exception("a tab could not be woken")


def _is_here(namespace: Any, token: str) -> bool:
    manager = namespace._token_manager
    socket = manager.token_to_socket.get(token)
    return socket is not None and socket.instance_id == manager.instance_id


def _look_again(names: set[str]) -> StateUpdate:
    """A number that this tab has not seen, straight to its socket: its State is neither locked nor read nor kept.

    Half of what a change that many watch did cost was that State. The number is the time in milliseconds, because
    the process that wakes a tab next may be another one.
    """
    number = time.time_ns() // 1_000_000
    return StateUpdate(delta={LiveState.get_full_name(): {f"{name}{FIELD_MARKER}": number for name in names}})


subscriptions = Subscriptions()
