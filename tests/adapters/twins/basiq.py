"""Basiq v3: tokens, users, the consent page, jobs with steps, accounts, paged transactions, reports, webhooks.

Shapes follow the vendor's reference. `stage` moves a user's job; `revoke` is what a client does at Basiq's own page.
"""

import base64
import json
import secrets
import time
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

from standardwebhooks.webhooks import Webhook

from tests.adapters.twins.server import Answer, Twin, post

REPORT = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _json(status: int, content: dict) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(content).encode()


def refusal(status: int, code: str, title: str, detail: str) -> Answer:
    """An error as Basiq words it."""
    correlation = secrets.token_hex(8)
    error = {"type": "error", "code": code, "title": title, "detail": detail, "source": None}
    return _json(status, {"type": "list", "correlationId": correlation, "data": [error]})


class BasiqTwin(Twin):
    """An application. `tokens_given` counts, because the vendor does; `users` by id."""

    faulty_methods = ("GET", "POST", "DELETE")
    busy = refusal(429, "too-many-requests", "Too many requests", "Quota exceeded.")
    broken = refusal(500, "internal-server-error", "Internal error", "Something went wrong.")

    def __init__(self) -> None:
        self.api_key = base64.b64encode(secrets.token_bytes(24)).decode()
        self.secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
        self.tokens: dict[str, str] = {}
        self.tokens_given = 0
        self.users: dict[str, dict] = {}
        self.reports: dict[str, str] = {}
        self.page_size = 500
        self.report_polls = 1
        super().__init__()

    # What happens on the vendor's side.
    def connect(self, user: str, *, accounts: int = 2, transactions: int = 30) -> None:
        """The client has agreed and chosen a bank; its job begins."""
        self.users[user]["jobs"].append({"id": secrets.token_hex(4), "code": "", "done": 0})
        self.users[user]["accounts"] = [_account(number) for number in range(accounts)]
        self.users[user]["transactions"] = [
            _transaction(number, f"acc-{number % max(1, accounts)}") for number in range(transactions)
        ]

    def stage(self, user: str, done: int, code: str = "", job: int = -1) -> None:
        """`done` steps of three are finished; `code` is why the next one failed."""
        self.users[user]["jobs"][job] |= {"done": done, "code": code}

    def revoke(self, user: str) -> None:
        del self.users[user]

    def callback(self, user: str, event: str = "transactions.updated", *, at: datetime | None = None, id: str = ""):
        """Headers and body, signed with the vendor's scheme."""
        base = self.url
        body = json.dumps(
            {
                "eventId": secrets.token_hex(8),
                "eventTypeId": event,
                "links": {"event": f"{base}/events/1", "eventEntity": f"{base}/users/{user}/connections/c1"},
            }
        )
        when, name = at or datetime.now(UTC), id or f"msg_{secrets.token_hex(8)}"
        headers = {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(when.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(name, when, body),
        }
        return headers, body.encode()

    def call_back(self, portal: str, user: str, event: str = "transactions.updated") -> int:
        headers, body = self.callback(user, event)
        return post(portal, "/webhooks/bank/basiq", headers, body)

    # What it answers.
    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(path)
        if headers.get("basiq-version") != "3.0":
            return refusal(400, "parameter-not-supplied", "Required parameter not supplied", "basiq-version")
        if parts.path == "/token":
            return self._token(headers, dict(parse_qsl(body.decode())))
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if self.tokens.get(given) != "SERVER_ACCESS":
            return refusal(401, "unauthorized-access", "Unauthorized Access", "Token is invalid or expired.")
        names = [each for each in parts.path.split("/") if each]
        if names[0] == "users":
            return self._user(method, names[1:], parse_qs(parts.query), body)
        if names[0] == "reports":
            return self._report(method, names[1:], headers, body)
        if names[0] == "jobs" and names[1] in self.reports:
            return _json(200, self._report_job(names[1]))
        return refusal(404, "resource-not-found", "Resource not found", path)

    def _token(self, headers: dict[str, str], fields: dict[str, str]) -> Answer:
        if headers.get("authorization") != f"Basic {self.api_key}":
            return refusal(401, "invalid-authorization-token", "Unauthorized Access", "Invalid API key.")
        scope = fields.get("scope", "")
        if scope not in ("SERVER_ACCESS", "CLIENT_ACCESS") or (scope == "CLIENT_ACCESS" and not fields.get("userId")):
            return refusal(400, "parameter-not-valid", "Parameter value is not valid", "scope")
        token = secrets.token_urlsafe(24)
        self.tokens[token] = scope
        self.tokens_given += 1
        return _json(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def _user(self, method: str, names: list[str], query: dict, body: bytes) -> Answer:
        if method == "POST" and not names:
            facts = json.loads(body)
            if not facts.get("email") and not facts.get("mobile"):
                return refusal(400, "parameter-not-supplied", "Required parameter not supplied", "email or mobile")
            user = secrets.token_hex(8)
            self.users[user] = {"facts": facts, "jobs": [], "accounts": [], "transactions": []}
            return _json(201, {"type": "user", "id": user, "links": {"self": f"{self.url}/users/{user}"}})
        user = self.users.get(names[0])
        if user is None:
            return refusal(404, "resource-not-found", "Resource not found", "user")
        if method == "DELETE":
            del self.users[names[0]]
            return 204, {}, b""
        what = names[1] if len(names) > 1 else ""
        if what == "jobs":
            return _json(200, {"type": "list", "data": [_job(each) for each in user["jobs"]]})
        if what == "accounts":
            return _json(200, {"type": "list", "data": user["accounts"]})
        if what == "transactions":
            return self._page(names[0], user["transactions"], query)
        return refusal(404, "resource-not-found", "Resource not found", what)

    def _page(self, user: str, rows: list[dict], query: dict) -> Answer:
        first = int(query.get("next", ["0"])[0])
        shown = rows[first : first + self.page_size]
        links = {"self": f"{self.url}/users/{user}/transactions"}
        if first + self.page_size < len(rows):
            links["next"] = f"{self.url}/users/{user}/transactions?next={first + self.page_size}"
        return _json(200, {"type": "list", "data": shown, "links": links})

    def _report(self, method: str, names: list[str], headers: dict[str, str], body: bytes) -> Answer:
        if method == "POST":
            order = json.loads(body)
            filters = {each["name"]: each["value"] for each in order.get("filters", [])}
            if order.get("reportType") != "STATEMENT_01" or filters.get("userId") not in self.users:
                return refusal(400, "parameter-not-valid", "Parameter value is not valid", "reportType")
            job = secrets.token_hex(6)
            self.reports[job] = f"report-{job}"
            return _json(202, {"type": "job", "id": job, "links": {"self": f"{self.url}/jobs/{job}"}})
        if headers.get("accept") != "application/pdf":
            return refusal(406, "invalid-accept", "Not acceptable", "accept")
        return 200, {"content-type": "application/pdf"}, REPORT

    def _report_job(self, job: str) -> dict:
        self.report_polls -= 1
        state = "success" if self.report_polls < 0 else "in-progress"
        step = {"title": "generate-report", "status": state, "result": None}
        return {
            "type": "job",
            "id": job,
            "steps": [step],
            "links": {"source": f"{self.url}/reports/{self.reports[job]}"},
        }


def _job(job: dict) -> dict:
    steps = []
    for place, title in enumerate(("verify-credentials", "retrieve-accounts", "retrieve-transactions")):
        status, result = ("success", {"type": "link"}) if place < job["done"] else ("pending", None)
        if place == job["done"] and job["code"]:
            status, result = "failed", {"type": "error", "code": job["code"], "title": "", "detail": ""}
        steps.append({"title": title, "status": status, "result": result})
    return {"type": "job", "id": job["id"], "steps": steps}


def _account(number: int) -> dict:
    kind = ("transaction", "savings", "credit-card")[number % 3]
    return {
        "type": "account",
        "id": f"acc-{number}",
        "name": ("Everyday", "Saver", "Card")[number % 3],
        "accountNo": f"06200000{number:04d}",
        "balance": "1250.55",
        "currency": "AUD",
        "class": {"type": kind, "product": kind},
        "institution": "AU00000",
        "status": "available",
    }


def _transaction(number: int, account: str) -> dict:
    day = date.fromtimestamp(time.time()) - timedelta(days=number)
    pay = number % 7 == 0
    return {
        "type": "transaction",
        "id": f"t-{number}",
        "account": account,
        "amount": "2500.00" if pay else "-45.10",
        "direction": "credit" if pay else "debit",
        "description": "SALARY GUMTREE PTY LTD" if pay else "WOOLWORTHS 1234 SYDNEY",
        "class": "payment",
        "subClass": {"code": "411", "title": "Supermarket and Grocery Stores"} if not pay else None,
        "postDate": f"{day}T00:00:00Z",
        "transactionDate": f"{day}T00:00:00Z",
        "status": "posted",
    }
