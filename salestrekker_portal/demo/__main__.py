"""`python -m salestrekker_portal.demo`: a fresh demo database, with its people, deals and papers in it."""

import asyncio
import shutil
import sys

from alembic.config import Config

from alembic import command
from salestrekker_portal.build import ROOT
from salestrekker_portal.config import settings
from salestrekker_portal.database.session import close_database, open_database
from salestrekker_portal.demo.furnish import furnish


def main() -> None:
    """Throw the old demo away and make a new one. Refuses anywhere but in demo and development."""
    chosen = settings()
    if chosen.mode not in ("demo", "dev"):
        sys.exit("The demo replaces all data, so it only runs with PORTAL_MODE=demo.")
    if not chosen.database_url:
        chosen.data.mkdir(parents=True, exist_ok=True)
        for old in chosen.data.glob("portal.db*"):
            old.unlink()
        shutil.rmtree(chosen.data / "files", ignore_errors=True)
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    command.upgrade(config, "head")
    asyncio.run(_fill())


async def _fill() -> None:
    open_database(settings().database)
    try:
        await furnish()
    finally:
        await close_database()


if __name__ == "__main__":
    main()
