"""One tab of the product over its socket, without a browser: thousands of them fit where one browser does."""

import asyncio
import json
import re
import uuid
from contextlib import suppress

import socketio
from socketio.exceptions import SocketIOError

ROOT = "reflex___state____state"
SETTLED = re.compile(r'\[\\*"settled\\*", *\\*"([0-9a-f-]{36})')
NAMESPACE, PATIENCE_SECONDS = "/_event", 20
HYDRATING = '"is_hydrated_rx_state_": false'


class Tab:
    """Somebody's page, by their cookie and its address. `last` is the newest update, `bytes` all that was heard."""

    def __init__(self, url: str, cookie: str, path: str) -> None:
        self.url, self.cookie, self.path = url, cookie, path
        self.token = str(uuid.uuid4())
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.bytes = 0
        self.last = ""
        # Words that are waited for, and whether they have come, whatever was being read then.
        self.wanted, self.has_come = "", False
        # The intentions whose presses are over: done or refused.
        self.settled: set[str] = set()
        # What the page sends by itself when it is woken: part of an update -> handlers by their full names.
        self.follows: dict[str, list[str]] = {}
        self._answering: set[asyncio.Task] = set()
        self.socket = self._new_socket()

    def _new_socket(self) -> socketio.AsyncClient:
        socket = socketio.AsyncClient(reconnection=False)
        socket.on("event", self._hear, namespace=NAMESPACE)
        return socket

    async def _hear(self, update: dict | str) -> None:
        said = update if isinstance(update, str) else json.dumps(update)
        self.bytes += len(said)
        self.heard.put_nowait(said)
        self.settled.update(SETTLED.findall(said))
        self.has_come = self.has_come or (bool(self.wanted) and self.wanted in said)
        woken = {} if "is_hydrated_rx_state_" in said else self.follows
        for handler in (each for words, handlers in woken.items() if words in said for each in handlers):
            task = asyncio.create_task(self._answer(handler))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer(self, handler: str) -> None:
        with suppress(SocketIOError):
            await self.say(handler)

    def want(self, words: str) -> None:
        self.wanted, self.has_come = words, False

    async def until(self, words: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait for an update that says these words. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            self.last = await self.heard.get()
            while words not in self.last:
                self.last = await self.heard.get()

    def forget(self) -> None:
        """What came by itself until now is no answer to what is said next."""
        while not self.heard.empty():
            self.heard.get_nowait()

    async def arrive(self) -> None:
        """Connect, and wait until the page's own handlers have said what they know."""
        first = {"name": f"{ROOT}.hydrate_and_load", "payload": {}, "router_data": self._at}
        await self.socket.connect(
            f"{self.url}?token={self.token}",
            headers={"Origin": self.url, "Cookie": self.cookie},
            transports=["websocket"],
            namespaces=[NAMESPACE],
            socketio_path="_event",
            auth={"event": first},
        )
        # The first answer holds every State as it is made; what the page's own handlers say comes after it.
        await self.until(HYDRATING)
        await self.until("_rx_state_")
        while HYDRATING in self.last:
            await self.until("_rx_state_")

    async def arrive_again(self) -> None:
        """After the line was lost: the same tab on a new one, as a browser does it."""
        await self.leave()
        self.forget()
        self.socket = self._new_socket()
        await self.arrive()

    @property
    def _at(self) -> dict[str, str]:
        return {"pathname": self.path, "asPath": self.path}

    async def say(self, handler: str, **payload: object) -> None:
        """Send one event, by its full name. Raises SocketIOError when the line is gone."""
        event = {"name": handler, "payload": payload, "router_data": self._at}
        await self.socket.emit("event", event, namespace=NAMESPACE)

    async def leave(self) -> None:
        with suppress(SocketIOError, OSError):
            await self.socket.disconnect()
