"""Akahu's words as ours: accounts and transactions."""

from datetime import date

from salestrekker_portal.adapters.bank_http import cents
from salestrekker_portal.domains.bank_statements.ports import AccountKind, BankAccount, ProviderBusy, Transaction

_KINDS = {
    "CHECKING": AccountKind.EVERYDAY,
    "SAVINGS": AccountKind.SAVINGS,
    "TERMDEPOSIT": AccountKind.SAVINGS,
    "CREDITCARD": AccountKind.CREDIT_CARD,
    "LOAN": AccountKind.LOAN,
}


def account_of(raw: dict) -> BankAccount:
    """An account. Raises ProviderBusy for half of one."""
    try:
        return BankAccount(
            ref=str(raw["_id"]),
            name=str(raw.get("name") or "Account")[:80],
            institution=str((raw.get("connection") or {}).get("name") or "")[:80],
            number=str(raw.get("formatted_account") or ""),
            kind=_KINDS.get(str(raw.get("type")), AccountKind.OTHER),
            balance_cents=cents((raw.get("balance") or {}).get("current")),
        )
    except (KeyError, AttributeError):
        raise ProviderBusy() from None


def transaction_of(raw: dict) -> Transaction:
    """A transaction, negative when the money left. Raises ProviderBusy for half of one."""
    try:
        category = raw.get("category") or {}
        amount = cents(raw["amount"])
        if amount is None:
            raise ValueError
        return Transaction(
            account_ref=str(raw["_account"]),
            on=date.fromisoformat(str(raw["date"])[:10]),
            text=str(raw.get("description") or ""),
            amount_cents=amount,
            category=str(category.get("name") or raw.get("type") or ""),
        )
    except (KeyError, ValueError, AttributeError):
        raise ProviderBusy() from None
