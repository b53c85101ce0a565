"""The client's front door over HTTP: forms in, cookies and sentences out."""

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.routes.client_call import CALL_ROUTES
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal, sent
from tests.support.later import a_little_later

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture
async def door():
    transport = httpx.ASGITransport(app=Starlette(routes=CLIENT_ROUTES), client=("203.0.113.9", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def _said(answer: httpx.Response, path: str) -> dict[str, str]:
    return flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", path)[0]


async def _invited(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    return await newest_token(), await newest_pin()


async def test_the_right_pin_sets_the_cookie_and_leads_to_consent(cast, door):
    token, pin = await _invited(cast)
    answer = await door.post("/session/client", data={"token": token, "pin": f"{pin[:3]} {pin[3:]}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/portal/consent")
    assert "HttpOnly" in answer.headers["set-cookie"] and "client-session" in answer.headers["set-cookie"]
    receipt = await door.get("/portal/receipt", cookies={"client-session": answer.cookies["client-session"]})
    assert receipt.text.startswith("Nothing has been agreed to yet.")


async def test_a_wrong_pin_counts_and_says_how_many_tries_are_left(cast, door, caplog):
    token, pin = await _invited(cast)
    wrong = f"{(int(pin) + 1) % 1_000_000:06d}"
    for left in ("4 tries", "3 tries"):
        answer = await door.post("/session/client", data={"token": token, "pin": wrong})
        assert left in _said(answer, f"/portal/{token}")["pin"]
        assert "client-session" not in answer.headers["set-cookie"]
    assert wrong not in caplog.text and wrong not in answer.headers["location"]


async def test_forms_of_other_sites_are_refused(cast, door):
    token, pin = await _invited(cast)
    for headers in ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, {"origin": "null"}):
        for path in ("/session/client", "/session/client/pin", "/session/client/link"):
            answer = await door.post(path, data={"token": token, "pin": pin}, headers=headers)
            assert answer.status_code == 403


async def test_a_new_pin_waits_and_the_refusal_is_a_sentence(cast, door):
    token, _ = await _invited(cast)
    answer = await door.post("/session/client/pin", data={"token": token})
    assert "a moment ago" in _said(answer, f"/portal/{token}")["done"]
    await a_little_later()
    answer = await door.post("/session/client/pin", data={"token": token})
    assert "seconds" in _said(answer, f"/portal/{token}")[""]


@pytest.mark.parametrize("token", ["", "x" * 500, "../../board", "nonsense", "a\r\nSet-Cookie: x=1"])
async def test_what_is_not_a_link_leads_to_a_page_that_says_so(cast, door, token):
    for path in ("/session/client", "/session/client/pin", "/session/client/link"):
        answer = await door.post(path, data={"token": token, "pin": "123456"})
        assert answer.status_code == 303 and answer.headers["location"].startswith("/portal/")
        assert ".." not in answer.headers["location"] and "client-session" not in answer.headers["set-cookie"]
    assert await sent("email") == []


async def test_strangers_get_no_receipt(cast, door):
    answer = await door.get("/portal/receipt")
    assert (answer.status_code, answer.headers["location"]) == (303, "/portal/ended")


async def test_who_is_cut_off_reads_whom_to_call_and_a_stranger_nothing(cast):
    transport = httpx.ASGITransport(app=Starlette(routes=CALL_ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as door:
        stranger = await door.get("/portal/call")
        kims = await door.get("/portal/call", headers={"cookie": cast.cookies["kim"]})
    assert stranger.status_code == 403 and "tel:" not in stranger.text and "Harbour" not in stranger.text
    assert kims.status_code == 200 and 'href="tel:+61240001000"' in kims.text
    assert "Call Alice, (02) 4000 1000" in kims.text and "store" in kims.headers["cache-control"]
