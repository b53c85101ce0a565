"""The papers that the portal writes itself: statements where the provider has none, and the summary."""

from datetime import date

from salestrekker_portal.domains.bank_statements.ports import BankAccount, Bundle, Statement
from salestrekker_portal.domains.bank_statements.summary import account_words, period_words
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.money import money_words
from salestrekker_portal.kernel.pdf import text_pdf

EXPENSE_WORDS = {
    "primary_residence": "Running the home",
    "secondary_residence": "Second home",
    "investment_property": "Investment property",
    "public_education": "Public school",
    "private_education": "Private school",
}


def statement_name(account: BankAccount, statement: Statement) -> str:
    """The document's name: bank, account, period."""
    bank = f"{account.institution} " if account.institution else ""
    period = f"{day_words(statement.first_on)} to {day_words(statement.last_on)}"
    return f"{bank}{account_words(account)}, {period}"[:150] + ".pdf"


def written_statements(bundle: Bundle, first_on: date, last_on: date, provider: str) -> list[Statement]:
    """One list of transactions an account, for providers that give data and no documents."""
    made = []
    for account in bundle.accounts:
        moved = sorted((each for each in bundle.transactions if each.account_ref == account.ref), key=lambda t: t.on)
        lines = [
            account_words(account) + (f", {account.institution}" if account.institution else ""),
            f"{day_words(first_on)} to {day_words(last_on)}",
            f"Written by the portal from the data that the bank gave to {provider}. Not a document of the bank.",
            "",
        ]
        lines += [f"{_day(each.on)}  {each.text[:56]:<56}  {_amount(each.amount_cents):>16}" for each in moved]
        if not moved:
            lines.append("Nothing moved on this account.")
        if account.balance_cents is not None:
            lines += ["", f"Balance when it was fetched: {_amount(account.balance_cents)}"]
        content = text_pdf("Transactions", lines)
        made.append(Statement(account_ref=account.ref, first_on=first_on, last_on=last_on, content=content))
    return made


def summary_paper(summary: dict, name: str, provider: str) -> bytes:
    """The summary of income and spending, for the team."""
    lines = [f"{name}, {period_words(summary)}, through {provider}.", "Averages a month. Own transfers left out.", ""]
    lines.append("Accounts")
    for each in summary["accounts"]:
        balance = _amount(each["balance_cents"]) if each["balance_cents"] is not None else "no balance given"
        name = f"{each['institution']} {each['name']} {each['end']}".strip()
        flow = f"in {_amount(each['credits_cents'])}, out {_amount(each['debits_cents'])}"
        lines.append(f"  {name}: {balance}, {flow}")
    lines += ["", "Money in"]
    lines += [f"  {row['key']:<44} {_amount(row['average_cents']):>16}" for row in summary["income"]]
    lines += ["", "Money out"]
    lines += [f"  {expense_words(row['key']):<44} {_amount(row['average_cents']):>16}" for row in summary["expenses"]]
    lines += ["", f"Repayments of loans: {_amount(summary['repayments_cents'])}",
              f"Dishonours and overdrawn fees in the period: {summary['dishonours']}"]  # fmt: skip
    return text_pdf("Bank statements: summary", lines)


def expense_words(key: str) -> str:
    """The expense row as people call it."""
    return EXPENSE_WORDS.get(key, key.replace("_", " ").capitalize())


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _amount(cents: int) -> str:
    words = money_words(cents)
    return words if "." in words else f"{words}.00"
