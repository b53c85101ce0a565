"""Basiq's words as ours: jobs and their errors, accounts, transactions."""

from datetime import date

from salestrekker_portal.adapters.bank_http import cents
from salestrekker_portal.domains.bank_statements.ports import AccountKind, BankAccount, ProviderBusy, Transaction
from salestrekker_portal.tables.bank_statements import Problem

# A step's error code -> what the client can do about it.
PROBLEMS = {
    "invalid-credentials": Problem.WRONG_LOGIN,
    "credentials-invalid": Problem.WRONG_LOGIN,
    "account-not-accessible-requires-user-action": Problem.ACT_AT_BANK,
    "user-action-required": Problem.ACT_AT_BANK,
    "service-unavailable": Problem.BANK_DOWN,
    "institution-not-available": Problem.BANK_DOWN,
    "maintenance": Problem.BANK_DOWN,
    "joint-account-authority": Problem.JOINT_AUTHORITY,
    "mfa-timeout": Problem.CODE_TIMED_OUT,
    "mfa-timed-out": Problem.CODE_TIMED_OUT,
    "no-accounts": Problem.NO_ACCOUNTS,
    "consent-revoked": Problem.CONSENT_WITHDRAWN,
}
_KINDS = {
    "transaction": AccountKind.EVERYDAY,
    "savings": AccountKind.SAVINGS,
    "credit-card": AccountKind.CREDIT_CARD,
    "mortgage": AccountKind.LOAN,
    "loan": AccountKind.LOAN,
}


def job_of(raw: dict) -> tuple[str, Problem]:
    """success, failed or working, with the reason of the step that failed."""
    steps = [step for step in raw.get("steps") or [] if isinstance(step, dict)]
    for step in steps:
        if step.get("status") == "failed":
            code = str((step.get("result") or {}).get("code", ""))
            return "failed", PROBLEMS.get(code, Problem.UNKNOWN)
    done = bool(steps) and all(step.get("status") == "success" for step in steps)
    return ("success" if done else "working"), Problem.UNKNOWN


def account_of(raw: dict) -> BankAccount:
    """An account. Raises ProviderBusy for half of one."""
    try:
        kind = str((raw.get("class") or {}).get("type", ""))
        return BankAccount(
            ref=str(raw["id"]),
            name=str(raw.get("name") or "Account")[:80],
            institution=str(raw.get("institution") or "")[:80],
            number=str(raw.get("accountNo") or ""),
            kind=_KINDS.get(kind, AccountKind.OTHER),
            balance_cents=cents(raw.get("balance")),
        )
    except (KeyError, AttributeError):
        raise ProviderBusy() from None


def transaction_of(raw: dict) -> Transaction:
    """A transaction, negative when the money left. Raises ProviderBusy for half of one."""
    try:
        amount = abs(cents(raw["amount"]) or 0)
        category = (raw.get("subClass") or {}).get("title") or raw.get("class") or ""
        return Transaction(
            account_ref=str(raw["account"]),
            on=date.fromisoformat(str(raw.get("postDate") or raw["transactionDate"])[:10]),
            text=str(raw.get("description") or ""),
            amount_cents=-amount if raw.get("direction") == "debit" else amount,
            category=str(category),
        )
    except (KeyError, ValueError, AttributeError):
        raise ProviderBusy() from None
