"""Complete means complete, and nobody is stopped by a question that can't fit them."""

from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.stored import facts_for
from salestrekker_portal.domains.questions.answers import Filled, check, check_filled, visible_fields
from salestrekker_portal.domains.questions.catalogue import find_section
from salestrekker_portal.domains.questions.places import states_of

TODAY = date(2026, 3, 9)
ALONE = {"today": TODAY, "applicants": (("kim", "Kim Doe"),), "contact_id": "kim", "country": "AU"}
NZ = ALONE | {"country": "NZ"}
HOME = {
    "current_street_number": "8", "current_street_name": "Wattle", "current_suburb": "Example Bay",
    "current_state": "nsw", "current_postcode": "2000", "living_arrangement": "own_outright", "moved_in": "01/2010",
}  # fmt: skip


def section(name, country="AU"):
    return find_section(country, *name.split("."))


def wrong(name, answers, facts=ALONE):
    return check(section(name, facts["country"]), answers, facts).errors


def whole(name, answers, facts=ALONE):
    return check(section(name, facts["country"]), answers, facts).complete


LICENCE = {"documents": "driver_licence", "licence_state": "nsw", "licence_number": "12345678",
           "licence_card_number": "2 987 654 321", "licence_expires_on": "15/6/2029"}  # fmt: skip
PASSPORT = {"passport_country": "au", "passport_number": "PA1234567", "passport_expires_on": "15/6/2029"}


class TestIdentity:
    @pytest.mark.parametrize(
        ("papers", "enough"),
        [("medicare", False), ("driver_licence", False), ("driver_licence,medicare", False),
         ("driver_licence,proof_of_age", False), ("birth_certificate,medicare", False),
         ("driver_licence,passport", True), ("birth_certificate,bank_card,bill", True), ("none", False)],
    )  # fmt: skip
    def test_a_hundred_points_or_a_reason(self, papers, enough):
        said = {"documents": papers}
        assert ("documents" not in wrong("applicant.identification", said)) is enough
        assert "documents" not in wrong("applicant.identification", said | {"no_more_documents": "I lost them"})

    def test_the_reason_is_asked_only_where_papers_are_few(self):
        def asked(papers):
            return [f.key for f in visible_fields(section("applicant.identification"), {"documents": papers}, ALONE)]

        assert "no_more_documents" in asked("medicare") and "no_more_documents" not in asked("driver_licence,passport")
        assert "no_more_documents" not in asked("")

    @pytest.mark.parametrize(
        ("state", "number", "card", "bad"),
        [("nsw", "12345678", "2987654321", ()), ("nsw", "123", "2987654321", ("licence_number",)),
         ("vic", "012345678", "P1234567", ()), ("wa", "12345", "12345678", ("licence_number",)),
         ("qld", "012345678", "29876", ("licence_card_number",)), ("sa", "A12345", "A12345678", ()),
         ("overseas", "x", "", ())],
    )  # fmt: skip
    def test_licences_look_as_each_state_issues_them(self, state, number, card, bad):
        said = LICENCE | {"licence_state": state, "licence_number": number, "licence_card_number": card}
        found = wrong("applicant.identification", said)
        assert {key for key in found if key.startswith("licence")} == set(bad)

    def test_a_licence_from_abroad_needs_its_country_and_no_card_number(self):
        said = LICENCE | PASSPORT | {"documents": "driver_licence,passport", "licence_state": "overseas",
                                     "licence_country": "ie", "licence_card_number": ""}  # fmt: skip
        assert whole("applicant.identification", said)

    @pytest.mark.parametrize(
        ("country", "ends", "good"),
        [("au", "1/1/1990", False), ("au", "1/4/2024", True), ("au", "1/1/2024", False), ("ie", "1/1/2026", False),
         ("ie", "1/1/2027", True)],
    )  # fmt: skip
    def test_passports_that_ended(self, country, ends, good):
        said = {"documents": "passport", "passport_country": country, "passport_expires_on": ends}
        assert ("passport_expires_on" not in wrong("applicant.identification", said)) is good

    @pytest.mark.parametrize(("number", "good"), [("2123 45670 1", True), ("2123456711", False), ("1234567890", False)])
    def test_medicare_numbers_have_a_check_digit(self, number, good):
        said = {"documents": "medicare", "medicare_number": number}
        assert ("medicare_number" not in wrong("applicant.identification", said)) is good

    def test_new_zealand(self):
        said = {"documents": "driver_licence", "licence_number": "AB12345", "licence_version": "45",
                "licence_expires_on": "15/6/2029"}  # fmt: skip
        assert set(wrong("applicant.identification", said, NZ)) == {"licence_number", "licence_version"}
        assert whole("applicant.identification", said | {"licence_country": "fj", "licence_number": "7"}, NZ)
        assert "documents" in wrong("applicant.identification", {"documents": "other", "other_document": "x"}, NZ)


