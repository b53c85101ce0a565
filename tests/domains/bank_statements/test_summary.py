"""Averages, categories and comments."""

from datetime import date, timedelta

import pytest

from salestrekker_portal.domains.bank_statements.categories import SECTIONS, expense_row
from salestrekker_portal.domains.bank_statements.papers import summary_paper, written_statements
from salestrekker_portal.domains.bank_statements.ports import AccountKind, BankAccount, Bundle, Transaction
from salestrekker_portal.domains.bank_statements.summary import (
    suggested_comment,
    summary_of,
    with_suggestion,
)
from salestrekker_portal.domains.documents.checks import judge
from salestrekker_portal.domains.questions.catalogue.expenses import PAGE
from salestrekker_portal.kernel.errors import Conflict
from tests.support.pdfs import pdf_text

LAST = date(2026, 6, 30)
FIRST = LAST - timedelta(days=183)


def moved(text, amount, category="", account="a", on=LAST):
    return Transaction(account_ref=account, on=on, text=text, amount_cents=amount, category=category)


def bundle(*transactions) -> Bundle:
    account = BankAccount(ref="a", name="Everyday", institution="Tin Roof", number="062-000 12345678",
                      kind=AccountKind.EVERYDAY, balance_cents=100_00)  # fmt: skip
    return Bundle(accounts=[account], transactions=list(transactions))


def test_every_expense_row_that_is_suggested_is_one_of_the_fact_find_with_a_comment():
    for key, section in SECTIONS.items():
        found = next(each for each in PAGE.sections if each.key == section)
        assert found.field(f"{key}_comment").label


def test_the_providers_category_counts_before_the_banks_text():
    assert expense_row(moved("BP PETROL", -1, "Groceries")) == "groceries"
    assert expense_row(moved("WOOLWORTHS 1234", -1)) == "groceries"
    assert expense_row(moved("NETFLIX.COM", -1, "payment")) == "telephone"
    assert expense_row(moved("ZZZ", -1)) == "other"


def test_averages_leave_own_transfers_and_repayments_out():
    found = summary_of(
        bundle(
            *[moved("SALARY", 3000_00, "Salary")] * 6,
            *[moved("TO SAVINGS", -500_00, "Transfer")] * 6,
            *[moved("COLES 0421 SYDNEY", -120_00)] * 6,
            *[moved("HOME LOAN REPAYMENT", -1500_00)] * 6,
        ),
        FIRST,
        LAST,
    )
    assert found["months"] == 6
    assert [(row["key"], row["average_cents"]) for row in found["income"]] == [("Pay", 3000_00)]
    assert [(row["key"], row["average_cents"]) for row in found["expenses"]] == [("groceries", 120_00)]
    assert found["repayments_cents"] == 1500_00
    assert found["accounts"][0]["end"] == "5678" and "12345678" not in str(found)


def test_a_suggestion_is_a_sentence_for_the_comment_and_is_added_once():
    found = summary_of(bundle(*[moved("COLES 0421", -121_00)] * 6), FIRST, LAST)
    comment = suggested_comment(found["expenses"][0], found, "Kim")
    assert comment.startswith("Kim’s bank statements, 29 Dec 2025 to 30 Jun 2026: about $121 a month in 6 payments")
    both = with_suggestion("We shop on Fridays.", comment)
    assert both.startswith("We shop on Fridays. Kim’s") and with_suggestion(both, comment) == both
    with pytest.raises(Conflict, match="Shorten"):
        with_suggestion("x" * 499, comment)


def test_what_the_portal_writes_are_real_pdfs_that_say_who_wrote_them():
    gave = bundle(*[moved(f"Tāne’s café {number}", -4_50) for number in range(120)])
    [paper] = written_statements(gave, FIRST, LAST, "Akahu")
    pages = pdf_text(paper.content)
    assert "Written by the portal" in pages[0] and len(pages) == 3
    assert sum(page.count("Tāne’s café") for page in pages) == 120
    for content in (paper.content, summary_paper(summary_of(gave, FIRST, LAST), "Tāne", "Akahu")):
        assert judge("a.pdf", content, len(content), content[-1024:]).sentence is None
