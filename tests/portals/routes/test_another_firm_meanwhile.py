"""A page of one firm that is still open when its person goes to another one gives that firm nothing."""

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.own_firms import enter_firm
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.incoming.whose import FIELD, SOMEBODY_ELSE, mark_of
from salestrekker_portal.portals.routes.everything import EVERYTHING_ROUTES
from salestrekker_portal.portals.routes.imports import IMPORT_ROUTES
from salestrekker_portal.portals.routes.logo import LOGO_ROUTES
from salestrekker_portal.portals.routes.security_log import SECURITY_LOG_ROUTES
from salestrekker_portal.salestrekker_portal import OUR_ROUTES
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.imports import DataImport
from salestrekker_portal.tables.organisations import Membership, Role

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
ROUTES = [*IMPORT_ROUTES, *LOGO_ROUTES, *EVERYTHING_ROUTES, *SECURITY_LOG_ROUTES]
FORMS = {
    "/session/import": ("file", "/settings/import"),
    "/session/logo": ("logo", "/settings/organisation"),
    "/session/logo/remove": ("logo", "/settings/organisation"),
    "/session/everything": ("everything", "/settings/import"),
    "/session/security-log": ("", "/settings/security-log"),
}
CSV = b"First name,Last name,Email\nAna,Vale,ana@example.com\n"


@pytest.fixture
async def web():
    transport = httpx.ASGITransport(app=Starlette(routes=ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def _frames(endpoint) -> str:
    """The names of a route's wrappers, one inside the other."""
    names = endpoint.__code__.co_qualname
    inner = getattr(endpoint, "__wrapped__", None)
    return f"{names} {_frames(inner)}" if inner is not None else names


def test_every_form_of_the_settings_is_tried_here():
    """Found by rule: whatever is answered inside a frame of portals/http/of_settings.py."""
    assert {route.path for route in OUR_ROUTES if "of_settings." in _frames(route.endpoint)} == set(FORMS)


async def _post(web, route: str, mark: str, cookie: str):
    box, _ = FORMS[route]
    files = {box: ("people.csv", CSV)} if route in ("/session/import", "/session/logo") else None
    return await web.post(route, data={FIELD: mark}, files=files, headers={"cookie": cookie})


@pytest.mark.parametrize("route", FORMS)
async def test_a_form_of_the_firm_before_is_refused(cast, web, route):
    async with transaction() as session:
        place = Membership(user_id=cast.alice_user.id, organisation_id=cast.other_firm.id, role=Role.ADMIN)
        session.add(place)
    here, cookie = mark_of(cast.alice), cast.cookies["alice"]
    async with transaction() as session:
        await enter_firm(session, cast.alice, cast.other_firm.id)
    there = mark_of(await actor_in(Portal.BROKER, cookie))
    assert here != there
    answer = await _post(web, route, here, cookie)
    box, page = FORMS[route]
    kept = f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}"
    assert answer.status_code == 303 and flash.read(kept, page)[0] == {box: SOMEBODY_ELSE}
    async with reading() as session:
        assert (await session.scalars(select(DataImport))).all() == []
    again = await _post(web, route, there, cookie)
    assert again.status_code == 200 or flash.read(
        f"{flash.COOKIE}={again.cookies.get(flash.COOKIE, '')}", page
    )[0] != {box: SOMEBODY_ELSE}
