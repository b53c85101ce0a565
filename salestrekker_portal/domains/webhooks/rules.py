"""Which addresses may be told, when the next try is, and how a delivery is signed. No database."""

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from uuid import UUID

from standardwebhooks import Webhook as Signer

from salestrekker_portal.domains.notices.published import EVENT_WORDS, TOLD
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean

URL_LIMIT = 500
# After each try that failed; after the last of them it is given up: about three days in all.
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360, 720, 1_440, 1_440))
_ADDRESS = "Enter the program’s address, starting with https://."
_HOST = re.compile(r"[0-9a-z_-]{1,63}(?:\.[0-9a-z_-]{1,63})*|[0-9a-f:.]+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_INSIDE = frozenset(
    ["localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "invalid"]
)
_HANDED_OUT, _EXAMPLES = ip_network("2000::/3"), ip_network("3fff::/20")
_TRANSLATED = ip_network("64:ff9b::/96")  # NAT64: how a network without IPv4 reaches it


def checked_url(raw: object, *, private: bool = False) -> str:
    """An https address of another machine. `private` lets http and this network through, for development.

    Only what can be seen in the address is judged here; where its name leads is judged at each delivery.
    Raises Invalid.
    """
    url = clean(raw)
    if len(url) > URL_LIMIT:
        raise Invalid({"url": f"Use at most {URL_LIMIT} characters. This has {len(url):,}."})
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid({"url": _ADDRESS}) from None
    if parts.scheme not in (("https", "http") if private else ("https",)) or not host or parts.fragment:
        raise Invalid({"url": _ADDRESS})
    if parts.username or parts.password:
        raise Invalid({"url": "Leave the name and password out of the address: each delivery is signed instead."})
    if not private and not is_public_name(_written(host)):
        raise Invalid({"url": "Enter an address on the internet, not one inside your own network."})
    return url


def _written(host: str) -> str:
    """A host as it is asked for: in letters of ASCII, so that ①②⑦ is 127. Raises Invalid for what is none."""
    try:
        plain = host if ":" in host else host.encode("idna").decode("ascii").rstrip(".").lower()
    except UnicodeError:  # a part that is empty or too long
        raise Invalid({"url": _ADDRESS}) from None
    if not _HOST.fullmatch(plain):
        raise Invalid({"url": _ADDRESS})
    return plain


def is_public_name(host: str) -> bool:
    """False for names and numbers that lead to this machine or network by what they are."""
    try:
        return is_public(host)
    except ValueError:
        last = host.rstrip(".").rsplit(".", 1)
        # What ends in a number is an IPv4 address in one of its odd spellings: 127.1, 0x7f.1.
        return len(last) == 2 and last[1].lower() not in _INSIDE and not _NUMBER.fullmatch(last[1])


def is_public(address: str) -> bool:
    """Whether an IP address is one on the internet. Raises ValueError for a name."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inside = _inside(found)
        if inside is None:
            # Of IPv6 only this much is handed out; the rest is one's own network, or for no use yet.
            return found in _HANDED_OUT and found not in _EXAMPLES and found.is_global
        found = inside
    return found.is_global and not found.is_multicast


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is asked when this one is: each way of writing one into the other is a way around."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def checked_events(raw: Iterable[object]) -> list[str]:
    """The events that were ticked, in the catalogue's order. Raises Invalid for none and for unknown ones."""
    ticked = {str(each) for each in raw}
    if not ticked or not ticked <= set(EVENT_WORDS):
        raise Invalid({"events": "Tick at least one event."})
    return [event for event in EVENT_WORDS if event in ticked]


def body_of(event_id: UUID, event: str, at: datetime, deal_id: UUID | None, facts: dict) -> str:
    """What is sent: what happened to which deal. Who and what more is read with a key, under the rules for it."""
    told = {name: facts[name] for name in TOLD.get(event, ()) if name in facts}
    body = {"id": str(event_id), "event": event, "at": at.isoformat(), "deal_id": str(deal_id) if deal_id else None}
    return json.dumps({**body, **told}, ensure_ascii=False, separators=(",", ":"))


def signed(secret: str, delivery_id: UUID, body: str, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks: an id that stays over tries, the time, and a signature over both and body."""
    return {
        "webhook-id": str(delivery_id),
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(secret).sign(str(delivery_id), now, body),
        "content-type": "application/json",
        "user-agent": "salestrekker-portal",
    }


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when that was the last."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
