"""How often something may be tried, written as sentences."""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from salestrekker_portal.database.session import WriteSession, even_if_refused
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.access import Throttle

PASSWORD_CHANGES = 8
# Behind one address sits a whole office; each account behind it slows its own guessers down.
SIGN_IN_TRIES_PER_ADDRESS = 100
PIN_TRIES_PER_ADDRESS = 30
LINKS_SENT_PER_ACCESS = 4
LINKS_A_DAY = 12
LOST_LINKS_PER_ADDRESS = 30
# A mail program's servers press for all of their people.
STOPS_PER_ADDRESS = 120
PINS_AN_HOUR = 3
PINS_A_DAY = 6
WINDOW = timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Five tries as they come, then a wait that doubles up to twenty minutes: 84 guesses in any 24 hours, and no lock.
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=20)

INSERT: dict[str, Callable[..., Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


async def count_try(
    session: WriteSession,
    key: str,
    limit: int,
    sentence: str,
    *,
    window: timedelta = WINDOW,
    survives: bool = False,
    by: int = 1,
) -> int:
    """Count one try under `key`, or `by` so many: how many there were in the window. Raises Conflict(sentence) beyond
    `limit`.

    A try that `survives` counts even if a refusal undoes this transaction; one beyond the limit never counts.
    """
    count = await _counted(session, key, window, by)
    if count > limit:
        raise Conflict(sentence)
    if survives:

        async def again(later: WriteSession) -> None:
            await _counted(later, key, window, by)

        even_if_refused(session, again)
    return count


async def _counted(session: WriteSession, key: str, window: timedelta, by: int = 1) -> int:
    """One statement that makes the row or changes it: of two first tries at once the second waits, and counts as
    second."""
    now = utc_now()
    insert = INSERT[session.get_bind().dialect.name]
    first = insert(Throttle).values(key=key, count=by, window_ends_at=now + window)
    over = Throttle.window_ends_at <= now
    counted_one = first.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((over, by), else_=Throttle.count + by),
            "window_ends_at": case((over, now + window), else_=Throttle.window_ends_at),
        },
    )
    return int(await session.scalar(counted_one.returning(Throttle.count)) or 0)


def wait_after(tries: int) -> timedelta:
    """How long the next try waits after so many."""
    if tries < FREE_TRIES:
        return timedelta(0)
    # Bounded before it is raised: the power of a large number is no timedelta.
    return min(FIRST_WAIT * 2 ** min(tries - FREE_TRIES, 20), LONGEST_WAIT)


async def slow_down(session: WriteSession, key: str, sentence: str, *, survives: bool = False) -> None:
    """Count one try, each of which makes the next one wait longer, until a day goes by without any.

    Raises Conflict while the wait is not over; `sentence` says how long in the place of {wait}. Such a try does not
    count, so nobody who goes on trying makes it longer. One that `survives` counts even if a refusal undoes this
    transaction.
    """
    now = utc_now()
    insert = INSERT[session.get_bind().dialect.name]
    first = insert(Throttle).values(key=key, count=0, window_ends_at=now).on_conflict_do_nothing()
    await session.execute(first)
    # Held: of two at once the second waits, and then has to wait.
    held = select(Throttle).where(Throttle.key == key).with_for_update(key_share=True)
    row = (await session.scalars(held.execution_options(populate_existing=True))).one()
    since = now - row.window_ends_at
    tries = row.count if since < DAY else 0
    if since < wait_after(tries):
        raise Conflict(sentence.format(wait=wait_words(wait_after(tries) - since)))
    row.count, row.window_ends_at = tries + 1, now
    if survives:

        async def again(later: WriteSession) -> None:
            await slow_down(later, key, sentence)

        even_if_refused(session, again)


def wait_words(left: timedelta) -> str:
    """So many seconds, or minutes once there are two of them."""
    seconds = max(1, round(left.total_seconds()))
    return counted(seconds, "second") if seconds < 120 else counted(-(-seconds // 60), "minute")


async def give_back(session: WriteSession, *keys: str) -> None:
    """A try that came out right was none. Only its own: a stranger's wrong ones under the same key stay."""
    await session.execute(
        update(Throttle).where(Throttle.key.in_(keys), Throttle.count > 0).values(count=Throttle.count - 1)
    )


async def forget_tries(session: WriteSession, *keys: str) -> None:
    """Nothing that was tried under these keys counts any more."""
    await session.execute(delete(Throttle).where(Throttle.key.in_(keys)))


def neighbourhood(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that an IPv6 line has to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))
