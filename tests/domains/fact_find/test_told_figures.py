"""What clients told, added up once, stands on the deal's overview and its card, and each figure opens its lines."""

from dataclasses import replace

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.figure_views import kept_words
from salestrekker_portal.domains.fact_find.figures import count_profile
from salestrekker_portal.domains.fact_find.reconciling import figures_wrong_in
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.broker.profile.state import BrokerProfileState
from salestrekker_portal.tables.deals import Deal
from tests.support.harness import Harness
from tests.support.seven import SEVEN, answer_for, started

CASE = next(each for each in SEVEN if each.name == "couple with guarantor")
PROPERTY = {"found": "looking", "state": "nsw", "price": "700,000", "condition": "established"}


async def _told(cast):
    actor, deal_id, ids = await started(cast, CASE)
    told = {**CASE.said, "needs.property": PROPERTY}
    await answer_for(replace(CASE, said=told), actor, deal_id, ids, ())
    async with transaction() as session:
        await count_profile(session, deal_id)
    return deal_id



async def test_the_card_and_the_overview_say_what_the_profile_adds_up_to(database, cast):
    deal_id = await _told(cast)
    async with reading() as session:
        kept = (await session.get(Deal, deal_id)).told_figures
        assert kept == kept_words(await read_whole(session, cast.alice, deal_id))
    # 560,000 of the 700,000 that is bought: what the guarantor owns is not in it.
    assert kept["lvr"] == "80.0 %" and set(kept) == {"lvr", "lti", "dti", "surplus", "surplus_after"}
    assert await figures_wrong_in(deal_id) == []


async def test_each_figure_leads_to_its_lines(sqlite, cast):
    deal_id = await _told(cast)
    alice = {"cookie": cast.cookies["alice"]}
    async with Harness() as browser:
        board = await browser.call(BoardState.load, **alice, path="/board")
        assert board.page["cards"][str(deal_id)]["lvr"] == "80%"
        assert "lvr" not in board.page["cards"][str(cast.deal.id)], "nobody told anything there"
        overview = await browser.call(OverviewState.load, **alice, path=f"/deals/{deal_id}")
        first = overview.figures[0]
        assert (first["name"], first["words"]) == ("Loan to value", "80.0 %")
        profile = await browser.call(BrokerProfileState.load, **alice, path=first["path"].partition("#")[0])
        assert profile.figure_wanted == "lvr"
        shown = next(each for each in profile.figures if each["key"] == profile.figure_wanted)
        assert shown["words"] == first["words"] and shown["rows"][0]["label"] == "The new loan"
        assert first["path"].endswith("#figure-lvr")
        mallory = {"cookie": cast.cookies["mallory"], "tab": "mallory"}
        theirs = await browser.call(OverviewState.load, **mallory, path=f"/deals/{deal_id}")
        assert theirs.figures == []
