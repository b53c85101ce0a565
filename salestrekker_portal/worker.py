"""The worker as a process of its own (production): `python -m salestrekker_portal.worker`."""

import asyncio
import signal

from salestrekker_portal.config import settings
from salestrekker_portal.database.clock import first_time, keep_following
from salestrekker_portal.database.session import close_database, open_database
from salestrekker_portal.domains.activity.service import publish_with
from salestrekker_portal.due.lanes import make_engine
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


if __name__ == "__main__":
    asyncio.run(main())
