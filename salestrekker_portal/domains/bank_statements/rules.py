"""What follows from the facts of a request, without a database."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from salestrekker_portal.domains.bank_statements.ports import AccountKind
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.bank_statements import Problem, Provider, StatementState
from salestrekker_portal.tables.organisations import Country

VALID = timedelta(hours=120)
REMIND_BEFORE = timedelta(hours=24)
MONTHS = (3, 6)
WORDING_VERSION = "2026-11"

# Which provider works where. The demonstration works everywhere, and only where nothing is real.
COUNTRIES: dict[Provider, frozenset[Country]] = {
    Provider.ILLION: frozenset({Country.AU}),
    Provider.BASIQ: frozenset({Country.AU}),
    Provider.AKAHU: frozenset({Country.NZ}),
    Provider.DEMONSTRATION: frozenset(Country),
}
NAMES = {
    Provider.ILLION: "illion BankStatements",
    Provider.BASIQ: "Basiq",
    Provider.AKAHU: "Akahu",
    Provider.DEMONSTRATION: "Demonstration bank",
}

S = StatementState
_MOVES: dict[StatementState, frozenset[StatementState]] = {
    S.DRAFT: frozenset({S.SENT, S.WITHDRAWN}),
    S.SENT: frozenset({S.OPENED, S.IN_PROGRESS, S.PARTIAL, S.COMPLETE, S.FAILED, S.EXPIRED, S.WITHDRAWN}),
    S.OPENED: frozenset({S.IN_PROGRESS, S.PARTIAL, S.COMPLETE, S.FAILED, S.EXPIRED, S.WITHDRAWN}),
    S.IN_PROGRESS: frozenset({S.PARTIAL, S.COMPLETE, S.FAILED, S.EXPIRED, S.WITHDRAWN}),
    # The client may try again, with another bank or the right password, for as long as the request holds.
    S.PARTIAL: frozenset({S.OPENED, S.COMPLETE, S.EXPIRED, S.WITHDRAWN}),
    S.FAILED: frozenset({S.OPENED, S.IN_PROGRESS, S.PARTIAL, S.COMPLETE, S.EXPIRED, S.WITHDRAWN}),
    S.COMPLETE: frozenset(),
    S.EXPIRED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
ENDED = frozenset({S.COMPLETE, S.EXPIRED, S.WITHDRAWN})
CLIENTS_MOVE = frozenset({S.SENT, S.OPENED, S.PARTIAL, S.FAILED})
BEING_FETCHED = frozenset({S.OPENED, S.IN_PROGRESS, S.PARTIAL})

# problem -> what the client reads, and what to do about it
FOR_CLIENT = {
    Problem.WRONG_LOGIN: "The bank did not accept the login. Try again with the details you use for online banking.",
    Problem.BANK_DOWN: "The bank could not be reached. Try again in an hour or so.",
    Problem.ACT_AT_BANK: "Your bank wants you to do something first. Sign in to your online banking, clear any "
    "message it shows, then try again.",
    Problem.JOINT_AUTHORITY: "A joint account needs the other holder to allow sharing, in the bank’s own app.",
    Problem.CODE_TIMED_OUT: "The bank’s security code was not entered in time. Try again with your phone beside you.",
    Problem.NO_ACCOUNTS: "No accounts were shared. Try again and choose the accounts you use.",
    Problem.CONSENT_WITHDRAWN: "You stopped sharing, so nothing more is fetched.",
    Problem.UNKNOWN: "It did not work this time. Try again, or upload your statements instead.",
}


def may_move(before: StatementState, after: StatementState) -> bool:
    """Whether a request may go from one state to the other. Staying is not a move."""
    return after in _MOVES[before]


def shown_state(state: StatementState, expires_at: datetime | None, now: datetime) -> StatementState:
    """The state as people see it: a request is over at its hour, even before the portal has tidied up."""
    over = expires_at is not None and expires_at <= now and state not in ENDED
    return S.EXPIRED if over else state


def can_open(state: StatementState, expires_at: datetime | None, now: datetime) -> bool:
    """Whether the client may go to the provider with it."""
    return shown_state(state, expires_at, now) in CLIENTS_MOVE


def providers_for(country: Country, available: Iterable[Provider]) -> list[Provider]:
    """Those of the available providers that work in a country, in the order in which they are offered."""
    there = set(available)
    return [provider for provider in COUNTRIES if provider in there and country in COUNTRIES[provider]]


def next_look(state: StatementState, opened_at: datetime | None, expires_at: datetime, now: datetime) -> datetime:
    """When to look after a request again: often while the client is likely to be at it, seldom later."""
    milestones = [each for each in (expires_at - REMIND_BEFORE, expires_at) if each > now]
    if state in BEING_FETCHED and opened_at is not None:
        age = now - opened_at
        if age < timedelta(minutes=15):
            pause = timedelta(seconds=20)
        else:
            pause = timedelta(minutes=5) if age < timedelta(hours=3) else timedelta(hours=1)
        milestones.append(now + pause)
    return min(milestones, default=now)


def new_reference() -> str:
    """Our name for a request: 16 letters and digits, lower case, because that is what every provider can carry."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(secrets.choice(alphabet) for _ in range(16))


def checked_code(raw: object) -> str:
    """A referral code of 4 characters, or 8 for several brokers under one account. Raises Invalid."""
    code = clean(raw).upper()
    if not code:
        raise Invalid({"referral_code": "Enter the referral code that illion gave you."})
    if not re.fullmatch(r"[A-Z0-9]+", code):
        raise Invalid({"referral_code": "A referral code has only letters and digits, such as ABCD."})
    if len(code) not in (4, 8):
        raise Invalid({"referral_code": f"A referral code has 4 or 8 characters. This has {len(code)}."})
    return code


def checked_months(raw: object) -> int:
    """How many months to ask for. Raises Invalid."""
    try:
        months = int(str(raw))
    except ValueError:
        months = 0
    if months not in MONTHS:
        raise Invalid({"months": "Choose 3 or 6 months."})
    return months


_ABOUT = re.compile(r"\bbank|\bsaving|\beveryday\b|\btransaction|\bsalary credits?\b|\baccount", re.I)
_NOT_ABOUT = re.compile(r"\bcards?\b|\bloans?\b|\brental\b|\bfinancial\b|\bactivity\b|\bincome\b|\bbusiness\b", re.I)


def asks_for_statements(name: str) -> bool:
    """Whether a document request of this name wants what a bank's statements show."""
    statement = re.search(r"\bstatements?\b|\bsalary credits?\b", name, re.I)
    return bool(statement and _ABOUT.search(name) and not _NOT_ABOUT.search(name))


def fitting(kind: AccountKind, names: list[str]) -> int | None:
    """Which of these requests a statement of such an account answers best; None when none does.

    A credit card's or loan's statement answers only a request that says so.
    """
    own_word = {
        AccountKind.SAVINGS: r"saving",
        AccountKind.EVERYDAY: r"everyday|transaction|salary",
        AccountKind.CREDIT_CARD: r"\bcards?\b",
        AccountKind.LOAN: r"\bloans?\b",
    }.get(kind)
    statements = [place for place, name in enumerate(names) if re.search(r"statement|salary credit", name, re.I)]
    exact = [place for place in statements if own_word and re.search(own_word, names[place], re.I)]
    if exact:
        return exact[0]
    if kind in (AccountKind.CREDIT_CARD, AccountKind.LOAN):
        return None
    return next((place for place in statements if asks_for_statements(names[place])), None)
