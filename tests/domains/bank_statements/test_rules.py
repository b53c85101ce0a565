"""What follows from a request's facts."""

from datetime import UTC, datetime, timedelta

import pytest

from salestrekker_portal.domains.bank_statements import rules
from salestrekker_portal.domains.bank_statements.ports import AccountKind
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.tables.bank_statements import Problem, Provider, StatementState
from salestrekker_portal.tables.organisations import Country

S = StatementState
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def test_what_is_over_stays_over():
    for state in rules.ENDED:
        assert not any(rules.may_move(state, after) for after in S)


def test_a_request_is_over_at_its_hour_even_before_anybody_tidied_up():
    assert rules.shown_state(S.SENT, NOW + timedelta(seconds=1), NOW) is S.SENT
    assert rules.shown_state(S.SENT, NOW, NOW) is S.EXPIRED
    assert rules.shown_state(S.COMPLETE, NOW, NOW) is S.COMPLETE
    assert not rules.can_open(S.SENT, NOW, NOW)
    assert timedelta(hours=120) == rules.VALID


def test_each_country_has_its_providers():
    everybody = list(Provider)
    assert rules.providers_for(Country.AU, everybody) == [Provider.ILLION, Provider.BASIQ, Provider.DEMONSTRATION]
    assert rules.providers_for(Country.NZ, everybody) == [Provider.AKAHU, Provider.DEMONSTRATION]
    assert rules.providers_for(Country.NZ, [Provider.ILLION]) == []


@pytest.mark.parametrize("code", ["abcd", "ABCD1234", " ab12 "])
def test_a_referral_code_has_four_or_eight_characters(code):
    assert rules.checked_code(code) == code.strip().upper()


@pytest.mark.parametrize("code", ["", "ABC", "ABCDE", "ABCDEFGHI", "AB-D", "ÄBCD", None, 5])
def test_any_other_referral_code_is_told_what_is_wrong(code):
    with pytest.raises(Invalid) as refusal:
        rules.checked_code(code)
    assert refusal.value.errors["referral_code"].endswith(".")


def test_every_problem_has_a_sentence_that_says_what_to_do():
    assert set(rules.FOR_CLIENT) == set(Problem)
    assert all(sentence.endswith(".") for sentence in rules.FOR_CLIENT.values())


def test_a_reference_fits_behind_the_longest_code():
    for _ in range(50):
        reference = rules.new_reference()
        assert len(f"ABCD1234-{reference}") <= 30 and reference == reference.lower() and reference.isalnum()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Savings statement, 3 months", True),
        ("Bank statements, last 90 days", True),
        ("Three months of salary credits", True),
        ("Credit card statements", False),
        ("Loan statements, last six months", False),
        ("Rental statement", False),
        ("Income statement or PAYG summary", False),
        ("Business financial statements, last two years", False),
        ("Passport", False),
    ],
)
def test_which_document_requests_statements_answer(name, wanted):
    assert rules.asks_for_statements(name) is wanted


def test_a_statement_answers_the_request_that_fits_it_best():
    names = ["Passport", "Everyday account statements", "Savings account statements", "Credit card statements"]
    assert rules.fitting(AccountKind.SAVINGS, names) == 2
    assert rules.fitting(AccountKind.EVERYDAY, names) == 1
    assert rules.fitting(AccountKind.CREDIT_CARD, names) == 3
    assert rules.fitting(AccountKind.LOAN, names) is None
    assert rules.fitting(AccountKind.OTHER, names) == 1
    assert rules.fitting(AccountKind.SAVINGS, ["Passport"]) is None
