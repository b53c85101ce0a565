"""One clock for all processes: the database's. A machine whose own is an hour off takes nobody's lease.

With SQLite there is one machine, and so one clock already.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import text

from salestrekker_portal.database.session import engine, reading
from salestrekker_portal.kernel.clock import follow, ticks, utc_now

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
# An answer that took longer says too little about when it was given.
LONGEST_ANSWER = 2.0
WORTH_TELLING = timedelta(seconds=5)
TRIES = 20


async def follow_the_database() -> None:
    """From now on `utc_now()` is the database's time. Raises what the database raises, or TimeoutError."""
    if engine().dialect.name != "postgresql":
        return
    async with reading() as session:
        for _ in range(3):
            asked = ticks()
            told: datetime = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
            took = ticks() - asked
            if took <= LONGEST_ANSWER:
                _say_when_far_off(told)
                follow(told + timedelta(seconds=took / 2))
                return
    raise TimeoutError("the database is too slow to say what time it is")


def _say_when_far_off(told: datetime) -> None:
    off = utc_now() - told
    if abs(off) > WORTH_TELLING:
        log.warning("this machine's clock is %d s off the database's, which is used", off.total_seconds())


async def first_time() -> None:
    """Before anything is claimed: until the database says the time, for a while. Raises what it raises in the end."""
    for left in reversed(range(TRIES)):
        try:
            return await follow_the_database()
        except Exception as problem:
            if not left:
                raise
            log.warning("the database can't say the time yet", exc_info=problem)
            await asyncio.sleep(0.5)


async def keep_following() -> None:
    """Ask again every minute, until cancelled; the last answer holds while there is none."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await follow_the_database()
        except Exception as problem:
            log.warning("the database can't say the time", exc_info=problem)
