"""The rent of a home is asked once, and what a household is asked follows from its own people."""

from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.homes import households_of
from salestrekker_portal.domains.fact_find.lines import lines
from salestrekker_portal.domains.fact_find.stored import copies, facts_for
from salestrekker_portal.domains.questions.answers import Filled, is_required, raw_of, visible_fields
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Party

PEOPLE = (("kim", "Kim Doe"), ("sam", "Sam Roe"))
RENTS = {"living_arrangement": "renting", "current_street_name": "Darby", "current_suburb": "Newcastle"}
TOLD = RENTS | {"rent": "540", "rent_frequency": "weekly"}


def known(country="AU", people=PEOPLE, audience="broker", **roles):
    return {
        "today": date(2026, 3, 9), "country": country, "loan": "home_loan", "applicants": people, "audience": audience,
        "roles": roles,
        "own_households": tuple(who for who, role in roles.items() if role.endswith("guarantor") or role == "trustee"),
    }  # fmt: skip


def asked(stored, facts, households=None):
    """(section, whose, field) of everything that is asked, and of what of it is needed."""
    shown, needed = set(), set()
    for copy in copies(pages_for(facts["country"], Party.PERSON, "home_loan"), stored, facts, households=households):
        seen = visible_fields(copy.section, copy.filled.answers, copy.facts)
        said = {field.key: raw_of(field, copy.filled.answers) for field in seen}
        here = {(copy.section_id, copy.subject, field.key) for field in seen}
        shown |= here
        needed |= {each for each in here if is_required(copy.section.field(each[2]), said, copy.facts)}
    return shown, needed


def at(**addresses):
    return {("applicant.addresses", who): Filled(typed) for who, typed in addresses.items()}


@pytest.mark.parametrize("country", ["AU", "NZ"])
def test_the_second_of_two_in_one_home_is_not_asked_its_rent(country):
    shown, needed = asked(at(kim=TOLD, sam=RENTS), known(country))
    assert ("applicant.addresses", "kim", "rent") in needed
    assert ("applicant.addresses", "sam", "rent") not in shown
    # Another home is another rent, and so is an address that nobody has typed yet.
    for elsewhere in (RENTS | {"current_suburb": "Maitland"}, {"living_arrangement": "renting"},
                      RENTS | {"living_arrangement": "boarding"}):  # fmt: skip
        assert ("applicant.addresses", "sam", "rent") in asked(at(kim=TOLD, sam=elsewhere), known(country))[1]


def test_what_the_second_typed_stays_on_their_page():
    assert ("applicant.addresses", "sam", "rent") in asked(at(kim=TOLD, sam=TOLD), known())[0]


def test_a_guarantor_who_rents_in_the_same_house_has_a_household_of_their_own():
    assert ("applicant.addresses", "sam", "rent") in asked(at(kim=TOLD, sam=RENTS), known(sam="servicing_guarantor"))[1]


@pytest.mark.parametrize("role", ["security_guarantor", "trustee"])
@pytest.mark.parametrize("alone", [False, True])
def test_nobody_is_asked_a_rent_that_no_lender_counts(role, alone):
    people, audience = (PEOPLE[1:], "client") if alone else (PEOPLE, "broker")
    shown, _ = asked(at(sam=RENTS), known(people=people, audience=audience, sam=role))
    assert ("applicant.addresses", "sam", "living_arrangement") in shown
    assert ("applicant.addresses", "sam", "rent") not in shown


def test_a_spouse_who_sees_nobody_else_is_not_asked_the_rent_that_the_borrower_tells():
    facts = known(people=PEOPLE[1:], audience="client", sam="non_borrowing_spouse")
    shown, _ = asked({}, facts, households=("",))
    assert ("expenses.general", "", "groceries") in shown and ("expenses.housing", "", "rent") not in shown
    held = {("expenses.housing", ""): Filled({"rent": "540"})}
    assert ("expenses.housing", "", "rent") in asked(held, facts, households=("",))[0]
    assert ("expenses.housing", "", "rent") in asked({}, known(sam="non_borrowing_spouse"))[0]


def test_a_guarantor_who_sees_nobody_else_has_their_rent_carried():
    facts = known(people=PEOPLE[1:], audience="client", sam="servicing_guarantor")
    assert facts_for(facts, at(sam=TOLD), "")["carried"]["rent"].words == "$540.00 a week"


def test_one_rent_of_two_people_counts_once_while_one_address_is_open():
    pages, stored = pages_for("AU", Party.PERSON, "home_loan"), at(kim=TOLD, sam=TOLD | dict.fromkeys(RENTS, ""))
    stored["applicant.addresses", "sam"] = Filled(
        {"living_arrangement": "renting", "rent": "540", "rent_frequency": "weekly"}
    )
    assert [line.counted for line in lines(pages, stored, known()) if line.field_key == "rent"] == [234_000]


def test_directors_who_only_guarantee_have_no_household_between_them():
    facts = known(kim="servicing_guarantor", sam="servicing_guarantor")
    assert households_of({}, facts) == ("kim", "sam")
    assert not {key for key in asked({}, facts)[0] if key[0] == "expenses.general" and not key[1]}
    together = {("expenses.household", ""): Filled({"members": "kim,sam"})}
    assert households_of(together, facts) == ("",)


HOUSE = {"id": "1", "use": "owner_occupied", "value": "900,000", "ownership": '{"sam": 100}'}


@pytest.mark.parametrize("role", ["security_guarantor", "servicing_guarantor"])
def test_a_guarantors_home_rent_and_children_ask_the_borrower_nothing(role):
    stored = at(kim={"living_arrangement": "with_family"}, sam={"living_arrangement": "own_outright"}) | {
        ("assets.property", ""): Filled({}, (HOUSE, HOUSE | {"id": "2", "use": "holiday_home"},
                                             HOUSE | {"id": "3", "use": "investment"})),
        ("applicant.dependants", ""): Filled({}, ({"id": "1", "name": "Ari", "household": "sam"},)),
    }  # fmt: skip
    shown, _ = asked(stored, known(sam=role))
    of_kim = {key for _, whose, key in shown if not whose}
    assert not of_kim & {"strata", "secondary_residence", "investment_property", "childcare", "rent_ends"}
    if role == "servicing_guarantor":
        assert {("expenses.property", "sam", "strata"), ("expenses.property", "sam", "secondary_residence"),
                ("expenses.children", "sam", "childcare")} <= shown  # fmt: skip


def test_the_guarantors_rent_does_not_end_when_the_borrower_buys():
    buys = {("needs.purposes", ""): Filled({}, ({"id": "1", "type": "purchase", "amount": "600,000"},))}
    stored = at(kim={"living_arrangement": "with_family"}, sam=TOLD) | buys
    assert ("needs.property", "", "rent_ends") not in asked(stored, known(sam="servicing_guarantor"))[0]
    assert ("needs.property", "", "rent_ends") in asked(at(kim=TOLD) | buys, known(sam="servicing_guarantor"))[1]
