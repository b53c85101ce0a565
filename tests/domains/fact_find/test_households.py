"""Households through the parser of the browser, the engine, the export and the print: all say the same."""

import csv
import io
from datetime import date

import pytest

from salestrekker_portal.domains.fact_find.document import document_of
from salestrekker_portal.domains.fact_find.lines import lines
from salestrekker_portal.domains.fact_find.paper import as_csv, as_pdf
from salestrekker_portal.domains.fact_find.position import position
from salestrekker_portal.domains.fact_find.totals import totals_of_lines
from salestrekker_portal.domains.questions.answers import Filled
from salestrekker_portal.domains.questions.catalogue import pages_for
from salestrekker_portal.domains.questions.vocabulary import Loan, Party, Tally
from salestrekker_portal.kernel.money import money
from tests.domains.fact_find.households import HOUSEHOLDS, Household
from tests.domains.fact_find.households_mixed import MIXED
from tests.domains.fact_find.recount import Recount

EVERY = (*HOUSEHOLDS, *MIXED)
TALLIES = {"assets": Tally.ASSET, "debts": Tally.DEBT, "income": Tally.INCOME, "expenses": Tally.EXPENSE}


def cents(dollars: float) -> int:
    return round(dollars * 100)


def read(household: Household):
    """The pages, the answers as they are stored, and what is known."""
    stored = {}
    for place, said in household.said.items():
        section, _, who = place.partition("@")
        if isinstance(said, list):
            # No two entries have one id; a shared list's are plain, because others name them.
            items = ({"id": f"{who}{n}", **each} for n, each in enumerate(said, start=1))
            stored[section, who] = Filled({}, tuple(items))
        else:
            stored[section, who] = Filled(said)
    kinds = frozenset({Party.PERSON, *(Party.COMPANY for _ in household.companies)})
    facts = {
        "today": date(2026, 3, 9), "country": household.country, "roles": household.roles,
        "applicants": tuple((who, who.title()) for who in household.people),
        "parties": dict.fromkeys(household.companies, Party.COMPANY),
        "own_households": tuple(who for who, role in household.roles.items() if role.endswith("guarantor")),
    }  # fmt: skip
    return pages_for(household.country, kinds, Loan.HOME), stored, facts


def test_they_are_many_and_each_is_another():
    assert len(EVERY) == len({each.name for each in EVERY}) >= 120


@pytest.mark.parametrize("household", EVERY, ids=lambda each: each.name)
def test_a_household(household: Household):
    pages, stored, facts = read(household)
    found = lines(pages, stored, facts)
    shown, sums = position(pages, stored, facts, found), totals_of_lines(found, household.people)
    made = document_of(pages, stored, facts, shown)
    again = Recount(made)
    printed = {row["question"]: row["answer"] for row in csv.DictReader(io.StringIO(as_csv(made).lstrip("\ufeff")))}
    for name, expected in household.expected.items():
        if name == "surplus_gross":
            left = sums.together[Tally.INCOME] - sums.together[Tally.EXPENSE] - sums.together[Tally.REPAYMENT]
            assert left == cents(expected)
        elif name == "not_counted":
            told = [row.words for row in shown[name].rows]
            assert told == ([expected] if isinstance(expected, str) else expected)
        elif name in ("lti", "dti", "lvr"):
            value = shown[name].value
            assert value is None if expected is None else float(value) == pytest.approx(expected, abs=0.0001)
            assert printed[shown[name].label] == shown[name].words
        elif name in TALLIES:
            assert sums.together[TALLIES[name]] == cents(expected)
            assert (again.spent if name == "expenses" else again.sums[name]) == cents(expected)
        else:
            figure = next((each for each in shown.figures if each.key == name), None)
            assert (figure.value if figure else 0) == (expected if expected is None else cents(expected)), name
            if figure is not None and expected is not None:
                assert printed[figure.label] == money(cents(expected)).replace("-$", "'-$")
    for name, parts in household.of.items():
        for who, expected in parts.items():
            assert sums.by_applicant[who][TALLIES[name]] == cents(expected) == again.by_party[who][name]


def test_the_print_of_a_household_is_a_paper():
    pages, stored, facts = read(HOUSEHOLDS[25])
    made = document_of(pages, stored, facts, position(pages, stored, facts, lines(pages, stored, facts)))
    paper = as_pdf("HF-2026-0001 fact find", "Made by Alice.", made, language="en-AU")
    assert paper.startswith(b"%PDF-") and len(paper) > 5_000
