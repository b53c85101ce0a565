"""What was counted wrong, each with its right value: answers as they are typed, read by the parser of the browser."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.export import rows
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.fact_find.queries import open_copy
from salestrekker_portal.domains.fact_find.screens import block_of
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.sums import sums_of
from salestrekker_portal.domains.fact_find.totals import totals
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.expense_groups import ExpenseGroup
from salestrekker_portal.domains.questions.vocabulary import Loan, Party, Tally
from salestrekker_portal.tables.deals import ApplicantRole, DealApplicant

TODAY = date(2026, 3, 9)
KIM, SAM = ("kim", "Kim Doe"), ("sam", "Sam Roe")


def counted(stored, *people, country="AU", roles=None, parties=None):
    """The totals of everything, as the screens, the print and the export have them."""
    kinds = frozenset({Party.PERSON, *(parties or {}).values()})
    facts = {"today": TODAY, "country": country, "applicants": people, "roles": roles or {}, "parties": parties or {}}
    read = {key: Filled({}, items) if isinstance(items, tuple) else Filled(items) for key, items in stored.items()}
    return totals(pages_for(country, kinds, Loan.HOME), read, facts)


def of_each(sums, tally):
    return {who: part[tally] for who, part in sums.by_applicant.items()}


HOME_LOAN = {
    "id": "1", "type": "home_loan", "lender": "Southern Gum Bank", "limit": "500,000", "balance": "420,000",
    "repayment": "2,600", "repayment_frequency": "monthly", "after_settlement": "refinance",
}  # fmt: skip
CAR_LOAN = {"id": "2", "type": "vehicle_loan", "limit": "30,000", "balance": "18,905", "repayment": "412",
            "after_settlement": "keep"}  # fmt: skip
CARD = {"id": "3", "type": "credit_card", "limit": "12,000", "balance": "1,200", "repayment": "360",
        "after_settlement": "close"}  # fmt: skip


class TestRow1Rent:
    RENTING = {"living_arrangement": "renting", "rent": "540", "rent_frequency": "weekly",
               "current_suburb": "Newcastle"}  # fmt: skip

    def test_is_in_living_expenses_by_itself(self):
        sums = counted({("applicant.addresses", "kim"): self.RENTING}, KIM)
        assert sums.together.groups == {ExpenseGroup.HOUSING: 234_000}

    def test_counts_once_for_two_who_share_the_home(self):
        both = {("applicant.addresses", who): self.RENTING for who in ("kim", "sam")}
        assert counted(both, KIM, SAM).together[Tally.EXPENSE] == 234_000
        apart = both | {("applicant.addresses", "sam"): self.RENTING | {"current_suburb": "Maitland", "rent": "300"}}
        assert counted(apart, KIM, SAM).together[Tally.EXPENSE] == 234_000 + 130_000

    def test_what_is_typed_in_the_row_itself_stands(self):
        typed = {"rent": "500", "rent_frequency": "weekly"}
        stored = {("applicant.addresses", "kim"): self.RENTING, ("expenses.housing", ""): typed}
        assert counted(stored, KIM).together[Tally.EXPENSE] == 216_667

    def test_none_beside_a_rent_that_was_told_is_asked_about(self):
        stored = {("applicant.addresses", "kim"): Filled(self.RENTING),
                  ("expenses.housing", ""): Filled({"rent_none": "yes", "board_none": "yes"})}  # fmt: skip
        facts = {"today": TODAY, "applicants": (KIM,)}
        left = progress(pages_for("AU", Party.PERSON, Loan.HOME), stored, facts).of_section("expenses.housing")
        assert [thing.sentence for thing in left.outstanding] == [
            "You told us $540.00 a week under “Addresses”. Untick “None”, or change it there."
        ]

    def test_follows_a_board_and_maintenance_too(self):
        stored = {
            ("applicant.addresses", "kim"): self.RENTING | {"living_arrangement": "boarding"},
            ("liabilities.other", ""): (
                {"id": "1", "type": "maintenance", "maintenance": "100", "maintenance_frequency": "weekly"},
            ),
        }
        groups = counted(stored, KIM).together.groups
        assert groups == {ExpenseGroup.HOUSING: 234_000, ExpenseGroup.MAINTENANCE: 43_333}


async def _save(actor, deal, section, key, raw, subject=None, item=None):
    place = Place(section_id=section, field_key=key, subject_id=subject, item_id=item)
    async with transaction() as session:
        return await save_answer(session, actor, deal.id, place, raw)


async def _add(actor, deal, section, subject=None, **answers):
    async with transaction() as session:
        item = await add_item(session, actor, deal.id, section, subject)
    for key, raw in answers.items():
        await _save(actor, deal, section, key, raw, subject, item.id)
    return item


async def _whole(actor, deal):
    async with reading() as session:
        return await read_whole(session, actor, deal.id)


async def _rent_row(actor, cast, key="rent"):
    whole = await _whole(actor, cast.deal)
    async with reading() as session:
        copy = await open_copy(session, whole.context, "expenses.housing")
    return next(field for field in block_of(whole, copy)["fields"] if field["key"] == key)


async def test_row_1_the_row_says_where_it_is_from_and_a_later_change_is_flagged(database, cast):
    for key, raw in TestRow1Rent.RENTING.items():
        await _save(cast.kim, cast.deal, "applicant.addresses", key, raw)
    row = await _rent_row(cast.kim, cast)
    assert (row["value"], row["origin"]) == ("540.00", "From “Addresses”.")
    assert (await _rent_row(cast.kim, cast, "rent_frequency"))["value"] == "weekly"
    await _save(cast.kim, cast.deal, "applicant.addresses", "rent", "560")
    row = await _rent_row(cast.kim, cast)
    assert row["value"] == "560.00" and "It was changed there on" in row["origin"]
    await _save(cast.kim, cast.deal, "expenses.housing", "rent", "500")
    row = await _rent_row(cast.kim, cast)
    assert row["value"] == "500.00" and row["origin"].startswith("“Addresses” says $560.00 a week.")


class TestRow2Roles:
    CAR = {("assets.vehicles", ""): ({"id": "1", "name": "Kestrel", "value": "20,000"},)}

    def test_a_guarantor_owns_no_part_of_the_borrowers_things(self):
        sums = counted(self.CAR, KIM, SAM, roles={"sam": "security_guarantor"})
        assert of_each(sums, Tally.ASSET) == {"kim": 2_000_000, "sam": 0}
        assert sums.together[Tally.ASSET] == 2_000_000

    @pytest.mark.parametrize(
        ("role", "asked", "not_asked"),
        [
            ("security_guarantor", "applicant.identification", "income.salary"),
            ("security_guarantor", "risks.declarations", "risks.outlook"),
            ("servicing_guarantor", "income.salary", "risks.outlook"),
            ("non_borrowing_spouse", "applicant.personal_details", "applicant.identification"),
            ("director", "income.salary", "risks.comfort"),
            ("trustee", "applicant.identification", "income.salary"),
        ],
    )
    def test_each_role_is_asked_what_lenders_ask_of_it(self, role, asked, not_asked):
        facts = {"today": TODAY, "applicants": (KIM, SAM), "roles": {"sam": role}}
        made = progress(pages_for("AU", Party.PERSON, Loan.HOME), {}, facts)
        of_sam = {each.section_id for each in made.sections if each.subject == "sam"}
        of_kim = {each.section_id for each in made.sections if each.subject == "kim"}
        assert asked in of_sam and not_asked not in of_sam
        assert {asked, not_asked} <= of_kim

    @pytest.mark.parametrize(("role", "income"), [("security_guarantor", 800_000), ("servicing_guarantor", 1_300_000)])
    def test_whose_income_counts(self, role, income):
        def job(amount):
            return ({"id": amount, "gross_salary": amount, "gross_salary_frequency": "monthly"},)

        stored = {("income.salary", "kim"): job("8000"), ("income.salary", "sam"): job("5000")}
        assert counted(stored, KIM, SAM, roles={"sam": role}).together[Tally.INCOME] == income

    def test_a_spouse_outside_the_loan_bears_no_part_of_the_costs(self):
        stored = {("expenses.general", ""): {"groceries": "1000"}}
        sums = counted(stored, KIM, SAM, roles={"sam": "non_borrowing_spouse"})
        assert of_each(sums, Tally.EXPENSE) == {"kim": 100_000, "sam": 0}


async def test_row_2_a_guarantor_who_comes_in_meets_their_own_questions(database, cast):
    async with transaction() as session:
        await session.execute(
            update(DealApplicant)
            .where(DealApplicant.contact_id == cast.sam.id, DealApplicant.deal_id == cast.deal.id)
            .values(role=ApplicantRole.SECURITY_GUARANTOR)
        )
    await _add(cast.alice, cast.deal, "assets.vehicles", name="Kestrel", value="20,000")
    whole = await _whole(cast.alice, cast.deal)
    [owned] = sums_of(whole, next(page for page in whole.context.pages if page.key == "assets"))
    assert owned["parts"] == "Kim $20,000.00\nSam $0.00"
    sam = await _whole(cast.sam, cast.deal)
    asked = {f"{copy.page.key}.{copy.section.key}" for copy in sam.copies}
    assert {"applicant.identification", "assets.property", "liabilities.home_loans"} <= asked
    assert not [each for each in asked if each.startswith(("income", "expenses", "needs", "insurance", "risks.o"))]
    assert "assets.vehicles" not in asked


class TestRow3OwnersOutside:
    SHARES = json.dumps({"kim": 50, "outside:1:Bart Featherstonehaugh": 50})
    HOUSE = {"id": "1", "use": "investment", "value": "800,000", "ownership": SHARES,
             "rental_income": "500", "rental_income_frequency": "weekly"}  # fmt: skip
    DEBT = HOME_LOAN | {"balance": "310,000", "ownership": SHARES, "after_settlement": "keep"}

    def test_half_the_house_and_the_whole_debt(self):
        sums = counted({("assets.property", ""): (self.HOUSE,), ("liabilities.home_loans", ""): (self.DEBT,)}, KIM)
        assert sums.together[Tally.ASSET] == 40_000_000
        assert sums.together[Tally.DEBT] == 31_000_000
        assert sums.together[Tally.REPAYMENT] == 260_000
        assert sums.together[Tally.INCOME] == 108_334  # half of $2,166.67

    def test_the_other_owner_has_a_name(self):
        pages = pages_for("AU", Party.PERSON, Loan.HOME)
        facts = {"today": TODAY, "applicants": (KIM,)}
        stored = {("assets.property", ""): Filled({}, (self.HOUSE,))}
        read = {row.label: row.words for row in rows(pages, stored, facts)}
        assert read["Who owns it?"] == "Kim Doe 50 %, Bart Featherstonehaugh 50 %"

    def test_a_debt_with_a_spouse_outside_the_loan_is_the_borrowers(self):
        both = {("liabilities.home_loans", ""): (self.DEBT | {"ownership": json.dumps({"kim": 50, "sam": 50})},)}
        sums = counted(both, KIM, SAM, roles={"sam": "non_borrowing_spouse"})
        assert of_each(sums, Tally.DEBT) == {"kim": 31_000_000, "sam": 0}
        shared = counted(both, KIM, SAM)
        assert of_each(shared, Tally.DEBT) == {"kim": 15_500_000, "sam": 15_500_000}

    def test_a_gift_to_be_paid_back_is_a_debt(self):
        gift = {"id": "1", "type": "gift", "donor": "Mum", "amount": "40,000", "repayable": "yes"}
        sums = counted({("assets.deposit", ""): (gift,)}, KIM).together
        assert (sums[Tally.ASSET], sums[Tally.DEBT]) == (4_000_000, 4_000_000)
        given = counted({("assets.deposit", ""): (gift | {"repayable": "no"},)}, KIM).together
        assert (given[Tally.ASSET], given[Tally.DEBT]) == (4_000_000, 0)


class TestRow4OneRental:
    FLAT = {"description": "4/22 Darby Street", "amount": "600", "amount_frequency": "weekly"}

    def test_told_by_both_owners_counts_once(self):
        by_each = tuple(self.FLAT | {"id": who, "ownership": json.dumps({who: 100})} for who in ("kim", "sam"))
        sums = counted({("income.rental", ""): by_each}, KIM, SAM)
        assert sums.together[Tally.INCOME] == 260_000
        assert of_each(sums, Tally.INCOME) == {"kim": 130_000, "sam": 130_000}

    def test_told_with_the_property_and_again_as_income(self):
        house = {"id": "h", "use": "investment", "value": "500,000", "rental_income": "600",
                 "rental_income_frequency": "weekly"}  # fmt: skip
        stored = {("assets.property", ""): (house,)}
        assert counted(stored, KIM, SAM).together[Tally.INCOME] == 260_000
        again = {("income.rental", ""): ({"id": "r", "property": "h", "amount": "600", "amount_frequency": "weekly"},)}
        assert counted(stored | again, KIM, SAM).together[Tally.INCOME] == 260_000


async def test_row_4_both_owners_have_the_same_entry(database, cast):
    flat = await _add(cast.alice, cast.deal, "income.rental", description="4/22 Darby Street", amount="600")
    for who in (cast.kim, cast.sam):
        whole = await _whole(who, cast.deal)
        shown = [copy for copy in whole.copies_on("income", who.id) if copy.section.key == "rental"]
        assert [[item.id for item, _ in copy.items] for copy in shown] == [[flat.id]]
    whole = await _whole(cast.alice, cast.deal)
    income = next(page for page in whole.context.pages if page.key == "income")
    assert sums_of(whole, income)[0]["amount"] == "$2,600.00"


class TestRow5Businesses:
    YEAR = {"id": "1", "business_name": "Kauri Joinery", "net_profit_1": "120,000", "wages_1": "60,000"}

    def of(self, structure="", share="", country="NZ", year=YEAR, **more):
        work = {"id": "9", "type": "self_employed", "business_name": "Kauri Joinery Ltd", "structure": structure,
                "business_share": share}  # fmt: skip
        stored = {("income.self_employed", "kim"): (year,)}
        stored |= {("applicant.employment", "kim"): (work,)} if structure else {}
        return counted(stored | more, KIM, SAM, country=country).together[Tally.INCOME]

    @pytest.mark.parametrize("country", ["AU", "NZ"])
    def test_drawings_are_part_of_the_profit(self, country):
        assert self.of(country=country) == 1_000_000
        assert self.of("sole_trader", country=country) == 1_000_000

    def test_a_company_counts_by_share_and_pays_its_director(self):
        assert self.of("company", "50") == 500_000 + 500_000
        assert self.of("partnership", "25") == 250_000

    def test_of_two_owners_it_is_one_business(self):
        both = {("income.self_employed", who): (self.YEAR | {"id": who},) for who in ("kim", "sam")}
        sums = counted(both, KIM, SAM)
        assert sums.together[Tally.INCOME] == 1_000_000

    def test_a_business_that_applies_tells_its_profit_itself(self):
        stored = {
            ("income.self_employed", "kim"): (self.YEAR,),
            ("applicant.employment", "kim"): (
                {"id": "9", "type": "self_employed", "business_name": "Kauri Joinery Pty Ltd", "structure": "company"},
            ),
            ("entity.details", "co"): {"legal_name": "KAURI JOINERY PTY. LTD."},
            ("financials.latest_year", "co"): {"net_profit": "120,000"},
        }
        sums = counted(stored, KIM, ("co", "Kauri Joinery Pty Ltd"), parties={"co": Party.COMPANY})
        assert of_each(sums, Tally.INCOME) == {"kim": 500_000, "co": 1_000_000}


class TestRow6AfterSettlement:
    DEBTS = {("liabilities.home_loans", ""): (HOME_LOAN,), ("liabilities.loans", ""): (CAR_LOAN,),
             ("liabilities.cards", ""): (CARD,)}  # fmt: skip

    def test_now_and_what_stays(self):
        sums = counted(self.DEBTS, KIM)
        assert sums.together[Tally.REPAYMENT] == 260_000 + 41_200 + 36_000
        assert sums.after[Tally.REPAYMENT] == 41_200
        assert sums.together[Tally.DEBT] == 44_010_500
        assert sums.after[Tally.DEBT] == 1_890_500

    def test_limits_are_of_cards_and_not_of_what_was_once_borrowed(self):
        sums = counted(self.DEBTS, KIM)
        assert (sums.together[Tally.LIMIT], sums.after[Tally.LIMIT]) == (1_200_000, 0)
        credit = {"id": "4", "type": "line_of_credit", "limit": "50,000", "balance": "0", "after_settlement": "keep"}
        assert counted({("liabilities.loans", ""): (credit,)}, KIM).together[Tally.LIMIT] == 5_000_000

    def test_a_limit_may_be_reduced(self):
        lower = CARD | {"after_settlement": "reduce", "reduced_limit": "4,000"}
        sums = counted({("liabilities.cards", ""): (lower,)}, KIM)
        assert (sums.together[Tally.LIMIT], sums.after[Tally.LIMIT]) == (1_200_000, 400_000)
        assert sums.after[Tally.REPAYMENT] == 36_000


def test_row_7_living_expenses_rent_maintenance_and_property_stay_apart_and_add_up():
    stored = {
        ("expenses.general", ""): {"groceries": "1000"},
        ("expenses.children", ""): {"private_education": "800"},
        ("expenses.housing", ""): {"rent": "2340"},
        ("expenses.commitments", ""): {"maintenance": "400"},
        ("expenses.property", ""): {"investment_property": "350"},
    }
    sums = counted(stored, KIM).together
    assert sums.groups == {
        ExpenseGroup.LIVING: 180_000, ExpenseGroup.HOUSING: 234_000, ExpenseGroup.MAINTENANCE: 40_000,
        ExpenseGroup.PROPERTY: 35_000,
    }  # fmt: skip
    assert sum(sums.groups.values()) == sums[Tally.EXPENSE] == 489_000


def test_row_8_none_beside_an_amount_counts_nothing():
    stored = {("expenses.general", ""): {"groceries": "300", "groceries_frequency": "weekly", "groceries_none": "yes"}}
    assert counted(stored, KIM).together[Tally.EXPENSE] == 0


async def test_row_9_the_split_that_is_shown_is_stored(database, cast):
    kim = replace(cast.kim, sees_other_applicants=True)
    account = await _add(kim, cast.deal, "assets.savings", type="bank_account", balance="5000")
    sam = await _whole(cast.sam, cast.deal)
    [shown] = [copy for copy in sam.copies_on("assets", cast.sam.id) if copy.section.key == "savings"]
    assert [item.id for item, _ in shown.items] == [account.id]
    alone = await _add(cast.kim, cast.deal, "assets.savings", type="bank_account", balance="700")
    whole = await _whole(cast.alice, cast.deal)
    owned = [line for line in whole.lines if line.item_id == str(alone.id)]
    assert [line.parts for line in owned] == [{str(cast.kim.id): 70_000}]
