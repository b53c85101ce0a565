"""The first answer of a page that carries its data: the same as its event shows, to the same people, kept by nobody."""

import re
from html import unescape

import httpx
import pytest
from starlette.responses import PlainTextResponse

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.signing_in.sessions import end_session
from salestrekker_portal.portals import every_page  # noqa: F401  registers every look
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.http.first_looks import LOOKS, FirstLooks
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.at_once import BEGIN, END
from salestrekker_portal.ui.kanban.first_look import CARDS
from tests.refusals.place import DEAL_SECRETS, KIM_SECRETS, furnish
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
BUILT = f"<html><body><div>{BEGIN}waiting{END}</div></body></html>"
OWN = {Portal.BROKER: "alice", Portal.CLIENT: "kim", Portal.PARTNER: "priya"}


@pytest.fixture
async def place():
    async with transaction() as session:
        return await furnish(session)


@pytest.fixture
async def browser(tmp_path):
    """Pages that were built with a place for the look, and the plain answer behind."""
    for route in LOOKS:
        folder = tmp_path / route.strip("/")
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(BUILT)
    app = FirstLooks(PlainTextResponse("plain"), bundle=tmp_path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://portal.example.com") as client:
        yield client


async def look(browser, route, cookie):
    return await browser.get(route, headers={"cookie": cookie})


@pytest.mark.parametrize("route", sorted(LOOKS))
async def test_the_first_answer_carries_what_its_person_may_see_and_is_kept_by_nobody(browser, place, route):
    answer = await look(browser, route, place.cookies[OWN[LOOKS[route].portal]])
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"].startswith("text/html")
    assert "waiting" not in answer.text and answer.text.startswith("<html>") and answer.text.endswith("</html>")


@pytest.mark.parametrize("route", sorted(LOOKS))
async def test_nobody_else_gets_anything(browser, place, route):
    portal = LOOKS[route].portal
    for name, cookie in place.cookies.items():
        answer = await look(browser, route, cookie)
        if f"{portal.value}-session=" not in cookie:
            assert answer.text == "plain", name
        elif name in ("mallory",):
            assert not any(secret in answer.text for secret in (*DEAL_SECRETS, *KIM_SECRETS)), name


@pytest.mark.parametrize("route", sorted(LOOKS))
async def test_whoever_signed_out_gets_the_plain_page_at_once(browser, place, route):
    portal = LOOKS[route].portal
    cookie = place.cookies[OWN[portal]]
    async with transaction() as session:
        await end_session(session, portal, cookie.partition("=")[2])
    assert (await look(browser, route, cookie)).text == "plain"


@pytest.mark.parametrize("route", sorted(LOOKS))
async def test_a_look_that_fails_leaves_the_page_as_it_was_built(browser, place, route, monkeypatch, caplog):
    async def broken(*_):
        raise RuntimeError("no")

    monkeypatch.setitem(LOOKS, route, type(LOOKS[route])(portal=LOOKS[route].portal, write=broken))
    answer = await look(browser, route, place.cookies[OWN[LOOKS[route].portal]])
    assert answer.text == "plain" and "a first look could not be drawn" in caplog.text


async def test_the_board_shows_the_cards_of_its_event_in_their_order(browser, place):
    async with Harness() as tab:
        state = await tab.call(BoardState.load, path="/board", cookie=place.cookies["alice"])
    wanted = [deal for stage in state.stages for deal in state.page["order"][stage["id"]][:CARDS]]
    text = (await look(browser, "/board", place.cookies["alice"])).text
    assert re.findall(r'href="/deals/([^"]+)"', text) == wanted and wanted
    names = [unescape(name) for name in re.findall(r'href="/deals/[^"]+">([^<]*)</a>', text)]
    assert names == [state.page["cards"][deal]["name"] for deal in wanted]
    counts = re.findall(r'kb-count">([\d,]+)<', text)
    assert [int(each.replace(",", "")) for each in counts] == [
        state.page["counts"][stage["id"]] for stage in state.stages
    ]


async def test_the_dashboard_says_what_its_event_says(browser, place):
    async with Harness() as tab:
        state = await tab.call(DashboardState.load, path="/portal", cookie=place.cookies["kim"])
    text = unescape((await look(browser, "/portal", place.cookies["kim"])).text)
    wanted = (state.hello, state.about, state.step["title"], state.step["text"], state.step["to"], state.profile_note)
    assert all(wanted) and not [words for words in wanted if words not in text]


async def test_who_has_not_agreed_yet_gets_the_plain_page(browser, place):
    assert (await look(browser, "/portal", place.cookies["noor"])).text == "plain"


async def test_a_filter_holds_for_the_first_look_too(browser, place):
    mine = (await look(browser, "/board?owner=me", place.cookies["bob"])).text
    everyones = (await look(browser, "/board", place.cookies["bob"])).text
    assert mine.count("/deals/") < everyones.count("/deals/")


async def test_what_people_typed_is_text(browser, place):
    async with transaction() as session:
        from salestrekker_portal.tables.deals import Deal

        deal = await session.get(Deal, place.deal_id)
        deal.name = "<script>alert(1)</script>"
        deal.clients_line = 'Kim "<b>"'
    text = (await look(browser, "/board", place.cookies["alice"])).text
    assert "<script>" not in text and "&lt;script&gt;" in text and "<b>" not in text
