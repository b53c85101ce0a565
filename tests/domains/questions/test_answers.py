"""Which questions are asked, what is missing, and the rules that look at several answers."""

from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.stored import facts_for
from salestrekker_portal.domains.questions.answers import (
    Filled,
    asked_because,
    check,
    check_filled,
    is_asked,
    visible_fields,
)
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.identity import identity_points

TODAY = date(2026, 3, 9)
ALONE = {"today": TODAY, "applicants": (("kim", "Kim Doe"),), "contact_id": "kim"}
TWO = ALONE | {"applicants": (("kim", "Kim Doe"), ("sam", "Sam Roe"))}

PERSONAL = find_section("AU", "applicant", "personal_details")
ADDRESSES = find_section("AU", "applicant", "addresses")
WORK = find_section("AU", "applicant", "employment")
CARDS = find_section("AU", "liabilities", "cards")

HOME = {
    "current_street_number": "8", "current_street_name": "Wattle", "current_suburb": "Example Bay",
    "current_state": "nsw", "current_postcode": "2000", "living_arrangement": "own_outright",
}  # fmt: skip
CARD = {
    "id": "1", "type": "credit_card", "lender": "Southern Gum Bank", "limit": "8,000", "balance": "1,230",
    "after_settlement": "keep", "missed_payment": "no",
}  # fmt: skip


def keys(section, answers, facts=ALONE):
    return [field.key for field in visible_fields(section, answers, facts)]


class TestWhatIsAsked:
    def test_previous_name_only_of_those_who_had_one(self):
        assert "previous_name" not in keys(PERSONAL, {})
        assert "previous_name" not in keys(PERSONAL, {"has_previous_name": "no"})
        assert "previous_name" in keys(PERSONAL, {"has_previous_name": "yes"})

    def test_an_answer_that_is_no_longer_asked_asks_nothing(self):
        typed = {"marital_status": "single", "spouse_is_applicant": "no", "spouse_name": "Sam"}
        assert "spouse_name" not in keys(PERSONAL, typed)
        assert "spouse_name" not in check(PERSONAL, typed, ALONE).values

    def test_which_applicant_only_when_there_are_several(self):
        typed = {"marital_status": "married", "spouse_is_applicant": "yes"}
        three = TWO | {"applicants": (*TWO["applicants"], ("alex", "Alex Poe"))}
        assert "spouse" not in keys(PERSONAL, typed, TWO)
        assert "spouse" in keys(PERSONAL, typed, three)

    def test_previous_address_of_those_who_moved_in_the_last_three_years(self):
        assert "previous_suburb" in keys(ADDRESSES, HOME | {"moved_in": "04/2023"})
        assert "previous_suburb" not in keys(ADDRESSES, HOME | {"moved_in": "03/2023"})
        assert "previous_suburb" not in keys(ADDRESSES, HOME | {"moved_in": "20"})

    def test_an_address_without_a_number_asks_for_a_description(self):
        asked = keys(ADDRESSES, {"current_address_type": "non_standard"})
        assert "current_description" in asked
        assert "current_street_number" not in asked

    def test_an_address_overseas_has_a_region_and_no_state(self):
        asked = keys(ADDRESSES, {"current_country": "nz"})
        assert "current_region" in asked
        assert "current_state" not in asked

    def test_whose_it_is_only_when_there_are_two(self):
        assert "ownership" not in keys(CARDS, CARD, ALONE)
        assert "ownership" in keys(CARDS, CARD, TWO)

    def test_broker_only_questions_are_not_for_clients(self):
        assert "summary_notes" not in keys(PERSONAL, {})
        assert "summary_notes" in keys(PERSONAL, {}, ALONE | {"audience": "broker"})

    def test_says_why(self):
        married = {"marital_status": "de_facto", "has_previous_name": "yes"}
        because = [asked_because(PERSONAL.field(k), PERSONAL, married, ALONE)
                   for k in ("previous_name", "spouse_is_applicant", "first_name")]  # fmt: skip
        assert because == ["Asked because you said yes", "Asked because you said de facto", ""]


