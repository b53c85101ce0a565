"""What a closed tab leaves goes from Redis within minutes, and stays for a tab that comes back."""

import asyncio
from types import SimpleNamespace

import pytest
import reflex as rx
from redis.asyncio import Redis
from reflex.istate.manager.redis import StateManagerRedis

from salestrekker_portal.portals.events import left_in_redis as module
from salestrekker_portal.portals.events.left_in_redis import LeftInRedis, every_state
from salestrekker_portal.portals.events.live import LiveState
from tests.adapters.test_live_redis import redis, until  # noqa: F401  a Redis of our own

TAB, LONG = "3f1c8a52-77aa-4d7a-9a53-8a5f0c1f2e11", 3600


class Tokens:
    def __init__(self) -> None:
        self.open: set[str] = set()

    async def is_token_connected(self, token: str) -> bool:
        return token in self.open


class Namespace:
    """As much of Reflex's as connections need."""

    def __init__(self) -> None:
        self.sid_to_token: dict[str, str] = {}
        self._token_manager = Tokens()

    async def on_connect(self, sid: str, environ: dict, auth: object = None) -> None:
        self.sid_to_token[sid] = environ["token"]
        self._token_manager.open.add(environ["token"])

    def on_disconnect(self, sid: str) -> asyncio.Task:
        token = self.sid_to_token.pop(sid)

        async def clean() -> None:
            if token not in self.sid_to_token.values():
                self._token_manager.open.discard(token)

        return asyncio.create_task(clean())


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(module, "SETTLED_AFTER", 0.3)


def attached(manager: object) -> Namespace:
    app = SimpleNamespace(event_namespace=Namespace(), state_manager=manager)
    LeftInRedis().attach(app)  # type: ignore[arg-type]
    return app.event_namespace


async def opened(namespace: Namespace, manager, sid: str = "first") -> None:
    await namespace.on_connect(sid, {"token": TAB}, None)
    async with manager.modify_state(rx.BaseStateToken(ident=TAB, cls=LiveState)) as root:
        (await root.get_state(LiveState)).revision += 1


async def test_redis_forgets_a_closed_tab_within_minutes(redis, short) -> None:  # noqa: F811
    client = Redis.from_url(redis.url)
    manager = StateManagerRedis(redis=client, token_expiration=LONG)
    namespace = attached(manager)
    await opened(namespace, manager)
    keys = [key async for key in client.scan_iter(f"{TAB}_*") if b"lock" not in key]
    assert keys

    async def ttls() -> list[int]:
        return [await client.ttl(key) for key in keys]

    assert min(await ttls()) > LONG - 60
    await namespace.on_disconnect("first")

    async def is_short() -> bool:
        return max(await ttls()) <= module.KEPT_SECONDS

    async def is_long() -> bool:
        return min(await ttls()) > module.KEPT_SECONDS

    await until(is_short)
    await client.set(keys[0], await client.get(keys[0]), ex=LONG)  # an event that ended after its tab did
    await until(is_short)
    await namespace.on_connect("second", {"token": TAB}, None)
    await until(is_long)
    await manager.close()
    await client.aclose()


async def test_a_tab_that_changed_its_connection_was_never_away(redis, short) -> None:  # noqa: F811
    client = Redis.from_url(redis.url)
    manager = StateManagerRedis(redis=client, token_expiration=LONG)
    namespace = attached(manager)
    await opened(namespace, manager)
    # The new connection is there before the end of the old one is noticed.
    await namespace.on_connect("second", {"token": TAB}, None)
    await namespace.on_disconnect("first")
    await asyncio.sleep(0.6)
    keys = [key async for key in client.scan_iter(f"{TAB}_*") if b"lock" not in key]
    assert keys and min([await client.ttl(key) for key in keys]) > LONG - 60
    await manager.close()
    await client.aclose()


def test_every_state_of_the_product_is_known() -> None:
    from salestrekker_portal.portals import every_page  # noqa: F401

    assert LiveState in set(every_state()) and len(set(every_state())) > 60