class TestPlaces:
    @pytest.mark.parametrize(
        ("state", "code", "right"),
        [("nsw", "3000", False), ("vic", "3000", True), ("act", "2600", True), ("nsw", "2600", False),
         ("nsw", "2620", True), ("act", "2620", True), ("nt", "0800", True), ("tas", "7000", True)],
    )  # fmt: skip
    def test_a_postcode_is_in_its_state(self, state, code, right):
        said = HOME | {"current_state": state, "current_postcode": code}
        assert ("current_postcode" not in wrong("applicant.addresses", said)) is right

    def test_codes_that_are_none(self):
        assert states_of("12") == states_of("abcd") == states_of("٣٠٠٠") == frozenset()

    @pytest.mark.parametrize("country", ["hk", "ae", "ie"])
    def test_an_address_abroad_needs_no_postcode(self, country):
        abroad = {k: v for k, v in HOME.items() if k not in ("current_state", "current_postcode")}
        assert whole("applicant.addresses", abroad | {"current_country": country})
        assert not whole("applicant.addresses", abroad)

    def test_somebody_without_an_address_says_how_to_reach_them(self):
        said = {"current_address_type": "no_fixed", "current_description": "Care of the Example Bay shelter",
                "living_arrangement": "other", "moved_in": "01/2010"}  # fmt: skip
        assert whole("applicant.addresses", said)


class TestHistory:
    def job(self, **more):
        base = {"id": "1", "type": "salaried", "priority": "primary", "basis": "full_time", "occupation": "Nurse",
                "employer_name": "Coral Street", "started_on": "02/2025"}  # fmt: skip
        return base | more

    def before(self, **more):
        return self.job(id="2", current="previous", priority="secondary") | more

    @pytest.mark.parametrize(
        ("started", "ended", "gap"),
        [("01/2019", "01/2025", ""), ("01/2019", "12/2024", ""), ("01/2019", "06/2024", "June 2024 to February 2025"),
         ("01/2019", "01/2020", "March 2023 to February 2025")],
    )  # fmt: skip
    def test_work_has_no_hole(self, started, ended, gap):
        items = (self.job(), self.before(started_on=started, ended_on=ended))
        [*said] = check_filled(section("applicant.employment"), Filled({}, items), ALONE).errors
        assert (gap in said[0]) if gap else said == []

    def test_a_job_that_ended_leaves_a_hole_until_today(self):
        items = (self.job(type="unemployed", since="02/2026"), self.before(started_on="01/2019", ended_on="06/2025"))
        [said] = check_filled(section("applicant.employment"), Filled({}, items), ALONE).errors
        assert "June 2025 to February 2026" in said

    def test_a_month_is_enough_and_a_day_stays_whole(self):
        for typed, kept in (("feb 2022", "2022-02"), ("022022", "2022-02"), ("03/08/2021", "2021-08-03")):
            read = check(section("applicant.employment"), self.job(started_on=typed), ALONE)
            assert read.values["started_on"] == kept
        born = check(section("applicant.personal_details"), {"date_of_birth": "27031986"}, ALONE)
        assert born.values["date_of_birth"] == "1986-03-27"

    def test_months_between_two_homes_are_told(self):
        moved = HOME | {"moved_in": "11/2024", "previous_moved_in": "02/2020", "previous_moved_out": "08/2024"}
        assert "August 2024 and November 2024" in wrong("applicant.addresses", moved)["between_homes"]
        assert "between_homes" not in wrong("applicant.addresses", moved | {"between_homes": "Travelling"})

    def test_earlier_addresses_have_no_hole_either(self):
        facts = ALONE | {"address_since": date(2025, 1, 1)}
        earlier = {"id": "1", "moved_in": "01/2019", "moved_out": "06/2024"}
        [said] = check_filled(section("applicant.earlier_addresses"), Filled({}, (earlier,)), facts).errors
        assert said == "Add where you lived from June 2024 to January 2025."
        straight = check_filled(
            section("applicant.earlier_addresses"), Filled({}, (earlier | {"moved_out": ""},)), facts
        )
        assert straight.errors == ()


