"""Averages of what came in, and what they suggest for the comments of the expenses. Never an amount (I-06)."""

import re
from collections import Counter, defaultdict
from datetime import date

from salestrekker_portal.domains.bank_statements.categories import (
    expense_row,
    income_kind,
    is_between_own_accounts,
    is_repayment,
)
from salestrekker_portal.domains.bank_statements.ports import BankAccount, Bundle, Transaction
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.text import shortened

COMMENT_LIMIT = 500


def number_end(number: str) -> str:
    """The last four digits, which is how people recognise an account."""
    digits = re.sub(r"\D", "", number)
    return digits[-4:] if len(digits) >= 4 else digits


def account_words(account: BankAccount) -> str:
    """Everyday, ending 1234."""
    end = number_end(account.number)
    return f"{account.name}, ending {end}" if end else account.name


def summary_of(bundle: Bundle, first_on: date, last_on: date) -> dict:
    """Averages a month over the period, ready to be kept as JSON; cents, and no single transaction."""
    # The mean month. Whole ones, so that the average is one that a person can check on paper.
    months = max(1, round((last_on - first_on).days / 30.4))
    # Money that goes from one's own account to one's own is neither earned nor spent.
    moved = [each for each in bundle.transactions if not is_between_own_accounts(each)]
    spent = [each for each in moved if each.amount_cents < 0]
    repaid = [each for each in spent if is_repayment(each)]
    return {
        "first_on": first_on.isoformat(),
        "last_on": last_on.isoformat(),
        "months": months,
        "accounts": [_account(account, bundle.transactions, months) for account in bundle.accounts],
        "income": _grouped([each for each in moved if each.amount_cents > 0], income_kind, months),
        "expenses": _grouped([each for each in spent if not is_repayment(each)], expense_row, months),
        "repayments_cents": -sum(each.amount_cents for each in repaid) // months,
        "dishonours": sum(bool(re.search(r"dishono|overdrawn fee|insufficient funds", each.text, re.I))
                          for each in bundle.transactions),
    }  # fmt: skip


def _account(account: BankAccount, moved: list[Transaction], months: int) -> dict:
    own = [each for each in moved if each.account_ref == account.ref]
    return {
        "name": account.name,
        "institution": account.institution,
        "end": number_end(account.number),
        "kind": account.kind.value,
        "balance_cents": account.balance_cents,
        "credits_cents": sum(each.amount_cents for each in own if each.amount_cents > 0) // months,
        "debits_cents": -sum(each.amount_cents for each in own if each.amount_cents < 0) // months,
    }


def _grouped(moved: list[Transaction], kind_of, months: int) -> list[dict]:
    by_kind: dict[str, list[Transaction]] = defaultdict(list)
    for each in moved:
        by_kind[kind_of(each)].append(each)
    rows = [
        {
            "key": kind,
            "average_cents": abs(sum(each.amount_cents for each in group)) // months,
            "count": len(group),
            "names": [name for name, _ in Counter(_merchant(each.text) for each in group).most_common(3) if name],
        }
        for kind, group in by_kind.items()
    ]
    return sorted(rows, key=lambda row: -row["average_cents"])


def _merchant(text: str) -> str:
    """The name in a bank's line, without card numbers, dates and shop numbers."""
    words = re.sub(r"[\d*/#:.]+", " ", text).split()
    return " ".join(words[:3]).title()[:40]


def period_words(summary: dict) -> str:
    """1 Jun 2026 to 30 Nov 2026."""
    first, last = date.fromisoformat(summary["first_on"]), date.fromisoformat(summary["last_on"])
    return f"{day_words(first)} to {day_words(last)}"


def suggested_comment(row: dict, summary: dict, name: str) -> str:
    """What may go into the comment of an expense; the amount stays for the broker and the client to discuss."""
    # Whole dollars: cents would pretend to know more than an average does.
    average = money_words(round(row["average_cents"] / 100) * 100)
    payments = "1 payment" if row["count"] == 1 else f"{row['count']} payments"
    where = f", mostly {', '.join(row['names'])}" if row["names"] else ""
    text = f"{name}’s bank statements, {period_words(summary)}: about {average} a month in {payments}{where}."
    return shortened(text, COMMENT_LIMIT)


def with_suggestion(present: str, suggestion: str) -> str:
    """The comment with the suggestion after what stands there already; unchanged when it is in it.

    Raises Conflict when there is no room for both.
    """
    # Pressed twice, it stands there once.
    if suggestion in present:
        return present
    both = f"{present.rstrip()} {suggestion}".strip()
    if len(both) > COMMENT_LIMIT:
        raise Conflict(f"The comment would be longer than {COMMENT_LIMIT} characters. Shorten what is there first.")
    return both
