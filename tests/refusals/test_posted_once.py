"""Every plain HTTP route that acts × the same form twice: at once, a moment later, and after a restart."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading
from salestrekker_portal.portals.http import posted
from salestrekker_portal.tables.access import PortalSession
from salestrekker_portal.tables.documents import StoredFile
from tests.refusals.place import Place
from tests.refusals.routes_table import ROUTE_CASES, RouteCase
from tests.refusals.snapshot import rows_of
from tests.refusals.test_routes import _send, our_routes, outside_the_demo, web  # noqa: F401  fixtures

pytestmark = pytest.mark.slow
ONCE = {route.path for route in our_routes() if hasattr(route.endpoint, "__once__")}
CASES = [case for case in ROUTE_CASES if case.route in ONCE and case.method == "POST" and 403 not in case.welcome]


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test begins as after a restart."""
    posted._answers.clear()


async def _state(place: Place) -> tuple[str, int]:
    async with reading() as session:
        sessions = await session.scalar(select(func.count()).select_from(PortalSession))
    return await rows_of(place), sessions


def _told(answer) -> tuple:
    return answer.status_code, answer.headers.get("location"), answer.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.route} {case.rightful}")
async def test_the_same_form_twice_acts_once(web, place: Place, case: RouteCase):  # noqa: F811
    form = {**(case.form or {}), "_intention": str(uuid4())}
    first, second = await asyncio.gather(*(_send(web, case, place, case.rightful, form=form) for _ in range(2)))
    assert first.status_code in case.welcome, first.text
    assert _told(second) == _told(first), "two at once are answered differently"
    after = await _state(place)
    again = await _send(web, case, place, case.rightful, form=form)
    assert _told(again) == _told(first) and await _state(place) == after, "a moment later it acts once more"
    if (case.opens and case.route != "/session/password") or case.route == "/bank/open":
        return  # a door opens once more, with a session of its own: the first one's can't be given again
    posted._answers.clear()
    later = await _send(web, case, place, case.rightful, form=form)
    assert (await _state(place)) == after, "after a restart it acts once more"
    assert later.status_code in (*case.welcome, 303)
    assert case.welcome != (303,) or later.headers["location"] == first.headers["location"]


@pytest.mark.parametrize("case", [case for case in CASES if case.with_file], ids=lambda case: case.rightful)
async def test_a_file_that_is_sent_again_is_stored_once(web, place: Place, case: RouteCase, tmp_path):  # noqa: F811
    async def count() -> tuple[int, int]:
        async with reading() as session:
            rows = await session.scalar(select(func.count()).select_from(StoredFile))
        return rows, sum(1 for path in (tmp_path / "files").rglob("*") if path.is_file())

    rows, files = await count()
    form = {**case.form, "_intention": str(uuid4())}
    answers = await asyncio.gather(*(_send(web, case, place, case.rightful, form=form) for _ in range(3)))
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count() == (rows + 1, files + 1)
    other = await _send(web, case, place, case.rightful, form={**form, "_intention": str(uuid4())})
    assert other.json()["ok"] and await count() == (rows + 2, files + 2)


async def test_a_corrected_form_is_another_press(web, place: Place):  # noqa: F811
    case = next(case for case in CASES if case.route == "/session/broker")
    meant = str(uuid4())
    wrong = await _send(web, case, place, "nobody", form={**case.tried, "_intention": meant})
    right = await _send(web, case, place, "nobody", form={**case.form, "_intention": meant})
    assert wrong.headers["location"] != right.headers["location"] == "/board"


async def test_the_answer_is_nobody_elses(web, place: Place):  # noqa: F811
    """Whoever sends somebody's intention with their own session gets what is theirs."""
    case = next(case for case in CASES if case.route == "/session/client/switch")
    form = {**case.form, "_intention": str(uuid4())}
    assert (await _send(web, case, place, case.rightful, form=form)).cookies
    stranger = await _send(web, case, place, "kim", form=form)
    assert not [name for name in stranger.cookies if name.endswith("-session")]
