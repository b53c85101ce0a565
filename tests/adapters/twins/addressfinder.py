"""Addressfinder: completions of what is typed, and what one address is made of, for both countries."""

import json
import secrets
from urllib.parse import parse_qs, urlsplit

from tests.adapters.twins.server import Answer, Twin

AU = {
    "full_address": "Unit 3, 14 Wattletree Parade, Lambton NSW 2299", "unit_identifier": "3", "level_number": None,
    "street_number_1": "14", "street_number_2": None, "street_name": "WATTLETREE", "street_type": "PARADE",
    "locality_name": "LAMBTON", "state_territory": "NSW", "postcode": "2299",
}  # fmt: skip
NZ = {
    "a": "8A Example Road, Karori, Wellington 6012", "number": "8", "alpha": "A", "street": "Example Road",
    "suburb": "Karori", "city": "Wellington", "region": "Wellington Region", "postcode": "6012",
}  # fmt: skip


def _json(status: int, content: dict) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(content).encode()


class AddressfinderTwin(Twin):
    """An account with one address a country. `asked` is what was typed, `seen` the headers that came with it."""

    faulty_methods = ("GET",)
    busy = _json(429, {"success": False, "error_code": 1005, "message": "Too many requests"})
    broken = (500, {"content-type": "text/html"}, b"<html>Something went wrong</html>")

    def __init__(self) -> None:
        self.key, self.secret = secrets.token_hex(8), secrets.token_hex(16)
        self.asked: list[str] = []
        self.seen: list[dict[str, str]] = []
        super().__init__()

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if query.get("key") != self.key or headers.get("authorization") != self.secret:
            return _json(401, {"success": False, "message": "The key or the secret is wrong"})
        self.seen.append(headers)
        ways = {
            "/api/au/address/v2/autocomplete/": lambda: self._completed(query, AU, "full_address", "id"),
            "/api/au/address/v2/metadata/": lambda: self._one(query.get("id"), AU),
            "/api/nz/address/autocomplete/": lambda: self._completed(query, NZ, "a", "pxid"),
            "/api/nz/address/info/": lambda: self._one(query.get("pxid"), NZ),
        }
        return ways[parts.path]() if parts.path in ways else _json(404, {"success": False})

    def _completed(self, query: dict[str, str], known: dict, line: str, key: str) -> Answer:
        self.asked.append(query["q"])
        words = query["q"].lower().replace(",", "").split()
        fits = all(word in known[line].lower() for word in words)
        return _json(200, {"completions": [{line: known[line], key: "one"}] if fits else [], "paid": True})

    def _one(self, key: str | None, known: dict) -> Answer:
        return _json(200, {**known, "success": True}) if key == "one" else _json(404, {"success": False})
