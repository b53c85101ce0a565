"""illion BankStatements: the client goes to illion's own page by a referral link; results are pulled by our reference.

The login API is not used, on purpose: no bank password may reach our servers. Pulling needs an API key of the
operator's; without one the link works all the same and illion sends the statements to the broker as agreed with them.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date

import httpx

from salestrekker_portal.adapters.bank_http import MOST_BYTES, Wire, cents, insist, json_of
from salestrekker_portal.domains.bank_statements.ports import (
    AccountKind,
    AskedOfProvider,
    BankAccount,
    BankCallbackRefused,
    Bundle,
    Callback,
    Cap,
    EventKind,
    ProviderBusy,
    ProviderEvent,
    ProviderRefused,
    Refs,
    RequestProgress,
    StartedLink,
    Statement,
    Step,
    Transaction,
)
from salestrekker_portal.tables.bank_statements import Problem, Provider
from salestrekker_portal.tables.organisations import Country

# Blank would mean the oldest format.
OUTPUT_VERSION = "20190901"
LONGEST_CODE = 30
_PROBLEMS = (
    (re.compile(r"credential|password|login", re.I), Problem.WRONG_LOGIN),
    (re.compile(r"mfa|otp|security code|timed? ?out", re.I), Problem.CODE_TIMED_OUT),
    (re.compile(r"popup|action required|message", re.I), Problem.ACT_AT_BANK),
    (re.compile(r"no accounts?", re.I), Problem.NO_ACCOUNTS),
    (re.compile(r"unavailable|maintenance|down", re.I), Problem.BANK_DOWN),
)
_KINDS = (
    ("saving", AccountKind.SAVINGS),
    ("transaction", AccountKind.EVERYDAY),
    ("everyday", AccountKind.EVERYDAY),
    ("credit", AccountKind.CREDIT_CARD),
    ("loan", AccountKind.LOAN),
    ("mortgage", AccountKind.LOAN),
)


class Illion:
    """The provider. `link_base` is the address of referral links; without `api_key` nothing is pulled."""

    key = Provider.ILLION
    name = "illion BankStatements"
    countries = frozenset({Country.AU})

    def __init__(self, *, api_key: str, api_base: str, link_base: str, timeout: float = 15.0) -> None:
        self._key = api_key
        self._link = link_base.rstrip("/")
        self._wire = Wire(api_base, timeout=timeout)
        self.host = httpx.URL(link_base).host
        pulls = {Cap.TRANSACTIONS, Cap.PDF_STATEMENTS} if api_key else set()
        self.caps = frozenset(pulls)

    async def start(self, asked: AskedOfProvider) -> StartedLink:
        """The referral link with our reference behind the code; nothing is sent to illion."""
        code = f"{asked.referral_code}-{asked.reference}"
        if not asked.referral_code or len(code) > LONGEST_CODE:
            raise ProviderRefused()
        return StartedLink(url=f"{self._link}/r/b/{code}", refs={"code": code})

    async def come_back(self, asked: AskedOfProvider, query: Mapping[str, str]) -> Refs:
        """illion sends nobody back."""
        return {}

    async def read_callback(self, headers: Mapping[str, str], body: bytes) -> Callback:
        """An unsigned word that something may be there. It names our reference and brings nothing else."""
        try:
            told = json.loads(body)
        except ValueError:
            raise BankCallbackRefused() from None
        reference = told.get("reference") if isinstance(told, dict) else None
        if not isinstance(reference, str) or not re.fullmatch(r"(?:[A-Za-z0-9]{4,8}-)?[a-z2-7]{16}", reference):
            raise BankCallbackRefused()
        # The part in front is the broker's referral code, which anybody can read on a link; it proves nothing.
        ours = reference.rsplit("-", 1)[-1]
        return Callback(events=[ProviderEvent(kind=EventKind.CHANGED, reference=ours)], delivery="")

    async def poll(self, asked: AskedOfProvider) -> RequestProgress:
        if not self._key:
            return RequestProgress(step=Step.WAITING)
        answer = await self._pull("/statements", asked)
        # Not there yet: the client may still be choosing accounts.
        if answer.status_code == 404:
            return RequestProgress(step=Step.WAITING)
        if answer.status_code >= 400:
            raise ProviderRefused(_problem(answer))
        found = json_of(answer)
        if found.get("status") == "processing":
            return RequestProgress(step=Step.WORKING)
        if not found.get("accounts"):
            return RequestProgress(step=Step.FAILED, problem=Problem.NO_ACCOUNTS)
        return RequestProgress(step=Step.COMPLETE)

    async def fetch(self, asked: AskedOfProvider) -> Bundle:
        answer = await self._pull("/statements", asked)
        if answer.status_code >= 400:
            raise ProviderRefused(_problem(answer))
        found = insist(answer)
        accounts, transactions = [], []
        for each in found.get("accounts") or []:
            account, moved = _account(each)
            accounts.append(account)
            transactions += moved
        files = await self._pull("/files", asked)
        statements = _unpacked(files.content, accounts, transactions) if files.status_code == 200 else []
        return Bundle(accounts=accounts, transactions=transactions, statements=statements)

    async def revoke(self, asked: AskedOfProvider) -> None:
        """illion keeps no lasting access: each visit is one delivery."""

    async def _pull(self, path: str, asked: AskedOfProvider) -> httpx.Response:
        headers = {"x-api-key": self._key, "x-output-version": OUTPUT_VERSION, "accept": "application/json"}
        params = {"reference": asked.refs.get("code", f"{asked.referral_code}-{asked.reference}")}
        return await self._wire.ask("GET", path, headers=headers, params=params)


def _problem(answer: httpx.Response) -> Problem:
    try:
        told = answer.json()
        words = f"{told.get('error', '')} {told.get('errorCode', '')}"
    except (ValueError, AttributeError):
        return Problem.UNKNOWN
    return next((problem for pattern, problem in _PROBLEMS if pattern.search(words)), Problem.UNKNOWN)


def _account(raw: dict) -> tuple[BankAccount, list[Transaction]]:
    try:
        ref = str(raw["accountNumber"])
        kind = f"{raw.get('accountType', '')} {raw.get('name', '')}".lower()
        account = BankAccount(
            ref=ref,
            name=str(raw.get("name") or "Account")[:80],
            institution=str(raw.get("institution") or "")[:80],
            number=ref,
            kind=next((each for word, each in _KINDS if word in kind), AccountKind.OTHER),
            balance_cents=cents(raw.get("balance")),
        )
        moved = [_transaction(ref, each) for each in raw.get("transactions") or []]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ProviderBusy() from None
    return account, moved


def _transaction(ref: str, raw: dict) -> Transaction:
    # The type says which way it went; the sign is not relied on.
    amount = abs(cents(raw["amount"]) or 0)
    tags = raw.get("tags") or []
    category = next((str(tag.get("category")) for tag in tags if isinstance(tag, dict) and tag.get("category")), "")
    return Transaction(
        account_ref=ref,
        on=date.fromisoformat(str(raw["date"])[:10]),
        text=str(raw.get("text") or ""),
        amount_cents=-amount if str(raw.get("type", "")).lower() == "debit" else amount,
        category=category,
    )


def _unpacked(content: bytes, accounts: list[BankAccount], moved: list[Transaction]) -> list[Statement]:
    """The PDFs of a ZIP, each by the account number in its name. Nothing is written to a disk."""
    days = [each.on for each in moved] or [date.today()]
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # Before anything is unpacked: a small archive can hold a very large file.
            if sum(each.file_size for each in packed.infolist()) > MOST_BYTES:
                raise ProviderBusy()
            for each in packed.infolist():
                account = next((one for one in accounts if one.ref in each.filename), None)
                if account is not None and each.filename.lower().endswith(".pdf"):
                    own = [one.on for one in moved if one.account_ref == account.ref] or days
                    found.append(
                        Statement(
                            account_ref=account.ref, first_on=min(own), last_on=max(own), content=packed.read(each)
                        )
                    )
    except (zipfile.BadZipFile, OSError):
        raise ProviderBusy() from None
    return found
