"""Nobody is asked what an earlier answer rules out, what is asked is asked once, and little is needed."""

from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.known import ASKED_WHILE_UNKNOWN, WhatIsKnown
from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.fact_find.stored import copies
from salestrekker_portal.domains.questions.answers import (
    Filled,
    check,
    check_filled,
    is_asked,
    is_required,
    raw_of,
    visible_fields,
)
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page, find_section, pages_for
from salestrekker_portal.domains.questions.conditions import AllOf, AnyOf, Op
from salestrekker_portal.domains.questions.vocabulary import Loan, Party
from tests.domains.questions.asked_once import CALLED_FOR, CARRIED, RULED_OUT

TODAY = date(2026, 3, 9)
KIM, SAM = ("kim", "Kim Doe"), ("sam", "Sam Roe")


def facts_of(country, loan, *people):
    return {"today": TODAY, "country": country, "loan": Loan(loan), "applicants": people}


def needed(country, loan, *people):
    return progress(pages_for(country, Party.PERSON, loan), {}, facts_of(country, loan, *people)).required


def asked(stored, country="AU", loan="home_loan", people=(KIM,), **facts):
    """Every question that is asked now, as "page.section.field", and those of them that are needed."""
    shown, wanted = set(), set()
    for copy in copies(pages_for(country, Party.PERSON, loan), stored, facts_of(country, loan, *people) | facts):
        for answers in copy.filled.items if copy.section.repeats else (copy.filled.answers,):
            seen = visible_fields(copy.section, answers, copy.facts)
            said = {field.key: raw_of(field, answers) for field in seen}
            shown |= {f"{copy.section_id}.{field.key}" for field in seen}
            wanted |= {f"{copy.section_id}.{f.key}" for f in seen if is_required(f, said, copy.facts)}
        shown.add(copy.section_id)
    return shown, wanted


@pytest.mark.parametrize(
    ("country", "loan", "people", "most"),
    [
        ("AU", "home_loan", (KIM,), 60), ("AU", "home_loan", (KIM, SAM), 90), ("NZ", "home_loan", (KIM,), 70),
        ("NZ", "home_loan", (KIM, SAM), 100), ("AU", "personal_loan", (KIM,), 35),
        ("NZ", "personal_loan", (KIM,), 45), ("AU", "asset_finance_consumer", (KIM,), 40),
    ],
)  # fmt: skip
def test_few_answers_are_needed(country, loan, people, most):
    """The number that docs/benchmarks.md names."""
    assert needed(country, loan, *people) <= most


@pytest.mark.parametrize(("case", "stored", "gone"), RULED_OUT, ids=[case for case, _, _ in RULED_OUT])
def test_what_an_answer_rules_out_is_not_asked(case, stored, gone):
    shown, _ = asked({key: Filled(*value) for key, value in stored.items()})
    assert not shown & set(gone)


@pytest.mark.parametrize(("case", "stored", "needed"), CALLED_FOR, ids=[case for case, _, _ in CALLED_FOR])
def test_what_an_answer_calls_for_is_needed(case, stored, needed):
    _, wanted = asked({key: Filled(*value) for key, value in stored.items()})
    assert set(needed) <= wanted
    nothing_said, _ = asked({})
    assert not {key for key in needed if key.startswith("needs.") and "borrowing" not in key} & nothing_said


def test_a_fund_is_asked_how_it_borrows_and_not_what_kind_of_trust_it_is():
    for kind, called in (("smsf", True), ("trust", False), ("private_company", False)):
        stored = {("entity.details", "co"): Filled({"entity_type": kind})}
        facts = facts_of("AU", "home_loan", ("co", "Wattle Super")) | {"parties": {"co": Party.COMPANY}}
        seen = {
            f"{copy.section_id}.{field.key}"
            for copy in copies(pages_for("AU", Party.COMPANY, "home_loan"), stored, facts)
            for field in visible_fields(copy.section, {"bare_trust": "yes"}, copy.facts)
        }
        assert ({"entity.smsf.bare_trust", "entity.smsf.bare_trustee", "entity.smsf.members"} <= seen) is called
        assert ("entity.trust.trust_type" in seen) is (kind == "trust")
        assert ("entity.trust.trust_name" in seen) is (kind != "private_company")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"balance": "42,000", "withdrawal_amount": "41,000"}, {}),
        ({"balance": "42,000", "withdrawal_amount": "41,000.01"}, {"withdrawal_amount": "$41,000.00"}),
        ({"balance": "600", "withdrawal_amount": "1"}, {"withdrawal_amount": "$0.00"}),
        ({"member_since": "4 2023", "withdrawal": "yes"}, {"withdrawal": "less than 3 years"}),
        ({"member_since": "3 2023", "withdrawal": "yes"}, {}),
        ({"member_since": "4 2023", "withdrawal": "not_sure"}, {}),
    ],
)
def test_kiwisaver_keeps_a_thousand_dollars_and_waits_three_years(said, wrong):
    section = find_section("NZ", "assets", "kiwisaver")
    found = check(section, {"use_for_deposit": "yes"} | said, facts_of("NZ", "home_loan", KIM)).errors
    assert found.keys() == wrong.keys() and all(words in found[key] for key, words in wrong.items())


