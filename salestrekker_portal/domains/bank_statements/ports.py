"""What the portal needs of somebody who fetches bank statements, whoever they are.

No credentials of a bank go in or come out: the client types those at the provider's or the bank's own page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from salestrekker_portal.tables.bank_statements import Problem, Provider
from salestrekker_portal.tables.organisations import Country

Refs = dict[str, str]
"""What a provider calls things: its user, its token. Kept sealed, never shown."""


class Cap(StrEnum):
    """What a provider can do, as far as screens and rules differ by it."""

    PDF_STATEMENTS = "pdf_statements"
    TRANSACTIONS = "transactions"
    WEBHOOK = "webhook"
    RETURNS = "returns"  # the client comes back to us when they are done
    REVOKE = "revoke"


@dataclass(frozen=True, kw_only=True)
class AskedOfProvider:
    """A request as a provider is told of it. `reference` is ours and opaque; `state` comes back with the client."""

    reference: str
    months: int
    first_name: str
    last_name: str
    email: str
    mobile: str
    return_address: str
    state: str = ""
    referral_code: str = ""
    multi_bank: bool = False
    firm: str = ""
    refs: Refs = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StartedLink:
    """Where the client goes. `subject` is the provider's name for them, when it has one already."""

    url: str
    refs: Refs = field(default_factory=dict)
    subject: str = ""


class Step(StrEnum):
    """How far the provider says it is."""

    WAITING = "waiting"  # nothing yet; ask again later
    WORKING = "working"  # the client is done, the bank is not
    PARTIAL = "partial"
    COMPLETE = "complete"
    FAILED = "failed"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class RequestProgress:
    """What asking brought. `refs` are to be remembered from now on."""

    step: Step
    problem: Problem | None = None
    refs: Refs = field(default_factory=dict)


class EventKind(StrEnum):
    CHANGED = "changed"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class ProviderEvent:
    """A callback that was verified. It names the request by our reference or by the provider's subject.

    Nothing in it is taken over: it only makes the portal go and ask.
    """

    kind: EventKind
    reference: str = ""
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class Callback:
    """Verified events and what makes this delivery unmistakable, so that it is acted upon once."""

    events: list[ProviderEvent]
    delivery: str


class BankCallbackRefused(Exception):
    """Not signed, not fresh, or not what this provider sends."""


class AccountKind(StrEnum):
    EVERYDAY = "everyday"
    SAVINGS = "savings"
    CREDIT_CARD = "credit_card"
    LOAN = "loan"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class BankAccount:
    """An account. `ref` is the provider's; `number` as far as the provider gives it."""

    ref: str
    name: str
    institution: str
    number: str
    kind: AccountKind
    balance_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """Money that moved. `amount_cents` is negative when it left; `category` in the provider's words."""

    account_ref: str
    on: date
    text: str
    amount_cents: int
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement as the bank or the provider made it."""

    account_ref: str
    first_on: date
    last_on: date
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Everything that was fetched. Without `statements` the portal writes them from the transactions."""

    accounts: list[BankAccount]
    transactions: list[Transaction]
    statements: list[Statement] = field(default_factory=list)


class ProviderBusy(Exception):
    """It did not answer, or not in its own words: worth another try later."""


class ProviderRefused(Exception):
    """It answered no, and trying again would not help. `problem` is what the client is told."""

    def __init__(self, problem: Problem = Problem.UNKNOWN) -> None:
        super().__init__(problem.value)
        self.problem = problem


class BankProvider(Protocol):
    """One provider. Every call may raise ProviderBusy and ProviderRefused."""

    key: Provider
    name: str
    host: str
    countries: frozenset[Country]
    caps: frozenset[Cap]

    async def start(self, asked: AskedOfProvider) -> StartedLink:
        """A page on which this client can agree and choose accounts."""
        ...

    async def come_back(self, asked: AskedOfProvider, query: Mapping[str, str]) -> Refs:
        """The client came back with these words in the address; whatever they say is checked with the provider.

        Returns what has to be remembered. Raises ProviderRefused when the client said no.
        """
        ...

    async def read_callback(self, headers: Mapping[str, str], body: bytes) -> Callback:
        """Verify first, then read. Raises CallbackRefused."""
        ...

    async def poll(self, asked: AskedOfProvider) -> RequestProgress:
        """How far it is."""
        ...

    async def fetch(self, asked: AskedOfProvider) -> Bundle:
        """What there is of the months asked for."""
        ...

    async def revoke(self, asked: AskedOfProvider) -> None:
        """End our access and have the provider forget. Already gone is fine."""
        ...


Providers = Mapping[Provider, BankProvider]
