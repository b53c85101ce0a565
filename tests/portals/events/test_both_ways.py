"""Events over plain HTTP: from our own pages only, by whoever opened the connection, and so many a place."""

from types import SimpleNamespace

import httpx
import pytest
from reflex.app import AsyncServer, EngineIOApp
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from salestrekker_portal.config import Settings
from salestrekker_portal.portals.events import both_ways
from salestrekker_portal.portals.events.both_ways import (
    AFTER,
    MADE,
    MAKES,
    ONE_WAY,
    PollingDoor,
    either_way,
    take_both_ways,
)
from salestrekker_portal.portals.incoming.cookies import cookie_name
from salestrekker_portal.tables.access import Portal

HERE = "http://localhost:8000"
KIM = {"cookie": f"{cookie_name(Portal.CLIENT)}=kim"}
SHAKE = "/_event/?EIO=4&transport=polling"


@pytest.fixture
def server(monkeypatch):
    """The engine as Reflex makes it, behind the door."""
    monkeypatch.setattr(both_ways, "settings", lambda: Settings(port=8000))
    sio = AsyncServer(async_mode="asgi", cors_allowed_origins=[HERE], transports=["websocket"])
    take_both_ways(SimpleNamespace(sio=sio))
    app = Starlette(
        routes=[
            Route("/health", lambda _: PlainTextResponse("ok")),
            Mount("/_event", EngineIOApp(sio, socketio_path="")),
        ]
    )
    yield PollingDoor(app)
    both_ways.polling._sio = None


def client(server, address: str = "203.0.113.9") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(server, client=(address, 1)), base_url=HERE)


async def shake(browser: httpx.AsyncClient, **headers: str) -> str:
    answer = await browser.get(SHAKE, headers=headers)
    assert answer.status_code == 200, answer.text
    return httpx.Response(200, content=answer.text[1:]).json()["sid"]


async def test_our_own_page_shakes_hands_posts_and_polls(server):
    async with client(server) as browser:
        sid = await shake(browser, **KIM)
        posted = await browser.post(f"{SHAKE}&sid={sid}", content="40", headers={"origin": HERE, **KIM})
        polled = await browser.get(f"{SHAKE}&sid={sid}", headers={"sec-fetch-site": "same-origin", **KIM})
    assert (posted.status_code, posted.text, polled.status_code) == (200, "OK", 200)
    assert polled.text.startswith("40{")


@pytest.mark.parametrize(
    "hostile",
    [
        {"origin": "https://evil.example.com"},
        {"origin": "null"},
        {"origin": "https://evil.example.com", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_another_page_neither_opens_nor_polls_nor_posts(server, hostile):
    async with client(server) as browser:
        sid = await shake(browser, **KIM)
        tries = [
            await browser.get(SHAKE, headers={**hostile, **KIM}),
            await browser.get(f"{SHAKE}&sid={sid}", headers={**hostile, **KIM}),
            await browser.post(f"{SHAKE}&sid={sid}", content="40", headers={**hostile, **KIM}),
        ]
        assert [answer.status_code for answer in tries] == [403, 403, 403]
        assert (await browser.get("/health", headers=hostile)).status_code == 200


async def test_a_post_that_names_no_page_is_refused(server):
    async with client(server) as browser:
        sid = await shake(browser)
        assert (await browser.post(f"{SHAKE}&sid={sid}", content="40")).status_code == 403


@pytest.mark.parametrize("other", ["", f"{cookie_name(Portal.CLIENT)}=lou", "nonsense;;="])
async def test_the_id_of_a_connection_is_no_key(server, other):
    async with client(server) as browser:
        sid = await shake(browser, **KIM)
        headers = {"cookie": other, "origin": HERE}
        assert (await browser.post(f"{SHAKE}&sid={sid}", content="40", headers=headers)).status_code == 403
        assert (await browser.get(f"{SHAKE}&sid={sid}", headers=headers)).status_code == 403
        said: list[dict] = []
        scope = {
            "type": "websocket",
            "path": "/_event/",
            "query_string": f"EIO=4&transport=websocket&sid={sid}".encode(),
            "headers": [(b"cookie", other.encode())],
        }
        await server(scope, None, lambda message: _keep(said, message))
        assert said == [{"type": "websocket.close", "code": 1008}]


async def _keep(said: list[dict], message: dict) -> None:
    said.append(message)


async def test_somebody_who_also_signs_in_elsewhere_goes_on(server):
    async with client(server) as browser:
        sid = await shake(browser, **KIM)
        both = {"cookie": f"{KIM['cookie']}; {cookie_name(Portal.BROKER)}=alice", "origin": HERE}
        assert (await browser.post(f"{SHAKE}&sid={sid}", content="40", headers=both)).status_code == 200


async def test_so_many_a_place(server, monkeypatch):
    monkeypatch.setattr(both_ways, "MOST_FROM_ONE_PLACE", 3)
    async with client(server) as crowd, client(server, "198.51.100.4") as another:
        opened = [await shake(crowd) for _ in range(3)]
        assert (await crowd.get(SHAKE)).status_code == 429
        assert await shake(another)
        await crowd.post(f"{SHAKE}&sid={opened[0]}", content="1", headers={"origin": HERE})
        assert await shake(crowd)


async def knock(server, address: str = "203.0.113.9") -> list[str]:
    """What a websocket of its own is told."""
    told = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        told.append(message["type"])

    headers = [(b"origin", HERE.encode()), (b"host", b"localhost:8000")]
    scope = {"type": "websocket", "path": "/_event/", "query_string": b"EIO=4&transport=websocket", "headers": headers}
    passed = PollingDoor(lambda *_: send({"type": "passed"}))
    await passed(scope | {"client": (address, 1), "scheme": "ws"}, receive, send)
    return told


async def test_so_many_a_place_whichever_way_they_take(server, monkeypatch):
    monkeypatch.setattr(both_ways, "MOST_FROM_ONE_PLACE", 3)
    async with client(server) as crowd:
        opened = [await shake(crowd) for _ in range(3)]
        for socket in both_ways.polling._sio.eio.sockets.values():
            socket.upgraded = True  # each went over to a websocket
        assert await knock(server) == ["websocket.close"]
        assert (await crowd.get(SHAKE)).status_code == 429
        assert await knock(server, "198.51.100.4") == ["passed"]
        await both_ways.polling._sio.eio.sockets[opened[0]].close(wait=False)
        assert await knock(server) == ["passed"]


def test_the_client_is_rewritten_once():
    source = f"{AFTER}const createSocket = () {MAKES}{MADE} first {ONE_WAY} second {ONE_WAY}"
    changed = either_way(source, "ways.js")
    assert 'import { bothWays, waysIn } from "ways.js"' in changed
    assert ONE_WAY not in changed and "bothWays(io(endpoint.href" in changed and "}));" in changed
    assert either_way(changed, "ways.js") == changed
    with pytest.raises(RuntimeError, match="review"):
        either_way("another Reflex", "ways.js")
