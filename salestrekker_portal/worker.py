"""The worker as a process of its own (production): `python -m salestrekker_portal.worker`."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from salestrekker_portal.config import BadSettings, demand_a_place, settings
from salestrekker_portal.database.clock import first_time, keep_following
from salestrekker_portal.database.session import close_database, open_database
from salestrekker_portal.domains.activity.service import publish_with
from salestrekker_portal.due.lanes import make_engine
from salestrekker_portal.keeping.prepare import look_at_the_secret
from salestrekker_portal.keeping.the_secret import demand_a_database
from salestrekker_portal.logs import write_logs
from salestrekker_portal.wiring import live_bus


async def main() -> None:
    """Until SIGTERM or SIGINT; what is on its way is finished first."""
    write_logs()
    open_database(settings().database)
    engine = make_engine()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, engine.stop)
    carrying = None
    bus = live_bus()
    if bus is not None:
        publish_with(bus.publish)
        carrying = asyncio.create_task(bus.carry())
    await first_time()
    following = asyncio.create_task(keep_following())
    await engine.run()
    following.cancel()
    if carrying is not None:
        carrying.cancel()
    await close_database()


def start() -> None:
    """Work, or end with a sentence when it is not clear on what: a worker never makes a database of its own.

    A database that does not answer yet, or has no tables yet, is waited for as at any other time.
    """
    try:
        demand_a_place(os.environ)
        demand_a_database(settings().database)
        with suppress(SQLAlchemyError, OSError):
            asyncio.run(look_at_the_secret())
    except BadSettings as refusal:
        sys.exit(str(refusal))
    asyncio.run(main())


if __name__ == "__main__":
    start()
