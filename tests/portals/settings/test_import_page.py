"""Settings, Import: a file is chosen over HTTP, and goes all the way on screen."""

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.domains.imports.reading import MOST_BYTES
from salestrekker_portal.domains.imports.rounds import import_round
from salestrekker_portal.portals.http.again_over_http import over_http
from salestrekker_portal.portals.routes.imports import IMPORT_ROUTES
from salestrekker_portal.portals.settings.imports.state import ImportState
from tests.domains.imports.files import line_of, written
from tests.support.harness import Harness

PAGE = "/settings/import"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as tab:
        yield tab


@pytest.fixture
async def posts(sqlite):
    transport = httpx.ASGITransport(app=Starlette(routes=[over_http(route) for route in IMPORT_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def send(posts, cookie, raw, name="deals.csv", field="file") -> httpx.Response:
    headers = {"cookie": cookie, "origin": "http://localhost"}
    return await posts.post("/session/import", files={field: (name, raw, "text/csv")}, headers=headers)


async def until_done() -> None:
    while await import_round():
        pass


async def test_a_file_goes_all_the_way_on_screen(browser, posts, cast):
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    raw = written([line_of(1), line_of(2, **{"Email Address": "nobody@"}), line_of(3)])
    assert (await send(posts, cast.cookies["alice"], raw)).headers["location"] == PAGE
    state = await browser.call(ImportState.load, **seat)
    assert state.step == "columns" and state.about == "deals.csv, 3 rows"
    assert [each["field"] for each in state.columns][:3] == ["first_name", "last_name", "mobile"]
    form = {"file": state.file_id, "stage": state.stage} | {each["key"]: each["field"] for each in state.columns}
    state = await browser.call(ImportState.check, **seat, form=form | {"column-0": "", "column-1": ""})
    assert "which column has the name" in state.errors["columns"] and state.columns[0]["field"] == ""
    state = await browser.call(ImportState.check, **seat, form=form)
    assert state.step == "work" and state.progress == "Looked at 0 of 3 rows"
    await until_done()
    state = await browser.call(ImportState.refresh, **seat)
    assert state.step == "checked" and state.good == "Bring in 2 rows"
    assert state.bad == [{"number": "3", "says": "E-mail “nobody@”: Enter an e-mail address like name@example.com."}]
    state = await browser.call(ImportState.choose_again, **seat, file_id=state.file_id)
    assert state.step == "columns"
    await browser.call(ImportState.check, **seat, form=form)
    await until_done()
    state = await browser.call(ImportState.bring_in, **seat, file_id=state.file_id)
    assert state.progress == "Brought in 0 of 2 rows"
    await until_done()
    state = await browser.call(ImportState.refresh, **seat)
    assert state.step == "file" and state.files[0]["note"].startswith("2 rows brought in") and state.files[0]["back"]
    state = await browser.call(ImportState.take_back, **seat, file_id=state.files[0]["id"])
    assert state.progress == "Taken back 0 of 2 rows"
    await until_done()
    state = await browser.call(ImportState.refresh, **seat)
    assert state.files[0]["note"].startswith("Taken back") and not state.files[0]["back"] and state.stayed == []


async def test_rows_with_nothing_new_say_whom_one_knows(browser, posts, cast):
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    lines = ["Name,Email,Phone,Deal", "Kim Nguyen,kim@example.com,,", "Zoe A,z@example.com,,Car"]
    raw = "\n".join([*lines, "Zoe A,z@example.com,,car", ",,1,"]).encode()
    await send(posts, cast.cookies["alice"], raw)
    state = await browser.call(ImportState.load, **seat)
    form = {"file": state.file_id, "stage": state.stage} | {each["key"]: each["field"] for each in state.columns}
    await browser.call(ImportState.check, **seat, form=form)
    await until_done()
    state = await browser.call(ImportState.refresh, **seat)
    assert state.good == "Bring in 1 row" and [each["number"] for each in state.bad] == ["5"]
    assert state.known == [
        {"number": "2", "says": "You know Kim Nguyen already."},
        {"number": "4", "says": "The same person as in row 3, with a deal of this name."},
    ]


async def test_a_dropped_file_is_gone(browser, posts, cast):
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    await send(posts, cast.cookies["alice"], written([line_of(1)]))
    state = await browser.call(ImportState.load, **seat)
    state = await browser.call(ImportState.drop, **seat, file_id=state.file_id)
    assert state.step == "file" and state.files == []


@pytest.mark.parametrize(
    ("raw", "field", "said"),
    [
        (b"PK\x03\x04", "file", "Save as"),
        (b"", "file", "Choose a CSV file"),
        (b"Name\nKim\n", "other", "Choose a CSV file"),
        (b"x" * (MOST_BYTES + 20_000), "file", "larger than 5 MB"),
    ],
)
async def test_what_is_wrong_with_a_file_stands_beside_it(browser, posts, cast, raw, field, said):
    answer = await send(posts, cast.cookies["alice"], raw, field=field)
    flash = answer.headers["set-cookie"].split(";")[0]
    state = await browser.call(ImportState.load, cookie=f"{cast.cookies['alice']}; {flash}", path=PAGE)
    assert said in state.errors["file"] and state.step == "file"


async def test_an_assistant_sees_nothing_of_it(browser, posts, cast):
    await send(posts, cast.cookies["bob"], written([line_of(1)]))
    state = await browser.call(ImportState.load, cookie=cast.cookies["bob"], path=PAGE)
    assert not state.ready and state.columns == []
