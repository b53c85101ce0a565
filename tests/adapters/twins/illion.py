"""illion BankStatements by reference: the shape of the data is the documented one, the way to it is our assumption.

illion's own documents describe accounts and transactions, the API key and the output version, and errors; how results
are fetched by the referrer's reference is agreed with illion when a contract is made, and may have to change.
"""

import io
import json
import secrets
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.adapters.twins.server import Answer, Twin

PAPER = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _json(status: int, content: dict) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(content).encode()


def refusal(status: int, code: int, words: str) -> Answer:
    """An error as illion words it."""
    return _json(status, {"error": words, "errorCode": code})


class IllionTwin(Twin):
    """Deliveries by their referral code; `errors` maps a code to the error that it gets."""

    faulty_methods = ("GET", "POST", "DELETE")
    busy = refusal(429, 429, "Too many requests")
    broken = refusal(500, 500, "Internal error")

    def __init__(self) -> None:
        self.api_key = secrets.token_hex(16)
        self.deliveries: dict[str, dict] = {}
        self.errors: dict[str, tuple[int, str]] = {}
        super().__init__()

    def deliver(self, code: str, *, accounts: int = 2, processing: bool = False) -> None:
        """The client is done at illion's page."""
        made = [_account(number) for number in range(accounts)]
        self.deliveries[code] = {"status": "processing" if processing else "complete", "accounts": made}

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(path)
        if headers.get("x-api-key") != self.api_key:
            return refusal(401, 401, "Invalid API key")
        if headers.get("x-output-version") != "20190901":
            return refusal(400, 400, "Unknown output version")
        code = parse_qs(parts.query).get("reference", [""])[0]
        if code in self.errors:
            number, words = self.errors[code]
            return refusal(400, number, words)
        if code not in self.deliveries:
            return refusal(404, 404, "No statements for this reference")
        if parts.path.endswith("/statements"):
            return _json(200, self.deliveries[code])
        return 200, {"content-type": "application/zip"}, self._packed(self.deliveries[code])

    def _packed(self, delivery: dict) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for account in delivery["accounts"]:
                packed.writestr(f"{account['accountNumber']}_statement.pdf", PAPER)
            packed.writestr("raw.csv", "not for us")
        return out.getvalue()


def _account(number: int) -> dict:
    today = datetime.now(UTC).date()
    return {
        "institution": "Bank of Statements",
        "name": ("Everyday", "Saver")[number % 2],
        "accountType": ("transaction", "savings")[number % 2],
        "accountNumber": f"1234{number:04d}",
        "bsb": "062-000",
        "balance": "910.20",
        "transactions": [
            {
                "date": str(today - timedelta(days=3 * place)),
                "text": "SALARY" if place % 5 == 0 else "COLES 0421",
                "amount": 2100.0 if place % 5 == 0 else 63.4,
                "type": "Credit" if place % 5 == 0 else "Debit",
                "tags": [] if place % 5 == 0 else [{"category": "Groceries"}],
            }
            for place in range(20)
        ],
    }
