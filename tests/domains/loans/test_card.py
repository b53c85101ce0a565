"""Loan to value on the card: the team's own loans before what clients told, always as from scratch."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.rules import written_lvr
from salestrekker_portal.domains.fact_find.reconciling import figures_wrong_in
from salestrekker_portal.domains.loans import service
from salestrekker_portal.domains.loans.queries import loans_of, securities_of
from salestrekker_portal.domains.loans.rules import loan_to_value
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.loans import DealLoan, DealSecurity
from tests.support.harness import Harness

CENTS = some.integers(0, 10**12)


@given(loans=some.lists(some.none() | CENTS, max_size=4), worths=some.lists(some.none() | CENTS, max_size=4))
def test_both_ways_of_counting_agree(loans, worths):
    deal = new_id()
    page = loan_to_value(
        [DealLoan(deal_id=deal, amount_cents=each) for each in loans],
        [DealSecurity(deal_id=deal, address="x", price_cents=each) for each in worths],
    )
    owed = None if not loans or None in loans else sum(loans)
    worth = None if not worths or None in worths else sum(worths)
    assert written_lvr(owed, worth) == ("" if page is None else f"{page} %")


async def _card(cast) -> str:
    """What the deal keeps, which is what the page of its loans would say, and what counting anew finds."""
    async with reading() as session:
        deal = await session.get(Deal, cast.deal.id)
        page = loan_to_value(await loans_of(session, deal.id), await securities_of(session, deal.id))
    assert deal.written_lvr == ("" if page is None else f"{page} %")
    assert await figures_wrong_in(cast.deal.id) == []
    return deal.written_lvr


async def _do(what, *rest, cast):
    async with transaction() as session:
        return await what(session, cast.alice, *rest)


async def test_it_follows_every_change_of_a_loan_and_a_security(database, cast):
    deal = cast.deal.id
    loan = await _do(service.save_loan, deal, None, {"amount": "540,000"}, cast=cast)
    assert await _card(cast) == ""
    home = await _do(service.save_security, deal, None, {"address": "Home", "price": "675,000"}, cast=cast)
    assert await _card(cast) == "80.0 %"
    split = await _do(service.save_loan, deal, None, {"lender": "Karri Bank"}, cast=cast)
    assert await _card(cast) == "", "a loan without an amount would make it look safer"
    await _do(service.save_loan, deal, split.id, {"lender": "Karri Bank", "amount": "67,500"}, cast=cast)
    assert await _card(cast) == "90.0 %"
    await _do(
        service.save_security, deal, home.id, {"address": "Home", "price": "1", "valuation": "810,000"}, cast=cast
    )
    assert await _card(cast) == "75.0 %"
    await _do(service.remove_loan, deal, split.id, cast=cast)
    assert await _card(cast) == "66.7 %"
    await _do(service.put_back_loan, split.id, cast=cast)
    assert await _card(cast) == "75.0 %"
    await _do(service.remove_security, deal, home.id, cast=cast)
    assert await _card(cast) == ""
    await _do(service.put_back_security, home.id, cast=cast)
    assert await _card(cast) == "75.0 %" and loan.id != split.id


@pytest.mark.parametrize(("told", "written"), [*product(("", "72.0 %"), ("", "80.0 %"))])
async def test_the_teams_own_counts_before_what_clients_told(sqlite, cast, told, written):
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.told_figures, deal.written_lvr = {"lvr": told} if told else {}, written
    alice = {"cookie": cast.cookies["alice"]}
    async with Harness() as browser:
        board = await browser.call(BoardState.load, **alice, path="/board")
        overview = await browser.call(OverviewState.load, **alice, path=f"/deals/{cast.deal.id}")
    shown = written or told
    assert board.page["cards"][str(cast.deal.id)].get("lvr", "") == shown.replace(".0 %", "%")
    figure = next((each for each in overview.figures if each["key"] == "lvr"), None)
    assert (figure["words"] if figure else "") == shown
    if figure:
        assert figure["path"].partition("?")[0].rpartition("/")[2] == ("loans" if written else "profile")
