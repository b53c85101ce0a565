"""What clients and partners may send in a day: more than anybody needs, and less than would fill a disk."""

from sqlalchemy import select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.throttles import DAY, count_try
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.access import Throttle

FILES_A_DAY = 150
MEGABYTES_A_DAY = 1_000
MESSAGES_A_DAY = 100
LETTERS_A_DAY = 200
ENOUGH_LETTERS = (
    f"That would be more than {LETTERS_A_DAY} messages in a day, the most that one person sends by hand. "
    "Write to the others tomorrow."
)
MEGABYTE = 1024 * 1024
ENOUGH_FILES = (
    f"That is {FILES_A_DAY} files or {MEGABYTES_A_DAY:,} MB in a day, the most that we take. Send the rest tomorrow, "
    "or call your broker."
)
ENOUGH_MESSAGES = f"That is {MESSAGES_A_DAY} messages in a day, the most that we take. Call, or write again tomorrow."


async def demand_room_today(session: ReadSession, actor: Actor) -> None:
    """Before a file is read: raises Conflict when a client or partner has sent enough. Staff send what they like."""
    if actor.is_staff:
        return
    keys = {_files(actor): FILES_A_DAY, _megabytes(actor): MEGABYTES_A_DAY}
    counts = select(Throttle.key, Throttle.count).where(Throttle.key.in_(keys), Throttle.window_ends_at > utc_now())
    for key, count in await session.execute(counts):
        if count >= keys[key]:
            raise Conflict(ENOUGH_FILES)


async def count_file(session: WriteSession, actor: Actor, size: int) -> None:
    """A file of a client or partner, `size` in bytes. Raises Conflict when it is one too many for today."""
    if actor.is_staff:
        return
    await count_try(session, _files(actor), FILES_A_DAY, ENOUGH_FILES, window=DAY)
    # Counted in whole megabytes, begun ones too.
    await count_try(session, _megabytes(actor), MEGABYTES_A_DAY, ENOUGH_FILES, window=DAY, by=-(-size // MEGABYTE))


async def count_message(session: WriteSession, actor: Actor) -> None:
    """A message of a client or partner. Raises Conflict when it is one too many for today."""
    if not actor.is_staff:
        await count_try(session, f"messages-day:{actor.id}", MESSAGES_A_DAY, ENOUGH_MESSAGES, window=DAY)


async def count_letters(session: WriteSession, actor: Actor, count: int) -> None:
    """Messages that a broker wrote by hand, one for each reader. Raises Conflict beyond a day's."""
    await count_try(session, f"letters-day:{actor.id}", LETTERS_A_DAY, ENOUGH_LETTERS, window=DAY, by=count)


def _files(actor: Actor) -> str:
    return f"files-day:{actor.id}"


def _megabytes(actor: Actor) -> str:
    return f"megabytes-day:{actor.id}"
