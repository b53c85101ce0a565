"""The whole fact find at once: progress, flows, totals, and rows to read."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.domains.fact_find.export import PRIVATE, rows, to_json
from salestrekker_portal.domains.fact_find.progress import Status, progress
from salestrekker_portal.domains.fact_find.stored import facts_for
from salestrekker_portal.domains.fact_find.totals import item_sums, totals
from salestrekker_portal.domains.questions.amounts import monthly_cents
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import find_page, find_section, pages_for, section_ids_of
from salestrekker_portal.domains.questions.flows import apply_flow, standard_flows
from salestrekker_portal.domains.questions.ownership import split_cents
from salestrekker_portal.domains.questions.vocabulary import Frequency, Loan, Party, Tally

PAGES = pages_for("AU", Party.PERSON, Loan.HOME)
FACTS = {"today": date(2026, 3, 9), "applicants": (("kim", "Kim Doe"), ("sam", "Sam Roe"))}
CARD = {"id": "1", "type": "credit_card", "lender": "Southern Gum Bank", "limit": "8,000",
        "balance": "1,230.01", "repayment": "250", "after_settlement": "keep", "missed_payment": "no"}  # fmt: skip
CARDS = {("liabilities.cards", ""): Filled({}, (CARD,))}


def of(stored, section_id, subject="", **more):
    return progress(PAGES, stored, FACTS, **more).of_section(section_id, subject)


class TestProgress:
    def test_an_untouched_fact_find_is_at_nothing(self):
        made = progress(PAGES, {}, FACTS)
        assert (made.answered, made.percent, made.complete) == (0, 0, False)
        assert made.status is Status.NOT_STARTED
        assert 15 < made.minutes_left <= 30

    def test_a_section_goes_from_not_started_to_done(self):
        where = ("applicant.contact_details", "kim")
        assert of({}, *where).status is Status.NOT_STARTED
        half = of({where: Filled({"mobile": "0412 345 678"})}, *where)
        assert (half.status, half.answered, half.required) == (Status.STARTED, 1, 2)
        assert [thing.label for thing in half.outstanding] == ["Email"]
        full = Filled({"mobile": "0412 345 678", "email": "kim@example.com"})
        assert of({where: full}, *where).status is Status.DONE

    def test_a_wrong_answer_is_outstanding_with_its_sentence(self):
        wrong = Filled({"mobile": "0412", "email": "kim@example.com"})
        thing = of({("applicant.contact_details", "kim"): wrong}, "applicant.contact_details", "kim").outstanding
        assert [(t.field_key, t.sentence) for t in thing] == [
            ("mobile", "Enter a mobile number, for example 0412 345 678.")
        ]

    def test_nothing_to_add_is_an_answer(self):
        bare = of({}, "liabilities.buy_now_pay_later")
        assert bare.outstanding[0].label == "Buy now, pay later: add one, or say nothing to add"
        said = {("liabilities.buy_now_pay_later", ""): Filled({"nothing_to_add": "yes"})}
        assert of(said, "liabilities.buy_now_pay_later").status is Status.DONE

    def test_an_item_says_which_one_it_is(self):
        stored = {("liabilities.cards", ""): Filled({}, (CARD | {"limit": ""},))}
        (thing,) = of(stored, "liabilities.cards").outstanding
        assert (thing.item_id, thing.item, thing.label) == ("1", "Credit card, Southern Gum Bank", "Card limit")

    def test_dependants_are_on_both_pages_and_count_once(self):
        made = progress(PAGES, {}, FACTS)
        assert sum(s.section_id == "applicant.dependants" for s in made.sections) == 1
        for person in ("kim", "sam"):
            ids = [s.section_id for s in made.of_page(find_page("AU", "applicant"), person).sections]
            assert ids.count("applicant.dependants") == 1

    def test_somebody_who_may_not_see_the_other_counts_their_own_only(self):
        subjects = {s.subject for s in progress(PAGES, {}, FACTS, subjects=["sam"]).sections}
        assert subjects == {"", "sam"}

    def test_a_hundred_percent_means_everything(self):
        pages = apply_flow(PAGES, ["liabilities.cards", "liabilities.student_debt"])
        assert progress(pages, CARDS, FACTS).percent < 100
        done = CARDS | {("liabilities.student_debt", ""): Filled({"nothing_to_add": "yes"})}
        made = progress(pages, done, FACTS)
        assert (made.percent, made.minutes_left, made.complete) == (100, 0, True)


class TestFlows:
    def test_the_full_flow_changes_nothing(self):
        [(_, _, full)] = [each for each in standard_flows("AU") if each[0] == "Full home loan"]
        assert apply_flow(PAGES, full) == PAGES

    def test_the_short_flow_names_real_sections(self):
        [(_, _, ids)] = [each for each in standard_flows("AU") if each[0] == "Short home loan"]
        short = apply_flow(PAGES, ids)
        assert set(section_ids_of(short)) < set(section_ids_of(PAGES))
        assert [page.key for page in short] == ["applicant", "assets", "liabilities", "income", "needs"]

    def test_the_broker_orders_pages_and_sections(self):
        pages = apply_flow(PAGES, ["needs.borrowing", "assets.savings", "needs.reasons", "gone.away"])
        assert section_ids_of(pages) == ("needs.borrowing", "needs.reasons", "assets.savings")

    def test_earlier_addresses_come_with_addresses(self):
        pages = apply_flow(PAGES, ["applicant.addresses"])
        assert section_ids_of(pages) == ("applicant.addresses", "applicant.earlier_addresses")


class TestTotals:
    @pytest.mark.parametrize(
        ("every", "cents"),
        [(Frequency.WEEKLY, 234_000), (Frequency.FORTNIGHTLY, 117_000), (Frequency.MONTHLY, 54_000),
         (Frequency.QUARTERLY, 18_000), (Frequency.HALF_YEARLY, 9_000), (Frequency.YEARLY, 4_500)],
    )  # fmt: skip
    def test_a_month(self, every, cents):
        assert monthly_cents(54_000, every) == cents

    def test_half_a_cent_rounds_up(self):
        assert monthly_cents(6, Frequency.YEARLY) == 1

    def test_a_joint_item_counts_once_and_divides_to_the_cent(self):
        sums = totals(PAGES, CARDS, FACTS)
        assert sums.together[Tally.DEBT] == 123_001
        assert sums.together[Tally.REPAYMENT] == 25_000
        assert [sums.by_applicant[who][Tally.DEBT] for who in ("kim", "sam")] == [61_501, 61_500]

    def test_shares_as_answered(self):
        mine = CARD | {"ownership": json.dumps({"sam": 100})}
        sums = totals(PAGES, {("liabilities.cards", ""): Filled({}, (mine,))}, FACTS)
        assert sums.by_applicant["sam"][Tally.LIMIT] == 800_000
        assert sums.by_applicant["kim"][Tally.LIMIT] == 0

    def test_income_is_the_earners_and_expenses_the_households(self):
        job = {"id": "1", "employer_name": "X", "gross_salary": "96,000", "gross_salary_frequency": "yearly"}
        stored = {
            ("income.salary", "kim"): Filled({}, (job,)),
            ("expenses.general", ""): Filled({"groceries": "300", "groceries_frequency": "weekly"}),
            ("assets.savings", ""): Filled({}, ({"id": "2", "type": "bank_account", "balance": "5000"},)),
        }
        sums = totals(PAGES, stored | CARDS, FACTS)
        assert sums.by_applicant["kim"][Tally.INCOME] == 800_000
        assert sums.by_applicant["sam"][Tally.INCOME] == 0
        assert sums.by_applicant["sam"][Tally.EXPENSE] == 65_000
        together = {tally: sums.together[tally] for tally in (Tally.ASSET, Tally.DEBT, Tally.EXPENSE, Tally.REPAYMENT)}
        assert list(together.values()) == [500_000, 123_001, 130_000, 25_000]

    def test_an_amount_nobody_can_place_in_a_month_is_left_out(self):
        section = find_section("AU", "income", "salary")
        assert item_sums(section, {"gross_salary": "96,000"}, FACTS)[Tally.INCOME] == 0

    @given(st.integers(-(10**9), 10**9), st.dictionaries(st.sampled_from("abcd"), st.floats(0.01, 100), min_size=1))
    def test_parts_always_make_the_whole(self, cents, shares):
        assert sum(split_cents(cents, shares).values()) == cents


class TestRows:
    def test_reads_as_a_person_would_say_it(self):
        stored = CARDS | {
            ("applicant.personal_details", "kim"): Filled({"first_name": "Kim", "date_of_birth": "27 3 1986"}),
            ("expenses.general", ""): Filled({"groceries": "300", "groceries_frequency": "weekly", "pets_none": "yes"}),
            ("liabilities.student_debt", ""): Filled({"nothing_to_add": "yes"}),
        }
        read = {(row.person, row.item, row.label): row.words for row in rows(PAGES, stored, FACTS)}
        assert read["Kim Doe", "", "Date of birth"] == "27 March 1986"
        assert read["", "Credit card, Southern Gum Bank", "Owed today"] == "$1,230.01"
        assert read["", "Credit card, Southern Gum Bank", "Usual payment each month"] == "$250.00 a month"
        assert read["", "", "Groceries"] == "$300.00 a week"
        assert read["", "", "Pet care"] == "None"
        assert read["", "", "Student debt"] == "Nothing to add"
        assert not [row for row in read if row[0] == "Sam Roe"], "defaults are nobody's answers"

    def test_private_copies_are_named_and_not_shown(self):
        stored = {("risks.declarations", "sam"): Filled({"bankrupt": "yes", "bankrupt_detail": "2019"})}
        found = rows(PAGES, stored, FACTS, private={("risks.declarations", "sam")})
        assert [(row.person, row.words) for row in found] == [("Sam Roe", PRIVATE)]

    def test_what_could_not_be_read_is_shown_as_typed(self):
        stored = {("applicant.contact_details", "kim"): Filled({"mobile": "0412 or so"})}
        (row,) = rows(PAGES, stored, FACTS)
        assert (row.words, row.value) == ("0412 or so", None)

    def test_is_json(self):
        assert json.loads(json.dumps(to_json(rows(PAGES, CARDS, FACTS))))[0]["page"] == "What you owe"


class TestAcrossSections:
    def test_properties_can_be_chosen_where_loans_are_described(self):
        home = {"id": "7", "address_street_number": "14", "address_street_name": "wattlebird",
                "address_street_type": "lane"}  # fmt: skip
        stored = {("assets.property", ""): Filled({}, (home,))}
        assert facts_for(FACTS, stored, "")["options"]["properties"] == [("7", "14 Wattlebird Lane")]

    def test_a_loan_that_outlasts_work_asks_how_it_ends(self):
        stored = {
            ("applicant.personal_details", "kim"): Filled({"date_of_birth": "27 3 1970"}),
            ("risks.exit_strategy", "kim"): Filled({"retirement_age": "67"}),
        }
        assert facts_for(FACTS, stored, "kim")["loan_outlasts_work"]
        short = stored | {("product_requirements.term", ""): Filled({"years": "10"})}
        assert not facts_for(FACTS, short, "kim")["loan_outlasts_work"]
