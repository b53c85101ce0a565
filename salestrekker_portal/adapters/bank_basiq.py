"""Basiq v3 (Australia, open banking): one Basiq user a request, deleted when the statements are here."""

import asyncio
import json
import re
import time
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

import httpx
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from salestrekker_portal.adapters.bank_basiq_words import account_of, job_of, transaction_of
from salestrekker_portal.adapters.bank_http import MOST_PAGES, Wire, insist, json_of
from salestrekker_portal.domains.bank_statements.ports import (
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
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.bank_statements import Provider
from salestrekker_portal.tables.organisations import Country

VERSION = "3.0"
# A token lives an hour; a new one is taken a little before.
TOKEN_MARGIN_SECONDS = 120
PAGE = 500
REPORT_TRIES = 20

_USER = re.compile(r"/users/([^/?#]+)")
_REVOKED = {"consent.revoked", "consent.expired", "user.deleted"}


class Basiq:
    """The provider. `api_key` as Basiq issues it, `webhook_secret` is `whsec_...`."""

    key = Provider.BASIQ
    name = "Basiq"
    countries = frozenset({Country.AU})
    caps = frozenset({Cap.PDF_STATEMENTS, Cap.TRANSACTIONS, Cap.WEBHOOK, Cap.RETURNS, Cap.REVOKE})

    def __init__(
        self,
        *,
        api_key: str,
        webhook_secret: str,
        api_base: str,
        consent_base: str,
        timeout: float = 15.0,
        pause: float = 2.0,
    ) -> None:
        self._api_key, self._secret = api_key, webhook_secret
        self._consent = consent_base.rstrip("/")
        self._wire = Wire(api_base, timeout=timeout)
        self._pause = pause
        self._token, self._until = "", 0.0
        self._renewing = asyncio.Lock()
        self.host = httpx.URL(consent_base).host

    async def start(self, asked: AskedOfProvider) -> StartedLink:
        user, old = asked.refs.get("user", ""), ""
        if user:
            # What became of earlier tries says nothing about this one.
            told = insist(await self._ask("GET", f"/users/{user}/jobs"))
            old = ",".join(str(each.get("id")) for each in told.get("data") or [])
        else:
            user = await self._new_user(asked)
        token = await self._new_token(scope="CLIENT_ACCESS", userId=user)
        words = {"token": token[0], "state": asked.state, "action": "connect"}
        url = f"{self._consent}/home?{urlencode(words)}"
        return StartedLink(url=url, refs={"user": user, "old": old}, subject=user)

    async def come_back(self, asked: AskedOfProvider, query: Mapping[str, str]) -> Refs:
        """The job ids in the address are not needed: the user's jobs are listed instead."""
        return {}

    async def read_callback(self, headers: Mapping[str, str], body: bytes) -> Callback:
        """Standard Webhooks: id, time and body are signed together, and must be of the last five minutes."""
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        given = {name: headers.get(name, "") for name in names}
        if not self._secret or not all(given.values()):
            raise BankCallbackRefused()
        try:
            told = Webhook(self._secret).verify(body.decode(), given)
        except (WebhookVerificationError, ValueError, TypeError):
            raise BankCallbackRefused() from None
        if not isinstance(told, dict):
            raise BankCallbackRefused()
        links = told.get("links") if isinstance(told.get("links"), dict) else {}
        user = _USER.search(json.dumps(links))
        kind = EventKind.REVOKED if told.get("eventTypeId") in _REVOKED else EventKind.CHANGED
        events = [ProviderEvent(kind=kind, subject=user[1].strip('"'))] if user else []
        return Callback(events=events, delivery=given["webhook-id"])

    async def poll(self, asked: AskedOfProvider) -> RequestProgress:
        user = asked.refs.get("user")
        if not user:
            return RequestProgress(step=Step.WAITING)
        answer = await self._ask("GET", f"/users/{user}/jobs")
        if answer.status_code in (403, 404):
            return RequestProgress(step=Step.REVOKED)
        old = asked.refs.get("old", "").split(",")
        jobs = [(str(each.get("id")) in old, *job_of(each)) for each in insist(answer).get("data") or []]
        if all(before for before, _, _ in jobs):
            return RequestProgress(step=Step.WAITING)
        good = any(state == "success" for _, state, _ in jobs)
        bad = [problem for before, state, problem in jobs if state == "failed" and not before]
        if any(state == "working" for before, state, _ in jobs if not before):
            return RequestProgress(step=Step.WORKING)
        if not good:
            return RequestProgress(step=Step.FAILED, problem=bad[-1])
        return RequestProgress(step=Step.PARTIAL, problem=bad[-1]) if bad else RequestProgress(step=Step.COMPLETE)

    async def fetch(self, asked: AskedOfProvider) -> Bundle:
        user = asked.refs["user"]
        first_on = utc_now().date() - timedelta(days=round(asked.months * 30.5))
        accounts = [account_of(each) for each in await self._pages(f"/users/{user}/accounts")]
        words = urlencode({"limit": PAGE, "filter": f"transaction.postDate.gteq('{first_on}')"})
        moved = [transaction_of(each) for each in await self._pages(f"/users/{user}/transactions?{words}")]
        statements = [await self._statement(user, each, first_on) for each in accounts]
        return Bundle(accounts=accounts, transactions=moved, statements=statements)

    async def revoke(self, asked: AskedOfProvider) -> None:
        """Deleting the user ends the consent and has Basiq forget what it fetched."""
        user = asked.refs.get("user")
        if user:
            answer = await self._ask("DELETE", f"/users/{user}")
            if answer.status_code not in (204, 200, 404):
                raise ProviderRefused()

    async def _new_user(self, asked: AskedOfProvider) -> str:
        facts = {
            "email": asked.email,
            "mobile": asked.mobile,
            "firstName": asked.first_name,
            "lastName": asked.last_name,
        }
        answer = await self._ask("POST", "/users", json={name: value for name, value in facts.items() if value})
        user = insist(answer).get("id")
        if not isinstance(user, str) or not user:
            raise ProviderBusy()
        return user

    async def _statement(self, user: str, account: BankAccount, first_on: date) -> Statement:
        """A PDF statement: a report is ordered, and fetched once its job is done."""
        last_on = utc_now().date()
        filters = [
            {"name": "userId", "value": user},
            {"name": "accounts", "value": [account.ref]},
            {"name": "fromDate", "value": first_on.isoformat()},
            {"name": "toDate", "value": last_on.isoformat()},
        ]
        order = {"reportType": "STATEMENT_01", "title": "Statement", "filters": filters}
        job = insist(await self._ask("POST", "/reports", json=order)).get("id")
        report = ""
        for _ in range(REPORT_TRIES):
            told = insist(await self._ask("GET", f"/jobs/{job}"))
            state, problem = job_of(told)
            if state == "failed":
                raise ProviderRefused(problem)
            if state == "success":
                report = str((told.get("links") or {}).get("source", "")).rsplit("/", 1)[-1]
                break
            await asyncio.sleep(self._pause)
        if not report:
            raise ProviderBusy()
        answer = await self._ask("GET", f"/reports/{report}", accept="application/pdf")
        if answer.status_code != 200 or not answer.content.startswith(b"%PDF"):
            raise ProviderBusy()
        return Statement(account_ref=account.ref, first_on=first_on, last_on=last_on, content=answer.content)

    async def _pages(self, path: str) -> list[dict]:
        found: list[dict] = []
        for _ in range(MOST_PAGES):
            told = insist(await self._ask("GET", path))
            found += told.get("data") or []
            path = (told.get("links") or {}).get("next") or ""
            if not path:
                return found
        raise ProviderBusy()

    async def _ask(self, method: str, path: str, *, accept: str = "application/json", **more) -> httpx.Response:
        """With our token; once more with a fresh one when it was refused before its time."""
        for again in (False, True):
            headers = {"authorization": f"Bearer {await self._server_token(fresh=again)}", "accept": accept,
                       "basiq-version": VERSION}  # fmt: skip
            answer = await self._wire.ask(method, path, headers=headers, **more)
            if answer.status_code != 401:
                return answer
        raise ProviderBusy()

    async def _server_token(self, *, fresh: bool = False) -> str:
        """One token for everybody, for almost an hour: Basiq counts how many are taken."""
        async with self._renewing:
            if fresh or time.monotonic() >= self._until:
                self._token, seconds = await self._new_token(scope="SERVER_ACCESS")
                self._until = time.monotonic() + max(30, seconds - TOKEN_MARGIN_SECONDS)
            return self._token

    async def _new_token(self, **fields: str) -> tuple[str, float]:
        headers = {"authorization": f"Basic {self._api_key}", "basiq-version": VERSION}
        answer = await self._wire.ask("POST", "/token", headers=headers, data=fields)
        if answer.status_code in (401, 403):
            # Our key, not the client's doing: an operator has to act, and asking again later is right.
            raise ProviderBusy()
        told = json_of(answer)
        token, seconds = told.get("access_token"), told.get("expires_in")
        if answer.status_code >= 400 or not isinstance(token, str) or not isinstance(seconds, int):
            raise ProviderBusy()
        return token, float(seconds)
