"""Whatever lenders' forms and LIXI have a word for can be said here too; nobody has to call it "Something else"."""

from datetime import date

import pytest

from salestrekker_portal.domains.questions.answers import check, visible_fields
from salestrekker_portal.domains.questions.catalogue import find_field, find_section

# country, field, the words that a client looks for in its choices
SAID = [
    ("AU", "applicant.employment.basis", "casual, commission, contract, seasonal, temporary"),
    ("NZ", "applicant.employment.basis", "commission"),
    ("AU", "income.government.type", "austudy, youth allowance, abstudy, mobility, carer payment, carer allowance, "
     "family tax benefit a, family tax benefit b, parental leave, parenting, jobseeker, age pension, disability"),
    ("AU", "income.other.type", "workers compensation, income protection, annuity, managed funds, dividends, trust, "
     "maintenance, superannuation, board"),
    ("NZ", "income.other.type", "income protection, managed funds, boarder"),
    ("AU", "liabilities.loans.type", "interest-free, hire purchase, novated, margin, overdraft, line of credit"),
    ("NZ", "liabilities.loans.type", "interest-free, revolving"),
    ("AU", "liabilities.home_loans.type", "bridging, investment"),
    ("NZ", "liabilities.home_loans.type", "bridging"),
    ("AU", "liabilities.other.type", "tax, centrelink, family, guarantee, maintenance"),
    ("NZ", "liabilities.other.type", "inland revenue, work and income, family"),
    ("AU", "needs.purposes.type", "bridge, co-owner, top up, equity, build, reverse"),
    ("AU", "needs.property.condition", "land only, house and land, off the plan, new, established"),
    ("NZ", "applicant.personal_details.marital_status", "civil union"),
    ("AU", "risks.exit_strategy.repaid_by", "inheritance, investments, superannuation, smaller home"),
    ("NZ", "risks.exit_strategy.repaid_by", "inheritance, investments, kiwisaver"),
    ("AU", "assets.property.address_street_type", "esplanade, promenade, vale, row, heights, wynd, close"),
    ("AU", "applicant.dependants.relationship", "expect"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "key", "wanted"), SAID)
def test_there_is_a_choice_for_it(country, key, wanted):
    labels = [option.label.casefold() for option in find_field(country, *key.split(".")).options]
    missing = [each for each in wanted.split(", ") if not any(each in label for label in labels)]
    assert not missing and len(set(labels)) == len(labels)


@pytest.mark.parametrize("country", ["AU", "NZ"])
def test_a_child_that_is_expected_has_a_month_and_nothing_that_it_cannot_have(country):
    section = find_section(country, "applicant", "dependants")
    said = {"relationship": "expected", "due": "09/2026"}
    assert [f.key for f in visible_fields(section, said, {})] == ["relationship", "due"]
    assert check(section, said, {"today": date(2026, 3, 9)}).complete
    assert check(section, {"relationship": "expected"}, {}).missing == ("due",)
    assert "due" not in [f.key for f in visible_fields(section, {"relationship": "child"}, {})]


@pytest.mark.parametrize("status", ["married", "de_facto", "civil_union"])
def test_whoever_has_a_partner_in_new_zealand_is_asked_whether_they_apply(status):
    asked = visible_fields(find_section("NZ", "applicant", "personal_details"), {"marital_status": status}, {})
    assert "spouse_is_applicant" in [field.key for field in asked]


@pytest.mark.parametrize(
    ("kind", "meter"), [("car", "odometer"), ("truck", "odometer"), ("machinery", "hours"), ("boat", "hours"),
                        ("caravan", ""), ("technology", "")],
)  # fmt: skip
def test_machines_are_told_by_hours_and_cars_by_kilometres(kind, meter):
    shown = visible_fields(find_section("AU", "needs", "goods"), {"type": kind, "condition": "used"}, {})
    assert [field.key for field in shown if field.key in ("odometer", "hours")] == [each for each in (meter,) if each]


@pytest.mark.parametrize(
    ("said", "asked"),
    [({"residency_status": "australian_citizen"}, False), ({}, False),
     ({"residency_status": "temporary_visa"}, True),
     ({"residency_status": "australian_citizen", "citizenship": "us"}, True)],
)  # fmt: skip
def test_a_second_country_of_tax_is_asked_of_whoever_may_have_one(said, asked):
    shown = [f.key for f in visible_fields(find_section("AU", "applicant", "personal_details"), said, {})]
    assert ("second_tax_country" in shown) is asked


@pytest.mark.parametrize(("typed", "right"), [("036 123456789012", True), ("36123456789012", False), ("", True)])
def test_a_director_id_has_fifteen_digits(typed, right):
    said = {"name": "Kim Doe", "roles": "director", "director_id": typed}
    assert ("director_id" not in check(find_section("AU", "entity", "people"), said, {}).errors) is right
