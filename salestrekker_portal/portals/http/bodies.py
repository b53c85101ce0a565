"""Bodies that arrive too slowly, and too many of them at once from one place, are cut off.

The server holds a task and a connection for each request whose body it awaits. A phone on a bad line sends a few
kilobytes a second; somebody who sends a byte every quarter of a minute, a thousand times at once, is no phone.
"""

import asyncio
from collections import Counter

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from salestrekker_portal.domains.access.throttles import neighbourhood
from salestrekker_portal.portals.http.requests import client_address

# The first seconds are free; after them the whole body must have come at this rate on average.
GRACE_SECONDS = 20.0
LEAST_BYTES_A_SECOND = 500
# An office behind one address, with everybody uploading at once, stays below.
MOST_FROM_ONE_PLACE = 120
# Of a body that was answered before it had come.
THROWN_AWAY_BYTES = 1024 * 1024
CROWDED = "Too much is being sent from your network at once. Wait a minute and try again."
TOO_SLOW = "That didn't arrive in time. Check your connection and try again."


class TooSlow(Exception):
    """The body stayed behind its rate."""


class BoundedBodies:
    """Stands in front of every HTTP request that has a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(scope):
            await self.app(scope, receive, send)
            return
        place = neighbourhood(client_address(Request(scope)))
        if self._open[place] >= MOST_FROM_ONE_PLACE:
            await _refuse(CROWDED, 429)(scope, receive, send)
            return
        body = _Body(receive, send, arrived=lambda: self._close(place))
        self._open[place] += 1
        try:
            await self.app(scope, body.receive, body.send)
            await body.read_on()
        except TooSlow:
            if not body.answered:
                await _refuse(TOO_SLOW, 408)(scope, receive, send)
        finally:
            body.arrive()

    def _close(self, place: str) -> None:
        self._open[place] -= 1
        if self._open[place] <= 0:
            del self._open[place]


class _Body:
    """One request's body on its way in."""

    def __init__(self, receive: Receive, send: Send, *, arrived) -> None:
        self._receive, self._send, self._arrived = receive, send, arrived
        self._started = asyncio.get_running_loop().time()
        self._bytes, self._done = 0, False
        self.answered = False

    async def receive(self) -> Message:
        """The next piece. Raises TooSlow."""
        if self._done:
            return await self._receive()
        waited = asyncio.get_running_loop().time() - self._started
        left = GRACE_SECONDS + self._bytes / LEAST_BYTES_A_SECOND - waited
        try:
            async with asyncio.timeout(max(0.0, left)):
                message = await self._receive()
        except TimeoutError:
            raise TooSlow from None
        self._bytes += len(message.get("body", b""))
        if not message.get("more_body", False):
            self.arrive()
        return message

    async def read_on(self) -> None:
        """Take and throw away what nobody asked for: whoever is still sending when the connection ends reads no answer,
        and a proxy takes it for a fault of ours. Raises TooSlow."""
        while not self._done and self._bytes < THROWN_AWAY_BYTES:
            await self.receive()

    async def send(self, message: Message) -> None:
        self.answered = True
        await self._send(message)

    def arrive(self) -> None:
        """Nothing more is awaited; counted once."""
        if not self._done:
            self._done = True
            self._arrived()


def _has_body(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers


def _refuse(sentence: str, status: int) -> PlainTextResponse:
    return PlainTextResponse(sentence, status, headers={"connection": "close", "retry-after": "60"})
