"""Insights follow their address: filters, figures on top, charts with their tables, and files."""

import re
from base64 import b64decode
from xml.etree import ElementTree

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.insights.scope import Since
from salestrekker_portal.domains.insights.spread import spread_of
from salestrekker_portal.domains.insights.turnaround import FINISHED_WITHIN
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.broker.insights.address import InsightsAddress, read_address
from salestrekker_portal.portals.broker.insights.charts import FINISHED_NAMES, MOST_LINES, MOST_OWNERS
from salestrekker_portal.portals.broker.insights.shapes import CHARTS, DRAWN, TITLES
from salestrekker_portal.portals.broker.insights.state import InsightsState
from salestrekker_portal.portals.broker.insights.words import (
    growth_words,
    nice_scale,
    points_words,
    short_days,
    short_money,
    speed_words,
)
from salestrekker_portal.tables.organisations import Role
from tests import factories as make
from tests.cast import Cast
from tests.domains.insights.generated import generate, read_firm
from tests.support.harness import Harness


def saved(browser: Harness) -> str:
    """The file that the browser was handed."""
    [found] = re.findall(r"base64,([A-Za-z0-9+/=]+)", " ".join(map(str, browser.events)))
    return b64decode(found).decode()


async def test_every_figure_on_screen_is_that_of_the_report(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        other = await generate(session, cast, 1)
    firm = await read_firm(cast)
    seat = {"cookie": cast.cookies["bob"]}
    async with Harness() as browser:
        state = await browser.call(InsightsState.load, path="/insights?since=12-months", **seat)
        opened = [each for each in firm.deals if not each.locked_at and not each.archived_at]
        tiles = {each["key"]: each for each in state.tiles}
        assert list(tiles) == ["open", "settled", "took", "referred", "finished"]
        assert tiles["open"]["value"] == short_money(sum(each.value_cents for each in opened))
        assert tiles["open"]["note"].startswith(f"{len(opened)} deals, ")
        assert set(state.charts) == set(CHARTS) and state.since_words.startswith("Since 1 ")
        table = state.charts["pipeline"]["lines"]
        assert table[-1]["all"] and table[-1]["cells"][0] == str(len(opened))
        assert sum(int(each["cells"][0]) for each in table[:-1]) == len(opened)
        assert len(state.charts["settled"]["months"]) == 12
        for chart in state.charts.values():
            assert all(len(each["cells"]) == len(chart["heads"]) - 1 for each in chart["lines"])
            for part in [part for bar in chart["bars"] for part in bar["parts"]]:
                assert 0 < float(part["width"].rstrip("%")) <= 100
            for span in chart["spans"]:
                assert float(span["left"][:-1]) <= float(span["middle"][:-1]) <= 100
        mine = await browser.call(InsightsState.load, path=f"/insights?workflow={other.id}&owner=me", **seat)
        here = [each for each in opened if (each.workflow_id, each.owner_id) == (other.id, cast.bob_user.id)]
        assert {each["key"]: each for each in mine.tiles}["open"]["note"].startswith(f"{len(here)} deal")
        assert (mine.workflow_words, mine.broker_words) == ("Commercial", "My deals")
        # Everything that can be chosen keeps what else was chosen.
        assert all(f"workflow={other.id}" in each["to"] for each in [*mine.brokers, *mine.sinces])
        alone = await browser.call(InsightsState.load, path="/insights?against=no&since=12-months", **seat)
        assert not alone.against and "no" not in alone.against_path
        assert all(each["last"] == "" for each in alone.charts["settled"]["months"])
        assert "year" not in " ".join(each["note"] for each in alone.tiles)


async def test_a_firm_without_anything_says_so_in_each_card(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        seat = {"cookie": cast.cookies["alice"]}
        state = await browser.call(InsightsState.load, path=f"/insights?owner={new_id()}", **seat)
    assert state.loaded and state.few and browser.refusal == "" and state.broker_words == "Not there any more"
    for key, chart in state.charts.items():
        assert chart["none"] and not (chart["bars"] or chart["spans"] or chart["months"]), key
    assert not any(each["lines"] for each in state.charts.values())


async def test_what_no_browser_writes_into_an_address_filters_nothing(sqlite, cast: Cast) -> None:
    said = {"workflow": "x", "owner": "%00", "since": "yesterday", "against": "perhaps"}
    assert read_address(lambda name: said.get(name, "")) == InsightsAddress()
    assert InsightsAddress().path == "/insights" and InsightsAddress().against
    for since in Since:
        address = InsightsAddress(workflow=str(new_id()), owner="me", since=since, against=False)
        asked = dict(re.findall(r"(\w+)=([^&]+)", address.path))
        assert read_address(lambda name, asked=asked: asked.get(name, "")) == address
    async with Harness() as browser:
        path = "/insights?workflow=1&owner=%F0%9F&since=9999&against=%00"
        state = await browser.call(InsightsState.load, cookie=cast.cookies["bob"], path=path)
        assert state.loaded and browser.refusal == "" and browser.errors == []
        for garbage in ("payroll", "", None, 7, ["pipeline"]):
            await browser.call(InsightsState.download, cookie=cast.cookies["bob"], path=path, report=garbage)
            assert not any("download" in str(each).lower() for each in browser.events), garbage


async def test_an_overfull_firm_stays_readable(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        for nth in range(60):
            name = f"Anastasia Featherstonehaugh-Venkatanarasimharajuvaripeta the Elder {nth:02d}"
            user = await make.make_user(
                session, cast.firm, Role.BROKER, email=f"b{nth}@example.com", first_name=name[:40], last_name=name[40:]
            )
            await make.make_deal(session, cast.firm, cast.stages[nth % 6], user, value_cents=(nth + 1) * 100_00)
            partner = await make.make_partner(
                session, cast.firm, email=f"p{nth}@example.com", first_name="P" * 40, last_name=f"{nth:040d}"
            )
            brought = await make.make_deal(session, cast.firm, cast.stages[0], user, name="L" * 80)
            brought.partner_id, brought.locked_at, brought.settled_on = partner.id, utc_now(), utc_now().date()
    async with Harness() as browser:
        seat = {"cookie": cast.cookies["alice"], "path": "/insights"}
        state = await browser.call(InsightsState.load, **seat)
        bars = state.charts["pipeline"]["bars"]
        assert all(len(each["parts"]) <= MOST_OWNERS + 1 for each in bars)
        assert [each["words"] for each in state.charts["pipeline"]["legend"]][-1] == "Others"
        assert len(state.charts["sources"]["bars"]) == 8 and len(state.charts["sources"]["lines"]) == MOST_LINES
        assert state.charts["sources"]["more"] == "21 more in the file."
        assert len(state.charts["workload"]["lines"]) == 61
        assert browser.bytes_sent() < 80_000
        await browser.call(InsightsState.download, report="sources", **seat)
        text = saved(browser)
    assert all(f"{nth:040d}" in text for nth in range(60)) and text.startswith("\ufeffSource,Deals")


async def test_all_reports_come_in_one_file(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        await generate(session, cast, 2, 20)
    async with Harness() as browser:
        await browser.call(InsightsState.download, cookie=cast.cookies["alice"], path="/insights", report="all")
        text = saved(browser)
    for head in ("Workflow,Stage,Open deals", "Stage,Median days", "Month,Settled", "Source,Deals", "Paper,Asked for",
                 "Done,Clients", "Broker,Open deals"):  # fmt: skip
        assert head in text, head
    # The mark of its letters is there once, in front.
    assert text.startswith("\ufeff") and text.count("\ufeff") == 1


async def test_each_chart_is_saved_as_a_picture_with_its_figures(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        await generate(session, cast, 1)
        cast.alice_user.last_name = "<O’Rourke & Daughters>"
        session.add(cast.alice_user)
    seat = {"cookie": cast.cookies["alice"], "path": "/insights?since=12-months"}
    async with Harness() as browser:
        state = await browser.call(InsightsState.load, **seat)
        for report in DRAWN:
            await browser.call(InsightsState.picture, report=report, **seat)
            assert f"{report}.svg" in " ".join(map(str, browser.events))
            drawn, chart = ElementTree.fromstring(saved(browser)), state.charts[report]
            words = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
            shown = [*chart["bars"], *chart["spans"], *chart["months"]]
            assert words[0] == TITLES[report] and any(word and "Harbour Finance" in word for word in words)
            assert shown and all(not each["value"] or each["value"] in words for each in shown), report
            wide = max(float(box.get("x", 0)) + float(box.get("width", 0))
                       for box in drawn.iter("{http://www.w3.org/2000/svg}rect") if box.get("x"))  # fmt: skip
            assert wide <= float(drawn.get("width"))
        for garbage in ("workload", "all", None, 3):
            await browser.call(InsightsState.picture, report=garbage, **seat)
            assert not any("download" in str(each).lower() for each in browser.events), garbage


def test_words_of_figures() -> None:
    assert [short_money(each * 100) for each in (0, 80, 1_400, 672_400, 999_499, 999_600, 2_995_500, 18_241_500)] == [
        "$0", "$80", "$1k", "$672k", "$999k", "$1.00m", "$3.00m", "$18.2m",
    ]  # fmt: skip
    assert (short_days(3.14), short_days(412.6)) == ("3.1 d", "413 d")
    assert growth_words(118, 100) == ("up 18%", "ok") and growth_words(50, 100) == ("down 50%", "warn")
    assert growth_words(100, 100)[0] == "same as last year" and growth_words(5, 0)[0] == "none last year"
    fast, slow = spread_of([39]), spread_of([43.2])
    assert speed_words(fast, slow) == ("4 days faster", "ok") and speed_words(slow, fast) == ("4 days slower", "warn")
    assert speed_words(spread_of([2.9]), spread_of([2.4]), tenths=True) == ("0.5 days slower", "warn")
    assert speed_words(None, slow)[1] == "" and speed_words(slow, slow)[0] == "same as last year"
    assert points_words((21, 57), (9, 30)) == ("7 points up", "ok") and points_words((1, 3), (0, 0))[1] == ""
    said = [str(each) for each in FINISHED_WITHIN]
    assert re.findall(r"\d+", " ".join(FINISHED_NAMES))[1::2] == said[1:] and f"than {said[-1]} d" in FINISHED_NAMES[-1]
    for most in (0, 0.3, 1, 3, 7, 31, 42.5, 180, 99_999):
        scale = nice_scale(most)
        assert scale[0] == 0 and scale[-1] >= most and 2 <= len(scale) <= 7, most
