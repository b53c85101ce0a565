"""`python -m salestrekker_portal.keeping.prepare`: the newest revision of the tables, under the secret that is theirs.

What a server does before it serves, in a process of its own. Ends with a sentence when either can't be.
"""

import asyncio
import sys

from alembic.config import Config

from alembic import command
from salestrekker_portal.build import ROOT
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.session import close_database, open_database
from salestrekker_portal.keeping.the_secret import demand_own_secret
from salestrekker_portal.wiring import file_store


async def look_at_the_secret() -> None:
    """Raises BadSettings when it is another installation's."""
    open_database(settings().database)
    try:
        await demand_own_secret(file_store())
    finally:
        await close_database()


def main() -> None:
    """Migrate, then look."""
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    try:
        command.upgrade(config, "head")
        asyncio.run(look_at_the_secret())
    except BadSettings as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
