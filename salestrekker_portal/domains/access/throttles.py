"""How often something may be tried, written as sentences."""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.access import Throttle

SIGN_IN_TRIES_PER_ACCOUNT = 8
SIGN_IN_TRIES_PER_ADDRESS = 40
PIN_TRIES_PER_ADDRESS = 30
PINS_SENT_PER_ACCESS = 4
LINKS_SENT_PER_ACCESS = 4
LOST_LINKS_PER_ADDRESS = 30
# A mail program's servers press for all of their people.
STOPS_PER_ADDRESS = 120
WINDOW = timedelta(minutes=15)

INSERT: dict[str, Callable[..., Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


async def count_try(session: WriteSession, key: str, limit: int, sentence: str) -> None:
    """Count one try under `key`. Raises Conflict(sentence) once there were more than `limit` in the window.

    One statement that makes the row or changes it: of two first tries at once the second waits, and counts as second.
    """
    now = utc_now()
    insert = INSERT[session.get_bind().dialect.name]
    first = insert(Throttle).values(key=key, count=1, window_ends_at=now + WINDOW)
    over = Throttle.window_ends_at <= now
    counted = first.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((over, 1), else_=Throttle.count + 1),
            "window_ends_at": case((over, now + WINDOW), else_=Throttle.window_ends_at),
        },
    )
    if await session.scalar(counted.returning(Throttle.count)) > limit:
        raise Conflict(sentence)


def neighbourhood(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that an IPv6 line has to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


async def forget_tries(session: WriteSession, key: str) -> None:
    """A success wipes the slate of its own key."""
    await session.execute(delete(Throttle).where(Throttle.key == key))
