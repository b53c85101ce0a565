"""How long a session is left alone: the form of the admins, and what the browser asks meanwhile."""

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.portals.routes.presence import PRESENCE_ROUTES
from salestrekker_portal.portals.routes.sign_in import ROUTES
from salestrekker_portal.portals.settings.security.state import SecurityState
from tests.factories import PASSWORD
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}


async def test_minutes_are_kept_and_nonsense_stays_beside_its_box(cast):
    here = {"cookie": cast.cookies["alice"], "path": "/settings/security"}
    async with Harness() as browser:
        state = await browser.call(SecurityState.load, **here)
        assert (state.idle_clients, state.idle_staff) == ("30", "60")
        state = await browser.call(SecurityState.set_idle, {"form": {"clients": "45", "staff": "20"}}, **here)
        assert state.errors == {"clients": "Enter a number of minutes from 5 to 30."}
        for _ in range(2):
            state = await browser.call(SecurityState.set_idle, {"form": {"clients": "10", "staff": "20"}}, **here)
            assert (state.idle_clients, state.idle_staff, state.errors) == ("10", "20", {})


async def test_the_browser_asks_how_long_and_says_that_somebody_is_there(cast):
    transport = httpx.ASGITransport(app=Starlette(routes=[*ROUTES, *PRESENCE_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as web:
        assert (await web.post("/session/presence", data={"portal": "broker"})).json() == {"left": None}
        await web.post("/session/broker", data={"email": "alice@example.com", "password": PASSWORD})
        for form in ({"portal": "broker"}, {"portal": "broker", "there": "1"}):
            assert 3590 <= (await web.post("/session/presence", data=form)).json()["left"] <= 3600
        assert (await web.post("/session/presence", data={"portal": "client", "there": "1"})).json() == {"left": None}
        for form in ({"portal": "nobody"}, {"x": "1"}):
            assert (await web.post("/session/presence", data=form)).status_code == 403
