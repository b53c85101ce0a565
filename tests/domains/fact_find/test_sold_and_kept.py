"""A loan that is kept on a property that is sold: said to client and broker, wherever the two were put together."""

from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.progress import progress
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Loan, Party

LOANS, HOMES, SELLING = ("liabilities.home_loans", ""), ("assets.property", ""), ("needs.selling", "")


def _said(loan: dict, home: dict, selling: dict | None = None, country: str = "AU", audience: str = "client"):
    """What is said of the two entries, by section and field."""
    stored = {
        LOANS: Filled({}, ({"id": "loan", "type": "home_loan", **loan},)),
        HOMES: Filled({}, ({"id": "home", "use": "owner_occupied", **home},)),
        SELLING: Filled(selling or {}),
    }
    facts = {"today": date(2026, 3, 9), "country": country, "audience": audience, "applicants": (("kim", "Kim"),)}
    found = progress(pages_for(country, frozenset({Party.PERSON}), Loan.HOME), stored, facts)
    return {
        (each.section_id, each.field_key): each.sentence
        for each in found.outstanding
        if each.field_key in ("after_settlement", "to_be_sold") and each.sentence
    }


@pytest.mark.parametrize("country", ["AU", "NZ"])
@pytest.mark.parametrize("audience", ["client", "broker"])
def test_it_is_said_with_the_loan_and_with_the_property(country, audience):
    told = {"country": country, "audience": audience}
    kept = {"after_settlement": "keep"}
    with_loan = _said(kept | {"secured_property": "home"}, {"to_be_sold": "yes"}, **told)
    assert list(with_loan) == [("liabilities.home_loans", "after_settlement")]
    assert "sell the property behind it" in with_loan["liabilities.home_loans", "after_settlement"]
    with_home = _said(kept, {"to_be_sold": "yes", "secured_loans": "loan"}, **told)
    assert list(with_home) == [("assets.property", "to_be_sold")]


@pytest.mark.parametrize(
    ("loan", "home", "selling"),
    [
        ({"after_settlement": "close", "secured_property": "home"}, {"to_be_sold": "yes"}, None),
        ({"after_settlement": "refinance"}, {"to_be_sold": "yes", "secured_loans": "loan"}, None),
        ({"after_settlement": "keep", "secured_property": "home"}, {"to_be_sold": "no"}, None),
        ({"after_settlement": "keep", "secured_property": "home"}, {}, None),
        # Another property, or one that nobody named, may be behind it.
        ({"after_settlement": "keep"}, {"to_be_sold": "yes"}, None),
        ({"after_settlement": "keep", "secured_property": "elsewhere"}, {"to_be_sold": "yes"}, None),
        # Until a home is sold that is sold only after the purchase, its loan is kept.
        ({"after_settlement": "keep", "secured_property": "home"}, {"to_be_sold": "yes"}, {"timing": "after"}),
        ({"after_settlement": "keep"}, {"to_be_sold": "yes", "secured_loans": "loan"}, {"timing": "after"}),
    ],
)
def test_nothing_is_said_where_both_can_be_true(loan, home, selling):
    assert _said(loan, home, selling) == {}
