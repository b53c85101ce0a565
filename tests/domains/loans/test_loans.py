"""A deal's loans: what is typed is read, what follows is right, and the card says it."""

from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.loans import rules, service
from salestrekker_portal.domains.loans.queries import asked_for, loans_of
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.loans import DealLoan, DealSecurity, RateKind, RepaymentKind
from tests.cast import Cast

FIRST = {
    "amount": "540,000",
    "lender": "Wattle Mutual",
    "product": "Essentials Variable",
    "rate": "5.89",
    "years": "30",
}
SECOND = {
    "amount": "200k",
    "lender": "Wattle Mutual",
    "rate_kind": "fixed",
    "rate": "5.69",
    "fixed_until": "17 Apr 2029",
}


def test_repayments_are_those_that_lenders_print():
    # Checked against the annuity formula by hand, to the cent.
    loan = DealLoan(deal_id=uuid4(), amount_cents=540_000_00, rate_e4=58_900, term_months=360)
    assert rules.monthly_cents(loan) == 3_199_48
    loan.repayment_kind = RepaymentKind.INTEREST_ONLY
    assert rules.monthly_cents(loan) == 2_650_50
    loan.repayment_cents = 2_700_00
    assert rules.monthly_cents(loan) == 2_700_00
    assert rules.monthly_cents(DealLoan(deal_id=uuid4(), amount_cents=12_00, rate_e4=0, term_months=12)) == 1_00
    assert rules.monthly_cents(DealLoan(deal_id=uuid4(), amount_cents=1, rate_e4=None, term_months=12)) is None


def test_loan_to_value_takes_the_valuation_before_the_price():
    loans = [DealLoan(deal_id=uuid4(), amount_cents=each) for each in (540_000_00, 200_000_00)]
    home = DealSecurity(deal_id=uuid4(), address="14 Kestrel Street", price_cents=925_000_00)
    assert rules.loan_to_value(loans, [home]) == Decimal("80.0")
    home.valuation_cents = 918_000_00
    assert rules.loan_to_value(loans, [home]) == Decimal("80.6")
    assert rules.loan_to_value(loans, []) is None and rules.loan_to_value([], [home]) is None
    # Without one of the loans, or one value, it would look safer, or worse, than it is.
    assert rules.loan_to_value([*loans, DealLoan(deal_id=uuid4(), lender="Karri Bank")], [home]) is None
    assert rules.loan_to_value(loans, [home, DealSecurity(deal_id=uuid4(), address="Boat")]) is None
    assert rules.loan_to_value(loans, [DealSecurity(deal_id=uuid4(), address="Boat", price_cents=0)]) is None


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "amount", "amount or the lender"),
        ({"amount": "lots"}, "amount", "Enter an amount"),
        ({"lender": "x" * 121}, "lender", "at most 120"),
        ({"lender": "A", "rate": "58,9 %%"}, "rate", "percentage"),
        ({"lender": "A", "rate": "58"}, "rate", "from 0 to 30"),
        ({"lender": "A", "years": "300"}, "years", "from 1 to 50"),
        ({"lender": "A", "rate_kind": "wild"}, "rate_kind", "options shown"),
        ({"lender": "A", "fixed_until": "31/2/2029"}, "fixed_until", "February"),
    ],
)
def test_what_can_not_be_read_is_said_beside_its_field(typed, field, words):
    with pytest.raises(Invalid) as refusal:
        rules.loan_values(typed)
    assert words in refusal.value.errors[field]


def test_a_form_shows_what_was_typed_and_reads_it_back():
    values = rules.loan_values(SECOND | {"years": "2.5"})
    assert (values["amount_cents"], values["rate_e4"], values["term_months"]) == (200_000_00, 56_900, 30)
    shown = rules.loan_form(DealLoan(deal_id=uuid4(), **values))
    assert rules.loan_values(shown) == values and shown["years"] == "2.5" and shown["rate_kind"] == RateKind.FIXED
    # A variable rate is fixed until no day.
    assert rules.loan_values(SECOND | {"rate_kind": "variable"})["fixed_until"] is None


async def _saved(cast: Cast, typed: dict, loan_id=None, shown=None, who="alice") -> DealLoan:
    async with transaction() as session:
        return await service.save_loan(session, getattr(cast, who), cast.deal.id, loan_id, typed, shown)


async def _deal(cast: Cast) -> Deal:
    async with reading() as session:
        return (await session.scalars(select(Deal).where(Deal.id == cast.deal.id))).one()


async def test_a_split_adds_up_on_the_card(database, cast: Cast):
    await _saved(cast, FIRST)
    second = await _saved(cast, SECOND)
    deal = await _deal(cast)
    assert (deal.value_cents, deal.lender_line) == (740_000_00, "Wattle Mutual")
    async with transaction() as session:
        await service.remove_loan(session, cast.bob, cast.deal.id, second.id)
    assert (await _deal(cast)).value_cents == 540_000_00
    async with transaction() as session:
        await service.put_back_loan(session, cast.alice, second.id)
    assert (await _deal(cast)).value_cents == 740_000_00
    async with reading() as session:
        kinds = list(await session.scalars(select(Activity.kind).where(Activity.kind.startswith("loan:"))))
    assert sorted(kinds) == ["loan:added", "loan:added", "loan:put_back", "loan:removed"]


async def test_a_value_that_was_guessed_stays_until_an_amount_is_known(sqlite, cast: Cast):
    before = (await _deal(cast)).value_cents
    await _saved(cast, {"lender": "Karri Bank"})
    deal = await _deal(cast)
    assert (deal.value_cents, deal.lender_line) == (before, "Karri Bank") and before


async def test_strangers_and_closed_deals_are_refused(database, cast: Cast):
    loan = await _saved(cast, FIRST)
    for who, refusal in (("mallory", NotFound), ("kim", NotPermitted), ("priya", NotPermitted)):
        with pytest.raises(refusal):
            await _saved(cast, SECOND, loan.id, who=who)
    with pytest.raises(NotFound):
        await _saved(cast, SECOND, uuid4())
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    with pytest.raises(Conflict, match="Unlock"):
        await _saved(cast, SECOND, loan.id)
    async with reading() as session:
        assert [each.lender for each in await loans_of(session, cast.deal.id)] == ["Wattle Mutual"]


async def test_the_fact_find_fills_the_first_loan(database, cast: Cast):
    said = {("needs.borrowing", "amount_sought"): "740,000", ("product_requirements.term", "years"): "30"}
    async with transaction() as session:
        session.add_all(
            Answer(deal_id=cast.deal.id, section_id=section, field_key=key, raw=raw,
                   author_id=cast.kim_contact.id, answered_at=utc_now())
            for (section, key), raw in said.items()
        )  # fmt: skip
    async with reading() as session:
        found = await asked_for(session, cast.deal.id)
    assert found == {"amount": "740,000", "years": "30"}
    values = rules.loan_values(found)
    assert (values["amount_cents"], values["term_months"]) == (740_000_00, 360)
