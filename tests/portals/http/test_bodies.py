"""A body that nobody asked for is taken for a while, so that whoever sends it reads the answer."""

import pytest
from starlette.responses import PlainTextResponse

from salestrekker_portal.portals.http import bodies
from salestrekker_portal.portals.http.bodies import THROWN_AWAY_BYTES, BoundedBodies

PIECE = 64 * 1024


async def posted(app, size: int, *, read: bool = False, slow: bool = False):
    """What is said, and how much of a body of `size` bytes was taken."""
    sent, said = 0, []

    async def receive():
        nonlocal sent
        if slow and sent:
            raise TimeoutError
        left = size - sent
        sent += min(PIECE, left)
        return {"type": "http.request", "body": b"a" * min(PIECE, left), "more_body": left > PIECE}

    async def send(message):
        said.append((message["type"], message.get("status")))

    headers = [(b"content-length", str(size).encode())]
    scope = {"type": "http", "method": "POST", "path": "/board", "headers": headers, "client": ("203.0.113.7", 1)}
    await app(scope, receive, send)
    return [status for kind, status in said if kind == "http.response.start"], sent


async def refused(scope, receive, send):
    await PlainTextResponse("Not here", 405)(scope, receive, send)


@pytest.mark.parametrize("size", [1, PIECE, PIECE + 1, THROWN_AWAY_BYTES - 1, THROWN_AWAY_BYTES])
async def test_what_is_not_read_is_taken_after_the_answer(size):
    app = BoundedBodies(refused)
    assert await posted(app, size) == ([405], size)
    assert not app._open


async def test_not_without_an_end():
    app = BoundedBodies(refused)
    statuses, taken = await posted(app, 100 * THROWN_AWAY_BYTES)
    assert statuses == [405] and taken <= THROWN_AWAY_BYTES + PIECE
    assert not app._open


async def test_nor_at_any_pace(monkeypatch):
    """Answered once, however it goes on."""
    app = BoundedBodies(refused)
    assert await posted(app, 5 * PIECE, slow=True) == ([405], PIECE)
    assert not app._open


async def test_what_was_read_is_not_read_again():
    async def reads(scope, receive, send):
        while (await receive())["more_body"]:
            pass
        await PlainTextResponse("ok")(scope, receive, send)

    assert await posted(BoundedBodies(reads), 3 * PIECE) == ([200], 3 * PIECE)
    assert bodies.THROWN_AWAY_BYTES >= 1024 * 1024
