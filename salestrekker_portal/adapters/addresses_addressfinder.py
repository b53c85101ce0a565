"""Addressfinder (Australia and New Zealand): addresses while they are typed, and the parts of the one that was picked.

What is typed goes there from our server, and nothing else: no name, no session, no browser's address.
"""

from typing import Any

import httpx

from salestrekker_portal.domains.fact_find.finding import FoundAddress, ProviderFailed
from salestrekker_portal.domains.questions.catalogue.build import STATES, STREET_TYPES
from salestrekker_portal.domains.questions.localities import state_words
from salestrekker_portal.kernel.names import folded
from salestrekker_portal.kernel.text import clean

MOST = 6
MOST_BYTES = 200_000
_TYPES = {each.label.lower(): each.value for each in STREET_TYPES}
_STATES = {each.value for each in STATES}
# Where each country's addresses are, and what it calls an address and its key.
_WAYS = {"au": ("/api/au/address/v2", "full_address", "id"), "nz": ("/api/nz/address", "a", "pxid")}


class Addressfinder:
    """The provider. `key` names the account and `secret` proves that our server asks."""

    def __init__(self, *, key: str, secret: str, api_base: str, timeout: float = 5.0) -> None:
        self._key, self._secret = key, secret
        self._base, self._timeout = api_base.rstrip("/"), timeout

    async def find(self, country: str, typed: str) -> list[FoundAddress]:
        """As `AddressProvider`."""
        way, line, key = _WAYS[country]
        answer = await self._get(f"{way}/autocomplete/", q=typed, max=str(MOST))
        rows = answer.get("completions")
        if not isinstance(rows, list):
            raise ProviderFailed
        found = [(clean(row.get(key)), clean(row.get(line))) for row in rows if isinstance(row, dict)]
        return [FoundAddress(id, said) for id, said in found if id and said][:MOST]

    async def parts_of(self, country: str, key: str) -> dict[str, str]:
        """As `AddressProvider`."""
        way, _, named = _WAYS[country]
        answer = await self._get(f"{way}/{'metadata' if country == 'au' else 'info'}/", **{named: key})
        parts = _australian(answer) if country == "au" else _new_zealand(answer)
        return {part: text for part, text in parts.items() if text}

    async def _get(self, path: str, **query: str) -> dict[str, Any]:
        asked = {"key": self._key, "format": "json", **query}
        try:
            async with httpx.AsyncClient(timeout=self._timeout, follow_redirects=False) as client:
                answer = await client.get(f"{self._base}{path}", params=asked, headers={"authorization": self._secret})
            if answer.status_code != 200 or len(answer.content) > MOST_BYTES:
                raise ProviderFailed
            found = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise ProviderFailed from None
        if not isinstance(found, dict):
            raise ProviderFailed
        return found


def _australian(said: dict[str, Any]) -> dict[str, str]:
    state = clean(said.get("state_territory")).lower()
    first, last = clean(said.get("street_number_1")), clean(said.get("street_number_2"))
    return {
        "unit": clean(said.get("unit_identifier")),
        "level": clean(said.get("level_number")),
        "street_number": f"{first}-{last}" if last else first,
        **_street(f"{clean(said.get('street_name'))} {clean(said.get('street_type'))}"),
        "suburb": _cased(clean(said.get("locality_name"))),
        "state": state if state in _STATES else "",
        "postcode": clean(said.get("postcode")),
    }


def _new_zealand(said: dict[str, Any]) -> dict[str, str]:
    region = clean(said.get("region")).removesuffix(" Region")
    return {
        "unit": clean(said.get("unit_identifier")),
        "street_number": clean(said.get("number")) + clean(said.get("alpha")),
        **_street(clean(said.get("street"))),
        "suburb": clean(said.get("suburb")) or clean(said.get("city")),
        "region": region,
        "nz_region": region_value(region),
        "postcode": clean(said.get("postcode")),
    }


def region_value(name: str) -> str:
    """The fact find's value of a region of New Zealand, "" for one that it doesn't know."""
    return next((value for value, label in state_words("nz").items() if folded(label) == folded(name)), "")


def _street(said: str) -> dict[str, str]:
    """The name apart from a kind that the fact find lists; together where it doesn't."""
    name, _, kind = said.strip().rpartition(" ")
    if name and kind.lower() in _TYPES:
        return {"street_name": _cased(name), "street_type": _TYPES[kind.lower()]}
    return {"street_name": _cased(said.strip())}


def _cased(said: str) -> str:
    return said.title() if said.isupper() else said