class TestMissing:
    def test_blank_is_missing_and_half_typed_is_wrong(self):
        read = check(PERSONAL, {"first_name": "Kim", "last_name": "  ", "date_of_birth": "30/2"}, ALONE)
        assert read.values["first_name"] == "Kim"
        assert read.missing == ("last_name", "marital_status", "residency_status")
        assert list(read.errors) == ["date_of_birth"]
        assert not read.complete

    def test_how_often_is_needed_once_there_is_an_amount(self):
        salary = find_section("AU", "income", "salary")
        base = {"employer_name": "Coral Street", "gross_salary": "85,000", "gross_salary_frequency": "yearly"}
        assert check(salary, base, ALONE).complete
        assert check(salary, base | {"bonus": "500"}, ALONE).missing == ("bonus_frequency",)

    def test_zero_or_none_answers_an_expense_and_blank_does_not(self):
        pets = find_section("AU", "expenses", "commitments")
        assert check(pets, {}, ALONE).missing == ("maintenance",)
        assert check(pets, {"maintenance": "0"}, ALONE).complete
        assert check(pets, {"maintenance_none": "yes"}, ALONE).complete
        both = check(pets, {"maintenance_none": "yes", "maintenance": "50"}, ALONE)
        assert both.errors == {"maintenance": "You ticked “None” and typed an amount. Keep one of them."}

    def test_an_empty_list_needs_a_statement(self):
        assert check_filled(CARDS, Filled(), ALONE).unanswered
        assert check_filled(CARDS, Filled({"nothing_to_add": "yes"}), ALONE).complete
        assert check_filled(CARDS, Filled({}, (CARD,)), ALONE).complete
        said_both = check_filled(CARDS, Filled({"nothing_to_add": "yes"}, (CARD | {"limit": ""},)), ALONE)
        assert said_both.items["1"].missing == ("limit",)

    def test_work_cannot_be_nothing(self):
        assert check_filled(WORK, Filled({"nothing_to_add": "yes"}), ALONE).unanswered


class TestRules:
    def test_shares_belong_to_people_on_the_loan(self):
        gone = check(CARDS, CARD | {"ownership": '{"kim": 50, "zoe": 50}'}, TWO)
        assert list(gone.errors) == ["ownership"]
        assert check(CARDS, CARD | {"ownership": '{"kim": 50, "sam": 50}'}, TWO).complete

    @pytest.mark.parametrize(("code", "right"), [("2000", True), ("200", False), ("SW1A", False)])
    def test_postcodes(self, code, right):
        read = check(ADDRESSES, HOME | {"current_postcode": code, "moved_in": "01/2010"}, ALONE)
        assert ("current_postcode" not in read.errors) == right

    def test_nobody_lives_in_a_po_box(self):
        read = check(ADDRESSES, HOME | {"current_street_name": "P.O. Box 12"}, ALONE)
        assert "current_street_name" in read.errors

    def test_previous_address_came_first(self):
        read = check(ADDRESSES, HOME | {"moved_in": "01/2025", "previous_moved_in": "02/2025"}, ALONE)
        assert "previous_moved_in" in read.errors

    def test_most_important_is_for_one_thing(self):
        read = check(
            find_section("AU", "product_requirements", "priorities"),
            {"lowest_cost": "most", "quick_approval": "most", "lender_policy": "least"},
            ALONE,
        )
        assert read.errors == {"quick_approval": "Choose “Most important” for one of these only."}  # fmt: skip

    def test_none_of_these_stands_alone(self):
        read = check(find_section("AU", "applicant", "identification"), {"documents": "none,passport"}, ALONE)
        assert "documents" in read.errors

    def test_identity_points(self):
        assert identity_points(["passport", "driver_licence"]) == 110


class TestHistory:
    def earlier(self, moved_in, previous=""):
        stored = {("applicant.addresses", "kim"): Filled({"moved_in": moved_in, "previous_moved_in": previous})}
        section = find_section("AU", "applicant", "earlier_addresses")
        return is_asked(section, facts_for(ALONE, stored, "kim"))

    def test_earlier_addresses_until_three_years_are_known(self):
        assert not self.earlier("01/2010")
        assert not self.earlier("01/2025"), "one thing at a time: the previous address first"
        assert not self.earlier("01/2025", "02/2020")
        assert self.earlier("01/2025", "06/2024")

    def job(self, **more):
        base = {
            "id": "1", "type": "salaried", "priority": "primary", "basis": "full_time",
            "occupation": "Nurse", "employer_name": "Coral Street", "started_on": "1/2/2019",
        }  # fmt: skip
        return base | more

    def sentences(self, *items):
        return check_filled(WORK, Filled({}, items), ALONE).errors

    def test_work_goes_back_three_years(self):
        assert self.sentences(self.job()) == ()
        assert self.sentences(self.job(started_on="1/2/2025")) == (
            "Add what you did before 1 February 2025. Lenders need the last 3 years, from 1 March 2023.",
        )
        studied = {"id": "2", "type": "student", "current": "previous", "since": "01/2020"}
        assert self.sentences(self.job(started_on="1/2/2025"), studied) == ()

    def test_somebody_does_something_now_and_one_thing_most(self):
        assert self.sentences(self.job(current="previous", ended_on="1/1/2026"))
        assert self.sentences(self.job(), self.job(id="2"))
        assert self.sentences(self.job(), self.job(id="2", priority="secondary")) == ()

    def test_previous_work_has_an_end_after_its_start(self):
        assert "ended_on" in check(WORK, self.job(current="previous"), ALONE).missing
        backwards = check(WORK, self.job(current="previous", ended_on="1/1/2018"), ALONE)
        assert backwards.errors == {"ended_on": "The end date is before the start date. Check both."}
