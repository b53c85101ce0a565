"""APP_PORTALS: every page and route of a portal that isn't served is as if it were not there."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from salestrekker_portal.config import ALL_PORTALS, BadSettings, Settings, read_settings
from salestrekker_portal.portals import every_page  # noqa: F401
from salestrekker_portal.portals.http import apart
from salestrekker_portal.portals.http.apart import PortalsApart, portal_of
from salestrekker_portal.portals.incoming import cookies
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.portals.routes.sign_in import HOME, SIGN_IN
from salestrekker_portal.tables.access import Portal
from tests.refusals.routes_table import ROUTE_CASES


def test_every_page_of_a_portal_is_known_as_its() -> None:
    wrong = {route: page.portal for route, page in REGISTRY.items() if page.portal and portal_of(route) != page.portal}
    assert not wrong, "name the first part of these in portals/http/apart.py"
    for portal in Portal:
        assert portal_of(HOME[portal]) == portal_of(SIGN_IN[portal]) == portal
    assert portal_of("/board.html") == portal_of("/settings/") == Portal.BROKER


def test_what_is_everybodys_stays() -> None:
    assert portal_of("/api/v1/deals") is Portal.BROKER
    for path in ("/", "/health", "/ready", "/files", "/files/x", "/session/end", "/webhooks/sendgrid", "/_event"):
        assert portal_of(path) is None


def test_every_route_that_signs_in_is_known_as_its() -> None:
    doors = {case.route: portal_of(case.route) for case in ROUTE_CASES if case.route.startswith("/session/")}
    everybodys = {
        "/session/end", "/session/password", "/session/code", "/session/demo",
        "/session/passkey", "/session/passkey/ask", "/session/proof/ask",
        "/session/code/passkey", "/session/code/passkey/ask",
        "/session/presence",
    }  # fmt: skip
    assert {route for route, portal in doors.items() if portal is None} == everybodys
    for portal in Portal:
        assert portal in doors.values()


@pytest.mark.parametrize("served", [("client", "partner"), ("broker",), ALL_PORTALS])
async def test_the_others_answer_not_found(monkeypatch, served) -> None:
    monkeypatch.setattr(apart, "settings", lambda: Settings(portals=served))

    async def there(_request):
        return PlainTextResponse("there")

    app = PortalsApart(Starlette(routes=[Route("/{path:path}", there, methods=["GET", "POST"])]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://portal") as browser:
        for route, page in REGISTRY.items():
            if page.portal is None:
                continue
            for answer in (await browser.get(route), await browser.post(route)):
                assert answer.status_code == (200 if page.portal.value in served else 404), route
        for portal in Portal:
            answer = await browser.post(f"/session/{portal.value}")
            assert (answer.text == "there") == (portal.value in served)


async def test_nobody_is_signed_in_to_a_portal_that_is_not_served(sqlite, cast, monkeypatch) -> None:
    assert await actor_in(Portal.BROKER, cast.cookies["alice"]) is not None
    monkeypatch.setattr(cookies, "settings", lambda: Settings(portals=("client", "partner")))
    assert await actor_in(Portal.BROKER, cast.cookies["alice"]) is None
    assert await actor_in(Portal.CLIENT, cast.cookies["kim"]) is not None


@pytest.mark.parametrize("raw", ["nobody", "broker client", ",", "broker,,x"])
def test_what_is_no_portal_stops_the_start(raw) -> None:
    with pytest.raises(BadSettings, match="APP_PORTALS"):
        read_settings({"APP_PORTALS": raw})
    assert read_settings({"APP_PORTALS": "client, partner"}).portals == ("client", "partner")
    assert read_settings({"PORTAL_WORKER": "apart"}).works_inside is False and read_settings({}).works_inside is True
