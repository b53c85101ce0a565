"""An address with a secret is exchanged for one without, for every kind of secret link and every kind of token."""

import itertools
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.signing_in.own_password import password_link
from salestrekker_portal.kernel.tokens import new_token
from salestrekker_portal.portals.client.arrival.state import ELSEWHERE, ArrivalState
from salestrekker_portal.portals.client.lost_link.state import LostLinkState
from salestrekker_portal.portals.http import flash, secret_links
from salestrekker_portal.portals.http.headers import SecurityHeaders
from salestrekker_portal.portals.http.secret_links import (
    ASKED_WITH,
    MOST_HELD,
    CleanAddresses,
    exchanged,
    held,
    name_of,
)
from salestrekker_portal.portals.public.account_state import PasswordLinkState, SetUpState
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.tables.access import Portal
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal
from tests.support.harness import Harness

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
SHAPES = ["/portal/{}", *[f"{path}?{name}={{}}" for path, name in ASKED_WITH.items()]]


@pytest.fixture
async def web():
    async def anything(request) -> PlainTextResponse:
        return PlainTextResponse(f"page {request.url.path}")

    routes = [*CLIENT_ROUTES, *ROUTES, Route("/{rest:path}", anything, methods=["GET", "HEAD"])]
    app = SecurityHeaders(CleanAddresses(Starlette(routes=routes)))
    transport = httpx.ASGITransport(app=app, client=("203.0.113.9", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def cookies_of(web: httpx.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in web.cookies.items())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("shape", SHAPES)
async def test_the_first_answer_cleans_the_address(web, shape, method):
    token = new_token()
    answer = await web.request(method, shape.format(token))
    clean = answer.headers["location"]
    assert answer.status_code == 303 and token not in clean and name_of(token) in clean
    assert answer.headers["cache-control"] == "no-store" and answer.headers["referrer-policy"] == "no-referrer"
    [cookie] = answer.headers.get_list("set-cookie")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    page = await web.request(method, clean)
    assert page.status_code == 200, "and it is not exchanged again"
    assert len((await web.request(method, shape.format(token))).headers.get_list("set-cookie")) == 1


@pytest.mark.parametrize("shape", SHAPES)
async def test_over_https_the_cookie_is_ours_alone(web, shape, monkeypatch):
    monkeypatch.setattr(secret_links, "settings", lambda: SimpleNamespace(is_https=True))
    token = new_token()
    cookie = (await web.get(shape.format(token))).headers["set-cookie"]
    assert held(cookie.partition(";")[0], name_of(token)) == token
    assert cookie.startswith("__Host-link-") and "Secure" in cookie and "Domain" not in cookie


@given(text=st.text(max_size=300), shape=st.sampled_from(SHAPES))
def test_no_garbage_breaks_it_or_stays(text, shape):
    parts = urlsplit(shape)
    name = parts.query.partition("=")[0]
    path, query = (parts.path, f"{name}={text}") if name else (parts.path.format(text), "")
    found = exchanged(path, query)
    if name and "&" not in text and ";" not in text:
        assert found is not None
    if found is not None:
        clean, secret = found
        assert clean.startswith("/") and not clean.startswith("//") and "\n" not in clean
        assert len(secret) < 16 or secret not in clean
        asked = parse_qs(urlsplit(clean).query)
        assert not name or name not in asked
        assert exchanged(urlsplit(clean).path, urlsplit(clean).query) is None, "one step, never a circle"


def test_what_a_mail_program_adds_is_left_out_and_the_way_on_stays():
    token = new_token()
    clean = f"/portal/{name_of(token)}"
    for added in ("", ".", ")", ">", "/", "%20", "/."):
        assert exchanged(f"/portal/{token}{added}", "") == (clean, token)
    assert exchanged(f"/portal/{token}", "to=documents") == (f"{clean}?to=documents", token)
    assert exchanged("/portal/" + "x" * 5000, "") == ("/portal/unknown", "")
    for plain in (
        "/portal",
        "/portal/documents",
        "/portal/profile/needs.reasons",
        clean,
        "/portal/ended",
        "/set-password",
    ):
        assert exchanged(plain, "to=x") is None


async def test_strange_links_push_out_no_session_and_only_the_oldest_links(web):
    web.cookies.set("client-session", "somebody", domain="localhost.local")
    tokens = [new_token() for _ in range(MOST_HELD + 4)]
    for token in tokens:
        await web.get(f"/portal/{token}")
    held = [name for name in web.cookies if name.startswith("link-")]
    assert held == [name_of(token) for token in tokens[-MOST_HELD:]] and "client-session" in web.cookies


@pytest.mark.usefixtures("sqlite")
async def test_two_clients_links_live_side_by_side_and_open_as_often_as_wanted(cast, web):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    other = new_token()
    for each in (token, other, token):  # a mail scanner, a reload, the link pressed once more
        await web.get(f"/portal/{each}")
    async with Harness() as browser:
        page, stranger = f"/portal/{name_of(token)}", f"/portal/{name_of(other)}"
        state = await browser.call(ArrivalState.load, path=f"{page}?to=documents", cookie=cookies_of(web))
        assert (state.link_state, state.token, state.to) == ("live", name_of(token), "documents")
        assert token not in repr(state.dict()), "the page itself doesn't hold it"
        state = await browser.call(ArrivalState.load, path=stranger, cookie=cookies_of(web))
        assert (state.link_state, state.token) == ("unknown", "")
        state = await browser.call(ArrivalState.load, path=page)
        assert (state.link_state, state.token, state.broker) == (ELSEWHERE, "", ""), "the address alone opens nothing"
        lost = await browser.call(
            LostLinkState.load, path=f"/portal/lost-link?link={name_of(token)}", cookie=cookies_of(web)
        )
        assert lost.broker_first
    for wrong in ("", f"{(int(pin) + 1) % 1_000_000:06d}"):
        answer = await web.post("/session/client", data={"token": name_of(token), "pin": wrong})
        assert answer.headers["location"] == page and "client-session" not in web.cookies
        assert flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", page)[0]["pin"]
    answer = await web.post("/session/client", data={"token": name_of(token), "pin": pin, "to": "documents"})
    assert answer.headers["location"] == "/portal/consent" and web.cookies["client-session"]
    web.cookies.clear()
    answer = await web.post("/session/client", data={"token": name_of(token), "pin": pin})
    assert answer.headers["location"] == page and "client-session" not in web.cookies, "a name opens nothing"


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("portal", [Portal.BROKER, Portal.PARTNER])
async def test_a_password_link_works_once_by_its_name(cast, web, portal):
    who = cast.alice.id if portal is Portal.BROKER else cast.priya_partner.id
    async with transaction() as session:
        link = await password_link(session, portal, who)
    token = link.partition("token=")[2]
    page = (await web.get(urlsplit(link)._replace(scheme="", netloc="").geturl())).headers["location"]
    async with Harness() as browser:
        state = await browser.call(PasswordLinkState.load, path=page, cookie=cookies_of(web))
        assert not state.gone and state.page == page and token not in repr(state.dict())
        form = {"token": state.token, "page": state.page, "password": "short"}
        assert (await web.post("/session/password", data=form)).headers["location"] == page
        form["password"] = "a rather long new one"
        answer = await web.post("/session/password", data=form)
        assert f"{portal.value}-session" in answer.cookies
        state = await browser.call(PasswordLinkState.load, path=page, cookie=cookies_of(web))
        assert "used or has expired" in state.gone
        for elsewhere in (page, page.partition("?")[0]):
            assert "expired" in (await browser.call(PasswordLinkState.load, path=elsewhere)).gone


@pytest.mark.usefixtures("sqlite")
async def test_the_set_up_code_is_filled_in_from_its_cookie(web):
    page = (await web.get("/setup?code=ABCD-EFGH-IJKL")).headers["location"]
    async with Harness() as browser:
        state = await browser.call(SetUpState.load, path=page, cookie=cookies_of(web))
    assert "ABCD" not in page and state.typed["code"] == "ABCD-EFGH-IJKL"


def test_names_keep_apart():
    tokens = [new_token() for _ in range(200)]
    assert all(name_of(a) != name_of(b) for a, b in itertools.combinations(tokens, 2))
