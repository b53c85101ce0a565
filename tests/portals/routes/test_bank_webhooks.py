"""Callbacks of Basiq, Akahu, illion and the invented bank over real HTTP, against twins that sign like the vendors.

The good ones make the portal go and ask. Everything else is a 403 and changes nothing.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from salestrekker_portal.adapters.bank_akahu import Akahu
from salestrekker_portal.adapters.bank_basiq import Basiq
from salestrekker_portal.adapters.bank_illion import Illion
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.bank_statements import looking, opening
from salestrekker_portal.domains.bank_statements.landing import Store
from salestrekker_portal.domains.bank_statements.rules import WORDING_VERSION
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.routes.bank import BANK_ROUTES
from salestrekker_portal.portals.routes.webhooks import BANK_LIMIT, WEBHOOK_ROUTES
from salestrekker_portal.tables.bank_statements import Provider, StatementRequest, StatementState
from salestrekker_portal.tables.registry import metadata
from tests.adapters.bank_cases import RETURN
from tests.adapters.twins.akahu import AkahuTwin
from tests.adapters.twins.basiq import BasiqTwin
from tests.adapters.twins.illion import IllionTwin
from tests.bank import make_statement_request
from tests.support.local_files import LocalFiles
from tests.support.serving import serving

S = StatementState


class World:
    """The portal that listens, the providers that it asks, and kim who is asked for statements."""

    def __init__(self, cast, providers, store, basiq, akahu, illion, url) -> None:
        self.cast, self.providers, self.store, self.url = cast, providers, store, url
        self.basiq, self.akahu, self.illion = basiq, akahu, illion

    async def opened(self, provider: Provider, **facts):
        """A request of kim's with which she has gone to the provider: the row and the way there."""
        async with transaction() as session:
            request = await make_statement_request(
                session, self.cast.kim_access, self.cast.alice_user, provider=provider, **facts
            )
        _, started = await opening.open_request(
            self.providers, self.cast.kim, request.id, wording=WORDING_VERSION, address=""
        )
        return request, started

    async def post(self, key: str, headers: dict, body: bytes) -> int:
        async with httpx.AsyncClient() as client:
            return (await client.post(f"{self.url}/webhooks/bank/{key}", headers=headers, content=body)).status_code

    async def look(self) -> None:
        await looking.one_round(self.providers, self.store)

    async def row(self, request) -> StatementRequest:
        async with reading() as session:
            return await session.get(StatementRequest, request.id)


@pytest.fixture
async def world(sqlite, cast, monkeypatch, tmp_path):
    basiq, akahu, illion = BasiqTwin(), AkahuTwin(), IllionTwin()
    links = {"link_base": "https://www.bankstatements.com.au", "api_base": illion.url, "api_key": illion.api_key}
    providers = {
        Provider.BASIQ: Basiq(
            api_key=basiq.api_key, webhook_secret=basiq.secret, api_base=basiq.url,
            consent_base="https://consent.basiq.io", pause=0.01,
        ),
        Provider.AKAHU: Akahu(
            app_token=akahu.app_token, app_secret=akahu.app_secret, api_base=akahu.url,
            oauth_base="https://oauth.akahu.nz",
        ),
        Provider.ILLION: Illion(**links),
    }  # fmt: skip
    for module in ("webhooks", "bank"):
        monkeypatch.setattr(f"salestrekker_portal.portals.routes.{module}.bank_providers", lambda: providers)
    store = Store(files=LocalFiles(tmp_path / "files", b"a secret for the tests only"), scanner=NoScanner())
    async with serving([*WEBHOOK_ROUTES, *BANK_ROUTES]) as url:
        yield World(cast, providers, store, basiq, akahu, illion, url)
    clock.freeze(None)
    for twin in (basiq, akahu, illion):
        twin.stop()


async def everything() -> str:
    """Every row of every table."""
    lines = []
    async with reading() as session:
        for table in metadata.sorted_tables:
            lines += sorted(repr(tuple(row)) for row in await session.execute(table.select()))
    return "\n".join(lines)


async def refused(world, key, headers, body) -> None:
    before = await everything()
    assert await world.post(key, headers, body) == 403, (key, headers)
    assert await everything() == before


async def test_basiq_calls_and_the_statements_come(world):
    request, started = await world.opened(Provider.BASIQ)
    world.basiq.connect(started.subject)
    world.basiq.stage(started.subject, 3)
    assert await asyncio.to_thread(world.basiq.call_back, world.url, started.subject) == 200
    await world.look()
    assert (await world.row(request)).state is S.COMPLETE
    await world.look()
    assert world.basiq.users == {}  # our access has ended there


async def test_a_callback_only_makes_us_ask_and_the_provider_has_the_last_word(world):
    request, started = await world.opened(Provider.BASIQ)
    world.basiq.connect(started.subject)
    world.basiq.stage(started.subject, 1)
    assert await asyncio.to_thread(world.basiq.call_back, world.url, started.subject) == 200
    await world.look()
    assert (await world.row(request)).state is S.IN_PROGRESS


async def test_basiq_says_that_the_consent_was_revoked(world):
    request, started = await world.opened(Provider.BASIQ)
    assert await asyncio.to_thread(world.basiq.call_back, world.url, started.subject, "consent.revoked") == 200
    row = await world.row(request)
    assert (row.state, row.problem.value) == (S.WITHDRAWN, "consent_withdrawn")


