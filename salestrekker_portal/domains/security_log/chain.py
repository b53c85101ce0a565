"""The chain of a log: each row holds the seal of the one before, per firm. Pure."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.security_log import SecurityEvent

# What no firm knows of has a chain as well.
NOBODYS = UUID(int=0)
BEGINNING = "0" * 64


@dataclass(frozen=True)
class ChainedLog:
    """A log whose rows are sealed. `columns` are what a seal holds: all that never changes again."""

    name: str
    table: type[Activity] | type[SecurityEvent]
    columns: tuple[str, ...]


_BOTH = (
    "id", "created_at", "organisation_id", "deal_id", "subject_id", "kind", "actor_kind", "actor_id", "actor_name",
    "facts",
)  # fmt: skip
ACTIVITY = ChainedLog("activity", Activity, _BOTH)
SECURITY = ChainedLog("security", SecurityEvent, (*_BOTH, "area", "refused", "session_id", "place", "device"))
LOGS = (ACTIVITY, SECURITY)


def new_salt() -> str:
    """128 bits: nobody finds out what an erased row said by trying."""
    return secrets.token_hex(16)


def digest_of(log: ChainedLog, salt: str, row: Mapping[str, Any]) -> str:
    """What recognises a row with its salt, 64 hex digits."""
    told = json.dumps({name: row[name] for name in log.columns}, sort_keys=True, default=_plain, separators=(",", ":"))
    return hashlib.sha256(f"{log.name}\n{salt}\n{told}".encode()).hexdigest()


def seal_after(before: str, number: int, digest: str) -> str:
    """The seal of the row with this number, which holds all those before it."""
    return hashlib.sha256(f"{before}\n{number}\n{digest}".encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
