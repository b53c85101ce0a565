"""A bank that does not exist, for demo and development: it behaves like a provider, with everybody invented.

It has its own consent page (`portals/routes/demo_bank.py`), takes a moment, fails in the way that the visitor chose,
and tells the portal by a signed callback. What it knows lives in this process and is gone with it.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from salestrekker_portal.domains.bank_statements.ports import (
    AccountKind,
    AskedOfProvider,
    BankAccount,
    BankCallbackRefused,
    Bundle,
    Callback,
    Cap,
    EventKind,
    ProviderEvent,
    Refs,
    RequestProgress,
    StartedLink,
    Statement,
    Step,
    Transaction,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import day_words
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.pdf import text_pdf
from salestrekker_portal.kernel.tokens import new_token
from salestrekker_portal.tables.bank_statements import Problem, Provider
from salestrekker_portal.tables.organisations import Country

DELAY = timedelta(seconds=6)
# What the visitor of the page can choose, with what it leads to.
OUTCOMES: dict[str, Problem | None] = {
    "good": None,
    "partial": Problem.BANK_DOWN,
    "wrong_login": Problem.WRONG_LOGIN,
    "act_at_bank": Problem.ACT_AT_BANK,
    "code_timed_out": Problem.CODE_TIMED_OUT,
    "joint_authority": Problem.JOINT_AUTHORITY,
    "no_accounts": Problem.NO_ACCOUNTS,
}
_SPENDING = (
    ("Green Grocer Marrickville", "Groceries", 118_40, 8),
    ("Ferry and Train Card", "Public transport", 42_00, 4),
    ("Corner Cafe", "Cafe", 14_50, 9),
    ("Southern Power Electricity", "Utilities", 96_00, 1),
    ("Harbour Telecom Mobile", "Telephone", 49_00, 1),
    ("Box of Films Subscription", "Subscription", 16_99, 1),
    ("City Pharmacy", "Pharmacy", 31_20, 2),
    ("Little Ducks Childcare", "Childcare", 385_00, 2),
    ("Rent Oak Street", "Rent", 640_00, 2),
)


@dataclass
class Visit:
    """One client at the bank: who, where they go afterwards, what was chosen and from when it counts."""

    name: str
    firm: str
    months: int
    return_address: str
    state: str
    reference: str
    outcome: str = ""
    ready_at: datetime | None = None
    revoked: bool = False


class DemonstrationBank:
    """The provider and the bank behind it. `secret`: `whsec_...`, of its callbacks."""

    key = Provider.DEMONSTRATION
    name = "Demonstration bank"
    countries = frozenset(Country)
    caps = frozenset({Cap.PDF_STATEMENTS, Cap.TRANSACTIONS, Cap.WEBHOOK, Cap.RETURNS, Cap.REVOKE})

    def __init__(self, *, secret: str, delay: timedelta = DELAY) -> None:
        self._webhook, self.delay = Webhook(secret), delay
        self.host = "a page of the invented bank"
        self._visits: dict[str, Visit] = {}

    async def start(self, asked: AskedOfProvider) -> StartedLink:
        visit = new_token()[:24]
        self._visits[visit] = Visit(
            name=f"{asked.first_name} {asked.last_name}".strip(),
            firm=asked.firm,
            months=asked.months,
            return_address=asked.return_address,
            state=asked.state,
            reference=asked.reference,
        )
        return StartedLink(url=f"/demo-bank/{visit}", refs={"visit": visit}, subject=visit)

    async def come_back(self, asked: AskedOfProvider, query: Mapping[str, str]) -> Refs:
        return {}

    async def read_callback(self, headers: Mapping[str, str], body: bytes) -> Callback:
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        given = {name: headers.get(name, "") for name in names}
        if not all(given.values()):
            raise BankCallbackRefused()
        try:
            told = self._webhook.verify(body.decode(), given)
        except (WebhookVerificationError, ValueError, TypeError):
            raise BankCallbackRefused() from None
        if not isinstance(told, dict) or not isinstance(told.get("visit"), str):
            raise BankCallbackRefused()
        kind = EventKind.REVOKED if told.get("event") == "consent.revoked" else EventKind.CHANGED
        return Callback(events=[ProviderEvent(kind=kind, subject=told["visit"])], delivery=given["webhook-id"])

    async def poll(self, asked: AskedOfProvider) -> RequestProgress:
        visit = self._visits.get(asked.refs.get("visit", ""))
        if visit is None or not visit.outcome:
            return RequestProgress(step=Step.WAITING)
        if visit.revoked:
            return RequestProgress(step=Step.REVOKED)
        if visit.ready_at is None or visit.ready_at > utc_now():
            return RequestProgress(step=Step.WORKING)
        problem = OUTCOMES[visit.outcome]
        if problem is None:
            return RequestProgress(step=Step.COMPLETE)
        step = Step.PARTIAL if visit.outcome == "partial" else Step.FAILED
        return RequestProgress(step=step, problem=problem)

    async def fetch(self, asked: AskedOfProvider) -> Bundle:
        visit = self._visits[asked.refs["visit"]]
        return invented(visit, utc_now().date(), few=visit.outcome == "partial")

    async def revoke(self, asked: AskedOfProvider) -> None:
        self._visits.pop(asked.refs.get("visit", ""), None)

    def visit(self, key: str) -> Visit | None:
        """The visit of an address of the bank's page."""
        return self._visits.get(key)

    def decide(self, key: str, outcome: str) -> str | None:
        """The visitor chose; returns where they go now, or None for nonsense."""
        visit = self._visits.get(key)
        if visit is None or outcome not in OUTCOMES:
            return None
        visit.outcome, visit.ready_at = outcome, utc_now() + self.delay
        # The path alone: the bank lives on our own host, and a demonstration may be opened under several names.
        path = urlsplit(visit.return_address).path
        return f"{path}?{urlencode({'state': visit.state, 'jobIds': 'invented'})}"

    def callback(self, key: str, event: str = "statements.ready") -> tuple[dict[str, str], bytes]:
        """Headers and body of a callback, signed."""
        body = json.dumps({"event": event, "visit": key}).encode()
        now, delivery = utc_now(), f"msg_{new_id().hex}"
        signature = self._webhook.sign(delivery, now, body.decode())
        headers = {
            "content-type": "application/json",
            "webhook-id": delivery,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        return headers, body


def invented(visit: Visit, today: date, *, few: bool) -> Bundle:
    """Accounts, months of transactions and a PDF each; the same visit always gives the same."""
    chance = random.Random(visit.reference)  # noqa: S311  invented money
    end = f"{chance.randrange(10_000):04d}"
    everyday = BankAccount(
        ref="everyday",
        name="Everyday",
        institution="Tin Roof Bank",
        number=f"000-000 1234{end}",
        kind=AccountKind.EVERYDAY,
        balance_cents=4_216_75,
    )
    savings = BankAccount(
        ref="savings",
        name="Rainy Day Saver",
        institution="Tin Roof Bank",
        number=f"000-000 5678{end}",
        kind=AccountKind.SAVINGS,
        balance_cents=38_900_00,
    )
    accounts = [everyday] if few else [everyday, savings]
    first_on = today - timedelta(days=round(visit.months * 30.5))
    moved: list[Transaction] = []
    day = first_on
    while day <= today:
        if (day - first_on).days % 14 == 3:
            moved.append(_moved("everyday", day, "Payroll Blue Gum Design", 3_140_00, "Salary"))
            moved.append(_moved("everyday", day, "Transfer to Rainy Day Saver", -500_00, "Transfer"))
            moved.append(_moved("savings", day, "Transfer from Everyday", 500_00, "Transfer"))
        for name, category, amount, times in _SPENDING:
            if chance.random() < times / 30:
                moved.append(_moved("everyday", day, name, -round(amount * chance.uniform(0.8, 1.2)), category))
        day += timedelta(days=1)
    papers = [_paper(visit, account, moved, first_on, today) for account in accounts]
    return Bundle(accounts=accounts, transactions=moved, statements=papers)


def _moved(account: str, on: date, text: str, amount: int, category: str) -> Transaction:
    return Transaction(account_ref=account, on=on, text=text, amount_cents=amount, category=category)


def _paper(visit: Visit, account: BankAccount, moved: list[Transaction], first_on: date, last_on: date) -> Statement:
    lines = [
        "INVENTED: this bank, this account and every amount are made up for a demonstration.",
        f"{visit.name}   {account.name} {account.number}",
        f"{day_words(first_on)} to {day_words(last_on)}",
        "",
    ]
    own = [each for each in moved if each.account_ref == account.ref]
    lines += [f"{each.on:%d/%m/%Y}  {each.text:<52}  {each.amount_cents / 100:>14,.2f}" for each in own]
    content = text_pdf("Tin Roof Bank: statement (invented)", lines)
    return Statement(account_ref=account.ref, first_on=first_on, last_on=last_on, content=content)
