"""The minutes that a dashboard promises are those of the check."""

from datetime import date

from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.fact_find.promise import minutes_promised
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Loan, Party


def test_the_same_before_anything_is_answered():
    facts = {"today": date(2026, 3, 9), "country": "AU", "loan": Loan.HOME, "applicants": (("kim", "Kim"),)}
    check = progress(pages_for("AU", Party.PERSON, Loan.HOME), {}, facts).minutes_left
    assert minutes_promised("AU", "home_loan", None, 0) == check <= 30


def test_less_for_what_is_done_and_for_a_short_flow():
    assert minutes_promised("AU", "home_loan", None, 100) == 0
    assert 0 < minutes_promised("AU", "home_loan", None, 50) < minutes_promised("AU", "home_loan", None, 0)
    assert minutes_promised("AU", "home_loan", ["applicant.contact_details"], 0) == 1
    assert minutes_promised("AU", "commercial_loan", ["entity.details"], 0) == 0
