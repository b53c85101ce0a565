"""Every plain route while somebody else is in the way: nobody hears of it; where it goes on, there is a sentence."""

import errno
import html
import json
import sqlite3

import httpx
import pytest
from sqlalchemy import delete, event
from starlette.applications import Starlette
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import engine, transaction
from salestrekker_portal.kernel.errors import BUSY, NO_ROOM
from salestrekker_portal.kernel.tokens import unseal
from salestrekker_portal.portals.http.again_over_http import over_http
from salestrekker_portal.tables.access import Throttle
from tests.refusals.place import Place
from tests.refusals.routes_table import ROUTE_CASES, RouteCase
from tests.refusals.test_routes import _send, outside_the_demo, web  # noqa: F401  its fixtures

pytestmark = pytest.mark.slow

WRITES = ("INSERT", "UPDATE", "DELETE")
OURS = ("sqlite", "sqlalchemy", "locked", "Traceback")


class InTheWay:
    """Another connection has the database when something is to be written: so many times, or always."""

    def __init__(self, times: int, says: str = "database is locked") -> None:
        self.left, self.says = times, says
        self.met = 0

    def __enter__(self) -> "InTheWay":
        event.listen(engine().sync_engine, "before_cursor_execute", self._hold_up)
        return self

    def __exit__(self, *_) -> None:
        event.remove(engine().sync_engine, "before_cursor_execute", self._hold_up)

    def _hold_up(self, connection, cursor, statement: str, parameters, context, many) -> None:
        if self.left and statement.startswith(WRITES):
            self.left -= 1
            self.met += 1
            error = sqlite3.OperationalError(self.says)
            raise connection.dialect.loaded_dbapi.OperationalError(*error.args)


def _said(answer: httpx.Response) -> str:
    """The answer, with the sentence that is carried to the next page."""
    sealed = answer.cookies.get("portal-flash", "").strip('"')
    carried = json.loads(unseal(sealed, secret=settings().secret, purpose="flash")) if sealed else []
    return answer.text + " ".join(str(each) for each in carried)


@pytest.mark.parametrize("case", ROUTE_CASES, ids=lambda case: f"{case.method} {case.path or case.route}")
async def test_once_in_the_way_is_never_heard_of(web, place: Place, case: RouteCase):  # noqa: F811
    async with transaction() as session:
        await session.execute(delete(Throttle))
    with InTheWay(1):
        answer = await _send(web, case, place, case.rightful)
    assert answer.status_code in case.welcome, answer.text
    assert answer.headers.get("location", "") == case.leads_to or not case.leads_to
    assert BUSY not in _said(answer)


@pytest.mark.parametrize(("says", "told"), [("database is locked", BUSY), ("database or disk is full", NO_ROOM)])
@pytest.mark.parametrize("case", ROUTE_CASES, ids=lambda case: f"{case.method} {case.path or case.route}")
async def test_always_in_the_way_is_told_in_a_sentence(web, place: Place, case: RouteCase, says, told):  # noqa: F811
    with InTheWay(1000, says) as held_up:
        answer = await _send(web, case, place, case.rightful)
    if not held_up.met:
        assert answer.status_code in case.welcome
        return
    said = _said(answer)
    assert answer.status_code < 500 or (case.signed and answer.headers["retry-after"]), said
    assert not [word for word in OURS if word in said]
    assert told in said, said


FAULTS = [(OSError(errno.ENOSPC, "x"), NO_ROOM), (ZeroDivisionError("a secret"), "")]


@pytest.mark.parametrize(("error", "told"), FAULTS)
async def test_what_should_not_have_happened_is_an_apology(error, told):
    async def broken(_request):
        raise error

    app = Starlette(routes=[over_http(Route("/x", broken, methods=["GET", "POST"]))])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as browser:
        page = await browser.get("/x")
        form = await browser.post("/x", headers={"referer": "http://portal/sign-in?next=/board"})
        program = await browser.post("/x", headers={"accept": "application/json"})
    assert page.status_code == program.status_code == (409 if told else 500)
    assert form.status_code == 303 and form.headers["location"] == "/sign-in?next=/board"
    assert page.headers["content-type"].startswith("text/html") and not program.json()["ok"]
    for answer in (page, form, program):
        said = _said(answer)
        assert (told or "Something went wrong on our side") in html.unescape(said) and "a secret" not in said
