"""The first set-up belongs to whoever started the server: it needs a code that only their console shows."""

import asyncio
import base64

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import close_database, open_database, reading
from salestrekker_portal.domains.firm.founding import is_first_run
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.tokens import derived_key, same

LETTERS = 12
NEEDS_CODE = "Enter the set-up code. The console where the portal was started shows it, and so does its log."
WRONG_CODE = "That isn’t the set-up code. It is in the console where the portal was started, in the line “Set-up code”."


def set_up_code() -> str:
    """The code of this installation, three groups of four letters. It follows from the secret: restarts keep it."""
    letters = base64.b32encode(derived_key(settings().secret, "first set-up")).decode()[:LETTERS]
    return "-".join(letters[place : place + 4] for place in range(0, LETTERS, 4))


def check_set_up_code(typed: object) -> None:
    """Raises Invalid (`code`). Case, spaces and dashes don't matter; sixty bits need no throttle."""
    given = "".join(c for c in str(typed or "")[:100].upper() if c.isascii() and c.isalnum())
    if not given:
        raise Invalid({"code": NEEDS_CODE})
    if not same(given, set_up_code().replace("-", "")):
        raise Invalid({"code": WRONG_CODE})


def set_up_lines() -> list[str]:
    """What the console says while there is no firm yet; nothing afterwards."""
    if not asyncio.run(_waits()):
        return []
    code = set_up_code()
    return [f"Set-up code {code}: open {settings().public_origin}/setup?code={code} to set up your firm"]


async def _waits() -> bool:
    open_database(settings().database)
    try:
        async with reading() as session:
            return await is_first_run(session)
    finally:
        await close_database()