class TestNobodyIsStopped:
    PERSON = {"first_name": "Suharto", "date_of_birth": "27/3/1956", "marital_status": "single",
              "residency_status": "temporary_visa", "visa_subclass": "Bridging A"}  # fmt: skip

    def test_one_name_and_a_visa_without_an_end(self):
        assert check(section("applicant.personal_details"), self.PERSON, ALONE).missing == (
            "last_name",
            "visa_expires_on",
        )
        assert whole("applicant.personal_details", self.PERSON | {"one_name": "yes", "visa_no_end": "yes"})

    def test_a_card_in_credit(self):
        card = {"type": "credit_card", "lender": "Wattle", "limit": "8,000", "balance": "-120.50",
                "after_settlement": "keep", "missed_payment": "no"}  # fmt: skip
        assert whole("liabilities.cards", card)

    def test_somebody_retired_says_how_the_loan_ends_and_not_when_they_retire(self):
        stored = {
            ("applicant.employment", "kim"): Filled({}, ({"id": "1", "type": "retired", "since": "01/2020"},)),
            ("applicant.personal_details", "kim"): Filled(self.PERSON),
        }
        read = check(section("risks.exit_strategy"), {}, facts_for(ALONE, stored, "kim"))
        assert read.missing == ("repaid_by",)


class TestAcrossPages:
    CARD = {"id": "1", "type": "credit_card", "after_settlement": "refinance"}
    PURPOSE = {"id": "1", "type": "purchase", "amount": "620,000"}

    def borrowing(self, answers, **stored):
        places = {"cards": ("liabilities.cards", ""), "purposes": ("needs.purposes", "")}
        known = {places[name]: Filled({}, items) for name, items in stored.items()}
        return check(section("needs.borrowing"), answers, facts_for(ALONE, known, "")).errors

    def test_no_other_debts_beside_one_that_is_paid_out(self):
        assert "is_refinance" in self.borrowing({"is_refinance": "no"}, cards=(self.CARD,))
        kept = self.CARD | {"after_settlement": "keep"}
        assert self.borrowing({"is_refinance": "no"}, cards=(kept,)) == {}

    @pytest.mark.parametrize("purpose", ["refinance", "debt_consolidation"])
    @pytest.mark.parametrize(
        ("then", "wrong"),
        [(("keep",), True), (("keep", "reduce"), True), (("keep", "refinance"), False), (("close",), False),
         (("keep", ""), False), ((), False)],
    )  # fmt: skip
    def test_a_loan_that_pays_debts_out_stands_beside_one_that_it_pays_out(self, purpose, then, wrong):
        cards = tuple({"id": str(n), "after_settlement": each} for n, each in enumerate(then))
        wish = Filled({}, ({"id": "w", "type": purpose, "amount": "40,000"},))
        stored = {("liabilities.cards", ""): Filled({}, cards), ("needs.purposes", ""): wish}
        read = check_filled(section("needs.purposes"), wish, facts_for(ALONE, stored, ""))
        assert bool(read.errors) is wrong

    def test_purposes_add_up_to_the_amount(self):
        more = {"id": "2", "type": "renovations", "amount": "15,000"}
        wanted = {"amount_sought": "640,000"}
        assert "$635,000.00" in self.borrowing(wanted, purposes=(self.PURPOSE, more))["amount_sought"]
        assert self.borrowing({"amount_sought": "635,000"}, purposes=(self.PURPOSE, more)) == {}
        assert self.borrowing(wanted, purposes=(self.PURPOSE, more | {"amount": ""})) == {}
