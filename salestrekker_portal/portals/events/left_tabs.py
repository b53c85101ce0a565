"""Lets go of what tabs leave behind in memory: a closed tab for minutes, not for half a day.

A State is a view that an address rebuilds, so whoever comes back later is shown the same page from the database; what
was typed is kept by the browser. A tab with nobody signed in has nothing that anybody would miss. With Redis the
tabs' State is not here, and expires there.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory

from salestrekker_portal.portals.events.gate import TabBinding
from salestrekker_portal.portals.events.live import subscriptions

# A laptop that slept through a meeting finds its open drawer again.
SIGNED_IN_SECONDS = 15 * 60
NOBODY_SECONDS = 2 * 60
LOOK_EVERY_SECONDS = 30


class LeftTabs:
    """Since when each tab that the manager holds has no connection."""

    def __init__(
        self,
        manager: StateManagerMemory,
        is_connected: Callable[[str], bool],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._manager, self._is_connected, self._now = manager, is_connected, now
        self._left: dict[str, float] = {}

    async def look(self) -> int:
        """Let go of those that were left long enough ago; how many."""
        gone = 0
        tokens = {key: token for key, (_, token) in list(self._manager._token_expires_at.items())}
        self._left = {key: since for key, since in self._left.items() if key in tokens}
        for key, token in tokens.items():
            if self._is_connected(token.ident):
                self._left.pop(key, None)
                continue
            since = self._left.setdefault(key, self._now())
            if self._now() - since < await self._patience(key) or self._is_busy(token):
                continue
            self._manager._purge_token(token)
            self._left.pop(key, None)
            subscriptions.forget(token.ident)
            gone += 1
        return gone

    def _is_busy(self, token: Any) -> bool:
        lock = self._manager._states_locks.get(token.lock_key)
        return lock is not None and lock.locked()

    async def _patience(self, key: str) -> float:
        """How long the State of a tab is kept for its return, in seconds."""
        state = self._manager.states.get(key)
        if state is None or not isinstance(state, rx.State):
            return NOBODY_SECONDS
        binding = await state.get_state(TabBinding)
        return SIGNED_IN_SECONDS if any(binding._bound.values()) else NOBODY_SECONDS


async def let_go_of_left_tabs(app: rx.App) -> None:
    """Look for them until cancelled. Returns at once where no State is in memory."""
    manager, namespace = app.state_manager, app.event_namespace
    if not isinstance(manager, StateManagerMemory) or namespace is None:
        return
    sockets = namespace._token_manager.token_to_socket
    left = LeftTabs(manager, lambda token: token in sockets)
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        await left.look()
