"""`python -m salestrekker_portal.verify`: whether the activity and the security log are what was written.

Works out every seal again and names each row that was changed, removed or put in. `--seal` looks for one that was
e-mailed to the admins: whoever can write to the database could make a whole chain anew, and that one would not be in
it. It may run while the portal works, and changes nothing.
"""

import argparse
import asyncio
import os
import sys

from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.session import close_database, open_database, reading
from salestrekker_portal.domains.security_log.checking import LogChecked, check_logs
from salestrekker_portal.keeping.the_secret import demand_a_database, settled
from salestrekker_portal.kernel.text import counted


async def whole(seal: str = "") -> LogChecked:
    """Look at both logs of every firm. Raises BadSettings when there is no database."""
    demand_a_database(settings().database)
    open_database(settings().database)
    try:
        async with reading() as session:
            return await check_logs(session, seal=seal)
    finally:
        await close_database()


def told(found: LogChecked, seal: str = "") -> list[str]:
    """What the operator reads."""
    lines = list(found.broken)
    lines.append(f"{counted(found.rows, 'row')} in the chains, {found.waiting} about to enter them.")
    if found.erased:
        lines.append(f"{counted(found.erased, 'row')} went because of their age, as the log says.")
    if seal:
        lines.append(f"The seal {seal} is that of the {found.met}." if found.met else f"No row has the seal {seal}.")
    good = not found.broken and (not seal or found.met)
    lines.append("Both logs are what was written." if good else f"NOT what was written: {len(found.broken) or 1}.")
    return lines


def main() -> None:
    """Look at everything, and end with 1 unless both logs are whole."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.verify", description=__doc__)
    parser.add_argument("--seal", default="", help="the seal in an e-mail, at least its first 16 digits")
    seal = parser.parse_args().seal.replace(" ", "").lower()
    if seal and len(seal) < 16:
        sys.exit("Give at least the first 16 digits of the seal.")
    try:
        settled(os.environ)
        found = asyncio.run(whole(seal))
    except BadSettings as refusal:
        sys.exit(str(refusal))
    print(*told(found, seal), sep="\n")
    sys.exit(1 if found.broken or (seal and not found.met) else 0)


if __name__ == "__main__":
    main()