async def test_basiq_callbacks_that_are_wrong_missing_malformed_replayed_or_stale_change_nothing(world):
    _, started = await world.opened(Provider.BASIQ)
    good, body = world.basiq.callback(started.subject)
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        await refused(world, "basiq", {each: value for each, value in good.items() if each != name}, body)
    for wrong in ("v1,AAAA", "AAAA", "%%%", "v1," + "A" * 5000, good["webhook-signature"][:-4] + "AAA="):
        await refused(world, "basiq", good | {"webhook-signature": wrong}, body)
    for stamp in ("now", "", str(int(time.time()) + 1), "9" * 60):
        await refused(world, "basiq", good | {"webhook-timestamp": stamp}, body)
    for changed in (body.replace(b"updated", b"deleted"), body + b" ", b"", b"\xff", b"[]", b"x" * (BANK_LIMIT + 1)):
        await refused(world, "basiq", good, changed)
    for minutes in (-6, 6):
        await refused(world, "basiq", *world.basiq.callback(started.subject, at=_in(minutes)))
    stranger = BasiqTwin()
    stranger.stop()
    await refused(world, "basiq", *stranger.callback(started.subject))
    assert await world.post("basiq", good, body) == 200
    await refused(world, "basiq", good, body)


async def test_akahu_calls_after_the_client_came_back_and_the_statements_come(world):
    request, started = await world.opened(Provider.AKAHU)
    state = started.url.rsplit("state=", 1)[1].split("&")[0]
    code = world.akahu.agree(_return_of(started.url))
    async with httpx.AsyncClient() as client:
        answer = await client.get(
            f"{world.url}/bank/return", params={"code": code, "state": state},
            headers={"cookie": world.cast.cookies["kim"]},
        )  # fmt: skip
    assert answer.headers["location"] == "/portal/documents#bank"
    assert await asyncio.to_thread(world.akahu.call_back, world.url, request.reference) == 200
    await world.look()
    assert (await world.row(request)).state is S.COMPLETE
    await world.look()
    assert world.akahu.people == {}


async def test_coming_back_with_somebody_elses_code_or_state_does_nothing(world):
    request, started = await world.opened(Provider.AKAHU)
    state = started.url.rsplit("state=", 1)[1].split("&")[0]
    tries = (
        ({"code": world.akahu.agree(RETURN), "state": "made-up"}, "kim"),
        ({"code": world.akahu.agree(RETURN)}, "kim"),
        ({"code": world.akahu.agree(RETURN), "state": state}, "sam"),
        ({"code": world.akahu.agree(RETURN), "state": state}, "alice"),
    )
    before = await everything()
    async with httpx.AsyncClient() as client:
        for words, who in tries:
            cookies = {"cookie": world.cast.cookies[who]}
            answer = await client.get(f"{world.url}/bank/return", params=words, headers=cookies)
            assert answer.status_code == 303
    assert await everything() == before and (await world.row(request)).state is S.OPENED
    assert world.akahu.people == {}


async def test_akahu_callbacks_that_are_wrong_missing_malformed_replayed_or_of_an_old_key_change_nothing(world):
    request, _ = await world.opened(Provider.AKAHU)
    good, body = world.akahu.callback(request.reference, "TOKEN", "DELETE")
    for name in ("x-akahu-signature", "x-akahu-signing-key"):
        await refused(world, "akahu", {each: value for each, value in good.items() if each != name}, body)
    for wrong in ("", "AAAA", "%%%", good["x-akahu-signature"][:-4] + "AAA=", "A" * 9000):
        await refused(world, "akahu", good | {"x-akahu-signature": wrong}, body)
    for key in ("", "0", "99", "one", "../keys/1"):
        await refused(world, "akahu", good | {"x-akahu-signing-key": key}, body)
    for changed in (body.replace(b"DELETE", b"CREATE"), body + b" ", b"", b"\xff", b"x" * (BANK_LIMIT + 1)):
        await refused(world, "akahu", good, changed)
    stranger = AkahuTwin()
    stranger.stop()
    await refused(world, "akahu", *stranger.callback(request.reference))
    world.akahu.rotate()
    assert await world.post("akahu", *world.akahu.callback(request.reference)) == 200
    await refused(world, "akahu", good, body)  # signed with the key before
    again = world.akahu.callback(request.reference, "TOKEN", "DELETE")
    assert await world.post("akahu", *again) == 200
    await refused(world, "akahu", *again)
    assert (await world.row(request)).state is S.WITHDRAWN


async def test_illions_unsigned_word_only_makes_us_pull(world):
    request, started = await world.opened(Provider.ILLION, referral_code="ABCD")
    word = b'{"reference": "%s", "status": "complete"}' % started.refs["code"].encode()
    assert await world.post("illion", {}, word) == 200
    await world.look()
    assert (await world.row(request)).state is S.OPENED  # illion itself has nothing
    world.illion.deliver(started.refs["code"])
    assert await world.post("illion", {}, word) == 200
    await world.look()
    assert (await world.row(request)).state is S.COMPLETE
    before = await everything()
    assert await world.post("illion", {}, b'{"reference": "abcdefghijklmnop"}') == 200
    assert await everything() == before
    for junk in (b"", b"{", b'{"reference": "../x"}', b'{"reference": 5}', b"x" * (BANK_LIMIT + 1)):
        await refused(world, "illion", {}, junk)


async def test_nobody_is_believed_at_an_address_without_a_provider(world):
    for key in ("demonstration", "unheard", "BASIQ", "%2e%2e"):
        await refused(world, key, {}, b"{}")


def _in(minutes: int) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def _return_of(url: str) -> str:
    from urllib.parse import parse_qs, urlsplit

    return parse_qs(urlsplit(url).query)["redirect_uri"][0]