def test_whoever_is_on_leave_says_what_they_go_back_to():
    section, on_leave = find_section("AU", "income", "salary"), facts_of("AU", "home_loan", KIM) | {"on_leave": True}
    job = {"employer_name": "Hunter Health", "gross_salary": "0", "gross_salary_frequency": "yearly"}
    back = job | {"pay_on_return": "60,000", "pay_on_return_frequency": "yearly"}
    cases = ((job, on_leave), (back, on_leave), (job, facts_of("AU", "home_loan", KIM)))
    told = [check_filled(section, Filled({}, (each,)), facts).errors for each, facts in cases]
    assert [len(each) for each in told] == [1, 0, 0] and "once you are back" in told[0][0]


def everything():
    """What a broker sees of a couple while all that may be asked is, of each kind of entry."""
    known = facts_of("AU", "home_loan", KIM, SAM) | ASKED_WHILE_UNKNOWN | {"audience": "broker", "refinances": True}
    shown = set()
    for page in pages_for("AU", Party.PERSON, "home_loan"):
        for section in page.sections:
            shown |= {f"{page.key}.{section.key}"} if is_asked(section, known) else set()
            for kind in [option.value for option in section.item_types] or [""]:
                fields = visible_fields(section, {"type": kind} if kind else {}, known)
                shown |= {f"{page.key}.{section.key}.{field.key}" for field in fields}
    return shown


def test_and_would_be_asked_if_nobody_had_said_it():
    """Or the test above could not fail."""
    shown = everything()
    assert [(case, set(gone) - shown) for case, _, gone in RULED_OUT if set(gone) - shown] == []


def facts_in(condition):
    if isinstance(condition, AllOf | AnyOf):
        return set().union(*(facts_in(part) for part in condition.parts))
    return {condition.subject} if condition is not None and condition.op in (Op.FACT, Op.FACT_UNDER) else set()


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_fact_that_a_condition_names_is_one_that_somebody_says(country):
    known = set(WhatIsKnown({}, "", {}).as_facts()) | {
        "audience", "loan", "entity_type", "has_other_applicants", "several_other_applicants", "sees_other_applicants",
        "months_of_address_history", "loan_outlasts_work",
    }  # fmt: skip
    named = set()
    for page in every_page(country):
        for section in page.sections:
            named |= facts_in(section.when)
            for field in section.fields:
                named |= facts_in(field.when) | facts_in(field.required_when)
    assert named <= known | {"business_untold", "several_households"} and set(ASKED_WHILE_UNKNOWN) <= known


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_fact_is_needed_in_one_place_only(country):
    fields = {
        f"{page.key}.{section.key}.{field.key}": (section, field)
        for page in every_page(country)
        for section in page.sections
        for field in section.fields
    }
    for fact, (place, others) in CARRIED.items():
        here = [key for key in (place, *others) if key in fields]
        always = [k for k in here if fields[k][1].required and fields[k][0].when is None and fields[k][1].when is None]
        assert here and len(always) <= 1, fact


def test_what_was_typed_stays_where_it_was_typed():
    held = {
        ("expenses.children", ""): Filled({"childcare": "300"}),
        ("expenses.property", ""): Filled({"investment_property": "400"}),
        ("assets.deposit", ""): Filled({}, ({"id": "1", "type": "gift", "donor": "Nuala", "amount": "25,000"},)),
        ("needs.borrowing", ""): Filled({"deposit_source": "savings", "first_home_buyer": "yes"}),
        ("income.self_employed", "kim"): Filled({}, ({"id": "1", "business_name": "Rye"},)),
        ("applicant.employment", "kim"): Filled({}, ({"id": "1", "type": "salaried"},)),
        ("risks.exit_strategy", "kim"): Filled({"retirement_age": "67"}),
    }
    shown, _ = asked(held)
    assert {
        "expenses.children.childcare", "expenses.property.investment_property", "assets.deposit.donor",
        "needs.borrowing.deposit_source", "needs.borrowing.first_home_buyer", "income.self_employed.business_name",
        "risks.exit_strategy.retirement_age",
    } <= shown  # fmt: skip


def test_a_flow_without_the_place_that_says_it_asks_after_all():
    shown, _ = asked({}, asked_sections=frozenset({"expenses.children", "expenses.property", "needs.borrowing"}))
    assert {"expenses.children", "expenses.property.investment_property", "needs.borrowing.deposit_source",
            "needs.borrowing.first_home_buyer"} <= shown  # fmt: skip
