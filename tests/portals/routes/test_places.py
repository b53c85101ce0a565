"""Suburbs over HTTP: without a statement, kept by the browser, and slowed for who reads them out."""

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal.domains.fact_find.finding import Finder, FoundAddress, find_with
from salestrekker_portal.portals.http.counting import Counts
from salestrekker_portal.portals.routes import places
from salestrekker_portal.portals.routes.places import PLACE_ROUTES
from tests.support.statements import counted

OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
async def browser():
    app = httpx.ASGITransport(app=Starlette(routes=PLACE_ROUTES))
    async with httpx.AsyncClient(transport=app, base_url="http://portal") as client:
        yield client


async def test_a_suburb_says_what_it_fills_in(sqlite, browser):
    with counted() as seen:
        answer = await browser.get("/places", params={"country": "au", "q": "richmond vic", "of": "suburb"})
    assert len(seen) == 0 and answer.headers["cache-control"] == "public, max-age=86400"
    assert answer.json()[0] == {
        "label": "Richmond", "more": "VIC 3121", "line": "Richmond VIC 3121",
        "parts": {"suburb": "Richmond", "state": "vic", "postcode": "3121"},
    }  # fmt: skip
    [karori, *_] = (await browser.get("/places", params={"country": "nz", "q": "karori"})).json()
    assert karori["parts"] == {
        "suburb": "Karori", "nz_region": "wellington", "region": "Wellington", "postcode": "6012",
    }  # fmt: skip
    boxes = (await browser.get("/places", params={"country": "nz", "q": "kensington"})).json()
    assert any("postcode" not in each["parts"] for each in boxes), "a place without a known postcode leaves it alone"


async def test_the_end_of_a_line_is_completed(browser):
    asked = {"country": "au", "q": "14 Kestrel Street, lambt"}
    answer = await browser.post("/places/lines", data=asked, headers=OURS)
    assert answer.json()[0]["line"] == "14 Kestrel Street, Lambton NSW 2299"
    # Somebody's address is neither in a log, as behind a question mark, nor in a browser's store.
    assert answer.headers["cache-control"] == "no-store"
    assert (await browser.get("/places/lines", params=asked)).status_code == 405


@pytest.mark.parametrize("country", ["", "gb", "AU", "../au", "\x00"])
async def test_another_country_offers_nothing(browser, country):
    answer = await browser.get("/places", params={"country": country, "q": "london"})
    assert answer.status_code == 200 and answer.json() == []


async def test_a_program_that_reads_the_list_out_is_slowed(browser, monkeypatch):
    monkeypatch.setattr(places, "_asked", Counts(3))
    codes = [(await browser.get("/places", params={"country": "au", "q": "sydney"})).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]


class Known:
    """A provider that knows one address."""

    async def find(self, country, typed):
        return [FoundAddress("one", "14 Kestrel Street, Lambton NSW 2299")]

    async def parts_of(self, country, key):
        return {"street_number": "14", "suburb": "Lambton"} if key == "one" else {}


@pytest.fixture
def with_provider():
    find_with(Finder(Known()))
    yield
    find_with(None)


async def test_without_a_provider_there_are_no_addresses(sqlite, browser):
    with counted() as seen:
        answer = await browser.post("/places/addresses", data={"country": "au", "q": "14 kestrel"}, headers=OURS)
    assert answer.status_code == 204 and len(seen) == 0


ASKED = [
    ("/places/addresses", {"country": "au", "q": "14 kestrel"}),
    ("/places/address", {"country": "au", "key": "one"}),
]


@pytest.mark.parametrize(("path", "asked"), ASKED)
async def test_the_provider_is_asked_by_people_who_are_signed_in_alone(
    sqlite, cast, browser, with_provider, path, asked
):
    for who, code in ((None, 401), ("priya", 401), ("kim", 200), ("alice", 200)):
        headers = {**OURS, "cookie": cast.cookies[who]} if who else OURS
        answer = await browser.post(path, data=asked, headers=headers)
        assert answer.status_code == code and answer.headers["cache-control"] == "no-store", who
        assert ("Lambton" in answer.text) == (code == 200)
    elsewhere = {"origin": "https://evil.example", "cookie": cast.cookies["kim"]}
    assert (await browser.post(path, data=asked, headers=elsewhere)).status_code == 403


async def test_a_provider_is_asked_so_often_a_minute(sqlite, cast, browser, with_provider, monkeypatch):
    monkeypatch.setattr(places, "_found", Counts(2))
    asked = {"data": ASKED[0][1], "headers": {**OURS, "cookie": cast.cookies["kim"]}}
    assert [(await browser.post("/places/addresses", **asked)).status_code for _ in range(3)] == [200, 200, 429]


async def test_nonsense_asks_nobody(sqlite, cast, browser, with_provider):
    kim = {**OURS, "cookie": cast.cookies["kim"]}
    for path, asked in (
        ("addresses", {"country": "gb", "q": "10 downing"}),
        ("address", {"country": "au"}),
        ("address", {"key": "one"}),
    ):
        assert (await browser.post(f"/places/{path}", data=asked, headers=kim)).json() in ([], {})
