"""Staff's passkeys over HTTP: adding one, and the second step with it instead of six digits."""

from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.second_step import reset_factor
from salestrekker_portal.domains.signing_in import passkeys
from salestrekker_portal.domains.signing_in.own_passkeys import NAME_IT
from salestrekker_portal.domains.signing_in.second_step import how_it_stands
from salestrekker_portal.portals.http import flash, half
from salestrekker_portal.portals.routes.passkeys import ADDED, PASSKEY_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.tables.access import Passkey
from salestrekker_portal.tables.organisations import User
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.security_log import SecurityEvent
from tests.factories import PASSWORD
from tests.support.authenticator import Phone

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
ELSEWHERE = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
ALICE = {"email": "alice@example.com", "password": PASSWORD, "next": "/deals/1"}
PAGE = "/settings/security"


@pytest.fixture
async def web():
    transport = httpx.ASGITransport(app=Starlette(routes=[*ROUTES, *PASSKEY_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def _said(answer: httpx.Response, path: str) -> dict[str, str]:
    return flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", path)[0]


async def _add(web, cast, name: str = "Work laptop") -> Phone:
    held = {"cookie": cast.cookies["alice"]}
    options = await web.post("/session/passkey/ask", data={"page": PAGE}, headers=held)
    phone = Phone()
    form = {"answer": phone.make(options.text), "name": name, "page": PAGE, "_intention": "1" * 36}
    for _ in range(2):  # pressed twice
        answer = await web.post("/session/passkey", data=form, headers=held)
        assert answer.headers["location"] == PAGE and _said(answer, PAGE) == {"added": ADDED}
    web.cookies.clear()
    return phone


async def _kinds() -> list[tuple[str, str]]:
    async with reading() as session:
        rows = await session.scalars(select(SecurityEvent).order_by(SecurityEvent.id))
        return [(row.kind, row.facts.get("way", "")) for row in rows if row.kind.startswith(("factor", "sign_in"))]


async def test_a_passkey_is_the_second_step_and_satisfies_the_firm(cast, web):
    phone = await _add(web, cast)
    async with reading() as session:
        assert (await session.get(User, cast.alice.id)).factor_since
        told = await session.scalars(select(OutboxMessage.kind))
        assert list(told).count("account.changed") == 1
        stands = await how_it_stands(session, cast.alice)
    assert stands.since is None and stands.required_from is None
    first = await web.post("/session/broker", data=ALICE)
    assert first.headers["location"] == "/sign-in/code" and "broker-session" not in first.cookies
    options = await web.post("/session/code/passkey/ask", data={"x": "1"})
    answer = await web.post("/session/code/passkey", data={"answer": phone.use(options.text)})
    assert answer.headers["location"] == "/deals/1" and answer.cookies.get("broker-session")
    assert await _kinds() == [("factor:passkey_added", ""), ("sign_in:password", "with a password and a passkey")]
    # The half is used up with it.
    again = await web.post("/session/code/passkey", data={"answer": "{}"})
    assert again.headers["location"] == "/sign-in" and _said(again, "/sign-in") == {"": half.OVER}


async def test_what_does_not_fit_lets_nobody_in_and_is_written_down(cast, web):
    phone = await _add(web, cast)
    await web.post("/session/broker", data=ALICE)
    options = (await web.post("/session/code/passkey/ask", data={"x": "1"})).text
    for wrong in ("", "{}", Phone(id=phone.id).use(options), Phone(origin="https://evil.example").use(options)):
        answer = await web.post("/session/code/passkey", data={"answer": wrong})
        assert answer.headers["location"] == "/sign-in/code" and "broker-session" not in answer.cookies
        assert _said(answer, "/sign-in/code") == {"": passkeys.REFUSED}
    assert [kind for kind, _ in await _kinds()].count("factor:refused") == 4
    # A challenge belongs to the sign-in that asked for it.
    options = (await web.post("/session/code/passkey/ask", data={"x": "1"})).text
    signed = phone.use(options)
    web.cookies.clear()
    await web.post("/session/broker", data=ALICE)
    assert "broker-session" not in (await web.post("/session/code/passkey", data={"answer": signed})).cookies


async def test_strangers_and_other_sites_are_turned_away(cast, web):
    for route in PASSKEY_ROUTES:
        assert (await web.post(route.path, data={"x": "1"}, headers=ELSEWHERE)).status_code == 403
    assert (
        await web.post("/session/partner/passkey/ask", data={"x": "1"}, headers={"cookie": cast.cookies["alice"]})
    ).status_code == 401
    for cookie in ("", cast.cookies["kim"], cast.cookies["priya"]):
        asked = await web.post("/session/passkey/ask", data={"x": "1"}, headers={"cookie": cookie})
        assert asked.status_code == 401 and "challenge" not in asked.text
        answer = await web.post("/session/passkey", data={"answer": "{}"}, headers={"cookie": cookie})
        assert answer.headers["location"] == "/sign-in"
    assert (await web.post("/session/code/passkey/ask", data={"x": "1"})).status_code == 401


async def test_a_name_is_asked_for_and_what_was_typed_stays(cast, web):
    held = {"cookie": cast.cookies["alice"]}
    for name in (" ", "x" * 61):
        answer = await web.post("/session/passkey", data={"answer": "{}", "name": name, "page": "//evil"}, headers=held)
        assert answer.headers["location"] == PAGE
        errors, typed = flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", PAGE)
        assert errors == {"name": NAME_IT} and typed == {"name": name}


async def test_an_admin_takes_a_lost_passkey_away(cast, web):
    await _add(web, cast)
    async with transaction() as session:
        await reset_factor(session, replace(cast.alice, id=cast.bob.id), cast.alice.id)
    async with reading() as session:
        assert await session.scalar(select(Passkey)) is None
        assert (await session.get(User, cast.alice.id)).factor_since is None
    assert (await web.post("/session/broker", data=ALICE)).headers["location"] == "/deals/1"
