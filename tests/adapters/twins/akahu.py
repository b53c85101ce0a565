"""Akahu: the code that a consent leads to, tokens, accounts, transactions by cursor, per-person webhooks, RSA keys."""

import base64
import json
import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.adapters.twins.server import Answer, Twin, post


def _json(status: int, content: dict) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(content).encode()


def refusal(status: int, message: str, **more: str) -> Answer:
    """An error as Akahu words it."""
    return _json(status, {"success": False, "message": message, **more})


class AkahuTwin(Twin):
    """An app. `people` by their token; `subscriptions` is what was asked for."""

    faulty_methods = ("GET", "POST", "DELETE")
    busy = refusal(429, "Too many requests")
    broken = refusal(500, "Internal server error")

    def __init__(self) -> None:
        self.app_token = "app_token_" + secrets.token_hex(8)
        self.app_secret = secrets.token_hex(16)
        self.codes: dict[str, str] = {}
        self.people: dict[str, dict] = {}
        self.subscriptions: list[dict] = []
        self.refreshes = 0
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.key_requests = 0
        self.page_size = 100
        super().__init__()
        self.rotate()

    # What happens on the vendor's side.
    def agree(self, redirect_uri: str) -> str:
        """The client has agreed; the code that goes back in the address."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = redirect_uri
        return code

    def person(self, *, accounts: int = 2, transactions: int = 40, refreshed: bool = True) -> dict:
        """What the next token gives access to."""
        return {
            "accounts": [_account(number, refreshed) for number in range(accounts)],
            "transactions": [
                _transaction(number, f"acc_{number % max(1, accounts)}") for number in range(transactions)
            ],
        }

    def rotate(self) -> str:
        """A new signing key; its id is the next number."""
        name = str(max((int(each) for each in self.keys), default=0) + 1)
        self.keys[name] = rsa.generate_private_key(65537, 2048)
        return name

    def callback(self, reference: str, kind: str = "TRANSACTION", code: str = "DEFAULT_UPDATE", *, key: str = ""):
        """Headers and body, signed as Akahu does."""
        name = key or str(max(int(each) for each in self.keys))
        body = json.dumps(
            {"webhook_type": kind, "webhook_code": code, "state": reference, "item_id": secrets.token_hex(6)}
        ).encode()
        signature = self.keys[name].sign(body, padding.PKCS1v15(), SHA256())
        headers = {
            "content-type": "application/json",
            "x-akahu-signature": base64.b64encode(signature).decode(),
            "x-akahu-signing-key": name,
        }
        return headers, body

    def call_back(self, portal: str, reference: str, kind: str = "TRANSACTION", code: str = "DEFAULT_UPDATE") -> int:
        headers, body = self.callback(reference, kind, code)
        return post(portal, "/webhooks/bank/akahu", headers, body)

    # What it answers.
    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(path)
        if method == "POST" and not headers.get("idempotency-key"):
            return refusal(400, "Idempotency-Key is required")
        if parts.path == "/token" and method == "POST":
            return self._exchange(json.loads(body))
        if parts.path.startswith("/keys/"):
            return self._key(parts.path.rsplit("/", 1)[-1], headers)
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if headers.get("x-akahu-id") != self.app_token or token not in self.people:
            return refusal(401, "Unauthorized")
        person = self.people[token]
        if parts.path == "/token" and method == "DELETE":
            del self.people[token]
            return _json(200, {"success": True})
        if parts.path == "/accounts":
            return _json(200, {"success": True, "items": person["accounts"]})
        if parts.path == "/transactions":
            return self._page(person["transactions"], parse_qs(parts.query))
        if parts.path == "/refresh" and method == "POST":
            self.refreshes += 1
            return _json(200, {"success": True})
        if parts.path == "/webhooks" and method == "POST":
            self.subscriptions.append(json.loads(body))
            return _json(200, {"success": True, "item_id": secrets.token_hex(6)})
        return refusal(404, "Not found")

    def _exchange(self, asked: dict) -> Answer:
        redirect = self.codes.pop(asked.get("code", ""), None)
        if redirect is None or redirect != asked.get("redirect_uri"):
            return refusal(400, "invalid_grant", error="invalid_grant")
        if (asked.get("client_id"), asked.get("client_secret")) != (self.app_token, self.app_secret):
            return refusal(401, "invalid_client", error="invalid_client")
        token = f"user_token_{secrets.token_hex(8)}"
        self.people[token] = self.person()
        return _json(200, {"success": True, "access_token": token, "token_type": "bearer", "scope": "ENDURING_CONSENT"})

    def _key(self, name: str, headers: dict[str, str]) -> Answer:
        self.key_requests += 1
        wanted = base64.b64encode(f"{self.app_token}:{self.app_secret}".encode()).decode()
        if headers.get("authorization") != f"Basic {wanted}":
            return refusal(401, "Unauthorized")
        if name not in self.keys:
            return refusal(404, "Key not found")
        pem = self.keys[name].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return _json(200, {"success": True, "item": pem.decode()})

    def _page(self, rows: list[dict], query: dict) -> Answer:
        first = int(query.get("cursor", ["0"])[0])
        later = first + self.page_size
        return _json(
            200,
            {
                "success": True,
                "items": rows[first:later],
                "cursor": {"next": str(later) if later < len(rows) else None},
            },
        )


def _account(number: int, refreshed: bool) -> dict:
    now = datetime.now(UTC).isoformat()
    return {
        "_id": f"acc_{number}",
        "name": ("Everyday", "Savings", "Home loan")[number % 3],
        "type": ("CHECKING", "SAVINGS", "LOAN")[number % 3],
        "status": "ACTIVE",
        "formatted_account": f"12-3456-0123{number:03d}-00",
        "connection": {"_id": "conn_1", "name": "Demo Bank"},
        "balance": {"current": 5320.1, "currency": "NZD"},
        "refreshed": {"transactions": now, "balance": now} if refreshed else {"balance": now},
    }


def _transaction(number: int, account: str) -> dict:
    day = datetime.now(UTC) - timedelta(days=number)
    pay = number % 10 == 0
    return {
        "_id": f"trans_{number}",
        "_account": account,
        "date": day.isoformat().replace("+00:00", "Z"),
        "description": "SALARY TUI DESIGN" if pay else "COUNTDOWN PONSONBY",
        "amount": 1850.25 if pay else -62.35,
        "type": "CREDIT" if pay else "EFTPOS",
        **({} if pay else {"category": {"_id": "cat_1", "name": "Supermarkets and grocery stores"}}),
    }
