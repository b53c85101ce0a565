"""What a closed tab leaves in Redis is gone within minutes; a tab that comes back in time finds all as it was.

An open tab keeps its state for hours, whichever process looks after it: dozens of keys, with people's data in them.
When its connection ends nobody can say whether it was closed or only lost its network (a phone in a pocket), so they
stay for a while and then go. What is in memory: left_tabs.py.
"""

import asyncio
import logging
from collections.abc import Iterator

import reflex as rx
from reflex.istate.manager.redis import StateManagerRedis

log = logging.getLogger(__name__)

KEPT_SECONDS = 15 * 60
# What was being done when the connection ended is written after that, and with the long time.
SETTLED_AFTER = 60.0


def every_state() -> Iterator[type[rx.State]]:
    """All States of the product: each is a key of a tab."""
    waiting: list = [rx.State.get_root_state()]
    while waiting:
        state = waiting.pop()
        yield state
        waiting.extend(state.get_substates())


class LeftInRedis:
    """Follows the connections of one process."""

    def __init__(self) -> None:
        self._app: rx.App | None = None
        self._tasks: set[asyncio.Task] = set()

    def attach(self, app: rx.App) -> None:
        """Hear of each connection that begins and ends."""
        self._app, namespace = app, app.event_namespace
        if namespace is None or not isinstance(app.state_manager, StateManagerRedis):
            return
        connect, disconnect = namespace.on_connect, namespace.on_disconnect

        async def on_connect(sid: str, environ: dict, auth: object = None) -> object:
            answer = await connect(sid, environ, auth)
            token = namespace.sid_to_token.get(sid)
            if token is not None:
                self._begin(self._came_back(token))
            return answer

        def on_disconnect(sid: str) -> asyncio.Task | None:
            token = namespace.sid_to_token.get(sid)
            cleaning = disconnect(sid)
            if token is not None:
                self._begin(self._left(token, cleaning))
            return cleaning

        namespace.on_connect, namespace.on_disconnect = on_connect, on_disconnect  # type: ignore[method-assign]

    def _begin(self, work) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("a tab's state could not be told how long it stays", exc_info=task.exception())

    async def _left(self, token: str, cleaning: asyncio.Task | None) -> None:
        if cleaning is not None:
            await asyncio.wait([cleaning])
        for pause in (0.0, SETTLED_AFTER):
            await asyncio.sleep(pause)
            if await self._is_open(token):
                return
            await self._stays_for(token, KEPT_SECONDS)

    async def _came_back(self, token: str) -> None:
        await self._stays_for(token, self._redis.token_expiration)

    async def _is_open(self, token: str) -> bool:
        namespace = self._app.event_namespace if self._app is not None else None
        return namespace is not None and await namespace._token_manager.is_token_connected(token)

    @property
    def _redis(self) -> StateManagerRedis:
        assert self._app is not None
        manager = self._app.state_manager
        assert isinstance(manager, StateManagerRedis)
        return manager

    async def _stays_for(self, token: str, seconds: int) -> None:
        key = rx.BaseStateToken(ident=token, cls=rx.State)._state_key
        async with self._redis.redis.pipeline(transaction=False) as asked:
            for state in every_state():
                asked.expire(key(state), seconds)
            await asked.execute()


left_in_redis = LeftInRedis()
