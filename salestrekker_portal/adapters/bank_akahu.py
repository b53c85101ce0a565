"""Akahu (New Zealand): OAuth with a token per person, data by cursor, callbacks signed with Akahu's own RSA key."""

import base64
import binascii
import json
import time
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from salestrekker_portal.adapters.bank_akahu_words import account_of, transaction_of
from salestrekker_portal.adapters.bank_http import MOST_PAGES, Wire, insist
from salestrekker_portal.domains.bank_statements.ports import (
    AskedOfProvider,
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
    Step,
    Transaction,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.bank_statements import Problem, Provider
from salestrekker_portal.tables.organisations import Country

SCOPE = "ENDURING_CONSENT"
KEYS_FOR_SECONDS = 24 * 3600
WEBHOOKS = ("TOKEN", "ACCOUNT", "TRANSACTION")
# What the consent page says in the address when the client did not go through with it.
_RETURNED = {
    "access_denied": Problem.CONSENT_WITHDRAWN,
    "no_accounts": Problem.NO_ACCOUNTS,
    "temporarily_unavailable": Problem.BANK_DOWN,
}


class Akahu:
    """The provider. `app_token` names the app, `app_secret` proves it."""

    key = Provider.AKAHU
    name = "Akahu"
    countries = frozenset({Country.NZ})
    caps = frozenset({Cap.TRANSACTIONS, Cap.WEBHOOK, Cap.RETURNS, Cap.REVOKE})

    def __init__(
        self, *, app_token: str, app_secret: str, api_base: str, oauth_base: str, timeout: float = 15.0
    ) -> None:
        self._app, self._secret = app_token, app_secret
        self._oauth = oauth_base.rstrip("/")
        self._wire = Wire(api_base, timeout=timeout)
        # id -> the key and until when it is believed without asking again
        self._keys: dict[str, tuple[RSAPublicKey, float]] = {}
        self._newest = 0
        self.host = httpx.URL(oauth_base).host

    async def start(self, asked: AskedOfProvider) -> StartedLink:
        words = {
            "response_type": "code",
            "client_id": self._app,
            "redirect_uri": asked.return_address,
            "scope": SCOPE,
            "state": asked.state,
            **({"email": asked.email} if asked.email else {}),
        }
        return StartedLink(url=f"{self._oauth}/?{urlencode(words)}")

    async def come_back(self, asked: AskedOfProvider, query: Mapping[str, str]) -> Refs:
        """The code is worth something only to us, with our secret, once; the token says the rest."""
        if query.get("error"):
            raise ProviderRefused(_RETURNED.get(query["error"], Problem.UNKNOWN))
        code = query.get("code", "")
        if not code or len(code) > 500:
            raise ProviderRefused()
        exchange = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked.return_address,
            "client_id": self._app,
            "client_secret": self._secret,
        }
        headers = {"idempotency-key": _fingerprint(code)}
        told = insist(await self._wire.ask("POST", "/token", headers=headers, json=exchange))
        token = told.get("access_token")
        if told.get("success") is not True or not isinstance(token, str) or not token:
            raise ProviderRefused()
        await self._subscribe(token, asked.reference)
        return {"token": token}

    async def read_callback(self, headers: Mapping[str, str], body: bytes) -> Callback:
        """RSA over the raw body. The key is fetched by its id, kept for a day, and an older id is refused."""
        signature, key_id = headers.get("x-akahu-signature", ""), headers.get("x-akahu-signing-key", "")
        try:
            given = base64.b64decode(signature, validate=True)
        except (binascii.Error, ValueError):
            raise BankCallbackRefused() from None
        if not given or not key_id.isascii() or not key_id.isdecimal() or len(key_id) > 9:
            raise BankCallbackRefused()
        key = await self._signing_key(key_id)
        try:
            key.verify(given, body, padding.PKCS1v15(), SHA256())
            told = json.loads(body)
        except (InvalidSignature, ValueError):
            raise BankCallbackRefused() from None
        if not isinstance(told, dict):
            raise BankCallbackRefused()
        # From here on a key that was replaced is no longer believed, so a stolen old one is worth nothing.
        self._newest = max(self._newest, int(key_id))
        reference = told.get("state")
        gone = (told.get("webhook_type"), told.get("webhook_code")) == ("TOKEN", "DELETE")
        kind = EventKind.REVOKED if gone else EventKind.CHANGED
        events = []
        if isinstance(reference, str) and 0 < len(reference) <= 24:
            events = [ProviderEvent(kind=kind, reference=reference)]
        return Callback(events=events, delivery=f"{key_id}:{signature}")

    async def poll(self, asked: AskedOfProvider) -> RequestProgress:
        token = asked.refs.get("token")
        if not token:
            return RequestProgress(step=Step.WAITING)
        answer = await self._as_user("GET", "/accounts", token)
        if answer.status_code in (401, 403):
            return RequestProgress(step=Step.REVOKED)
        accounts = insist(answer).get("items") or []
        if not accounts:
            return RequestProgress(step=Step.FAILED, problem=Problem.NO_ACCOUNTS)
        good = [each for each in accounts if each.get("status") == "ACTIVE"]
        if not good:
            return RequestProgress(step=Step.FAILED, problem=Problem.ACT_AT_BANK)
        if any(not (each.get("refreshed") or {}).get("transactions") for each in good):
            await self._refresh_once(asked, token)
            return RequestProgress(step=Step.WORKING, refs={"refreshed": "1"})
        lost = len(good) < len(accounts)
        return (
            RequestProgress(step=Step.PARTIAL, problem=Problem.ACT_AT_BANK)
            if lost
            else RequestProgress(step=Step.COMPLETE)
        )

    async def fetch(self, asked: AskedOfProvider) -> Bundle:
        token = asked.refs["token"]
        listed = insist(await self._as_user("GET", "/accounts", token)).get("items") or []
        accounts = [account_of(each) for each in listed if each.get("status") == "ACTIVE"]
        start = utc_now() - timedelta(days=round(asked.months * 30.5))
        words = {"start": start.isoformat().replace("+00:00", "Z"), "end": utc_now().isoformat().replace("+00:00", "Z")}
        moved: list[Transaction] = []
        for _ in range(MOST_PAGES):
            told = insist(await self._as_user("GET", "/transactions", token, params=words))
            moved += [transaction_of(each) for each in told.get("items") or []]
            cursor = (told.get("cursor") or {}).get("next")
            if not cursor:
                return Bundle(accounts=accounts, transactions=moved)
            words = {**words, "cursor": cursor}
        raise ProviderBusy()

    async def revoke(self, asked: AskedOfProvider) -> None:
        token = asked.refs.get("token")
        if token:
            answer = await self._as_user("DELETE", "/token", token)
            if answer.status_code not in (200, 204, 401, 403, 404):
                raise ProviderRefused()

    async def _subscribe(self, token: str, reference: str) -> None:
        """Each kind of callback is asked for by person. Without them, asking from time to time is enough."""
        for kind in WEBHOOKS:
            headers = {"idempotency-key": _fingerprint(f"{reference}:{kind}")}
            try:
                await self._as_user(
                    "POST", "/webhooks", token, headers=headers, json={"webhook_type": kind, "state": reference}
                )
            except ProviderBusy:
                return

    async def _refresh_once(self, asked: AskedOfProvider, token: str) -> None:
        if not asked.refs.get("refreshed"):
            await self._as_user("POST", "/refresh", token, headers={"idempotency-key": _fingerprint(asked.reference)})

    async def _as_user(self, method: str, path: str, token: str, **more) -> httpx.Response:
        headers = {
            "authorization": f"Bearer {token}",
            "x-akahu-id": self._app,
            "accept": "application/json",
            **more.pop("headers", {}),
        }
        return await self._wire.ask(method, path, headers=headers, **more)

    async def _signing_key(self, key_id: str) -> RSAPublicKey:
        if int(key_id) < self._newest:
            raise BankCallbackRefused()
        kept = self._keys.get(key_id)
        if kept is not None and kept[1] > time.monotonic():
            return kept[0]
        basic = base64.b64encode(f"{self._app}:{self._secret}".encode()).decode()
        headers = {"authorization": f"Basic {basic}", "accept": "application/json"}
        try:
            told = insist(await self._wire.ask("GET", f"/keys/{key_id}", headers=headers))
            key = load_pem_public_key(str(told.get("item", "")).encode())
        except (ProviderBusy, ProviderRefused, ValueError):
            raise BankCallbackRefused() from None
        if not isinstance(key, RSAPublicKey):
            raise BankCallbackRefused()
        self._keys = {**dict(list(self._keys.items())[-3:]), key_id: (key, time.monotonic() + KEYS_FOR_SECONDS)}
        return key


def _fingerprint(text: str) -> str:
    digest = Hash(SHA256())
    digest.update(text.encode())
    return digest.finalize().hex()[:32]
