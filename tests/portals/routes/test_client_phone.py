"""A client's passkey over HTTP: who is given a challenge, what an answer opens, and what everybody else reads."""

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.domains.signing_in import passkeys
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.client_phone import KEPT, PHONE_ROUTES
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal
from tests.support.authenticator import Phone

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
ELSEWHERE = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}


@pytest.fixture
async def door():
    transport = httpx.ASGITransport(app=Starlette(routes=[*CLIENT_ROUTES, *PHONE_ROUTES]), client=("203.0.113.9", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def _said(answer: httpx.Response, path: str) -> dict[str, str]:
    return flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", path)[0]


async def _came_in_once(cast, door) -> str:
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token = await newest_token()
    await door.post("/session/client", data={"token": token, "pin": await newest_pin()})
    return token


async def test_a_phone_is_remembered_and_opens_the_link_without_a_pin(cast, door):
    token = await _came_in_once(cast, door)
    options = await door.post("/session/client/phone/ask", data={"page": "/portal"})
    assert options.status_code == 200 and options.headers["cache-control"] == "no-store"
    phone = Phone()
    made = {"answer": phone.make(options.text), "page": "/portal/privacy", "_intention": "1" * 36}
    for _ in range(2):  # pressed twice
        kept = await door.post("/session/client/phone", data=made)
        assert kept.headers["location"] == "/portal/privacy"
        assert _said(kept, "/portal/privacy") == {"kept": KEPT}
    door.cookies.clear()
    options = await door.post("/session/client/passkey/ask", data={"token": token})
    came = {"token": token, "answer": phone.use(options.text), "to": "documents", "_intention": "2" * 36}
    for _ in range(2):
        door.cookies.clear()
        answer = await door.post("/session/client/passkey", data=came)
        assert answer.headers["location"] == "/portal/consent" and answer.cookies.get("client-session")
        assert answer.cookies.get("device"), "the browser is known from then on"


async def test_strangers_make_none_and_are_given_no_challenge(cast, door):
    for cookie in ("", cast.cookies["alice"], cast.cookies["priya"]):
        asked = await door.post("/session/client/phone/ask", data={"x": "1"}, headers={"cookie": cookie})
        assert asked.status_code == 401 and "challenge" not in asked.text
        kept = await door.post("/session/client/phone", data={"answer": "{}"}, headers={"cookie": cookie})
        assert kept.headers["location"] == "/portal/ended"
    for token in ("", "nonsense", "x" * 500):
        asked = await door.post("/session/client/passkey/ask", data={"token": token})
        assert asked.status_code == 409 and "challenge" not in asked.text
        answer = await door.post("/session/client/passkey", data={"token": token, "answer": "{}"})
        assert "client-session" not in answer.headers["set-cookie"]


async def test_forms_of_other_sites_are_refused(cast, door):
    for route in PHONE_ROUTES:
        assert (await door.post(route.path, data={"x": "1"}, headers=ELSEWHERE)).status_code == 403


async def test_a_wrong_answer_is_a_sentence_and_leads_nowhere_else(cast, door):
    token = await _came_in_once(cast, door)
    answer = await door.post("/session/client/phone", data={"answer": "{}", "page": "https://evil.example"})
    assert answer.headers["location"] == "/portal" and _said(answer, "/portal") == {"phone": passkeys.REFUSED}
    door.cookies.clear()
    answer = await door.post("/session/client/passkey", data={"token": token, "answer": "{}"})
    assert answer.headers["location"] == f"/portal/{token}"
    assert _said(answer, f"/portal/{token}") == {"": passkeys.REFUSED}


async def test_whoever_goes_through_links_is_slowed_down(cast, door):
    token = await _came_in_once(cast, door)
    for _ in range(30):
        answer = await door.post("/session/client/passkey/ask", data={"token": "nonsense"})
    answer = await door.post("/session/client/passkey/ask", data={"token": token})
    assert answer.status_code == 409 and "Too many tries" in answer.json()["error"]
