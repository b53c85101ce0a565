"""`python -m salestrekker_portal.keeping.check`: whether everything that the database names opens and is what it was.

Every stored file is read to its end and compared with the size and SHA-256 of its row, every sealed text is opened. It
may run while the portal works, and changes nothing.
"""

import argparse
import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.session import close_database, open_database, reading
from salestrekker_portal.domains.bank_statements.queries import REFS_PURPOSE, SUMMARY_PURPOSE
from salestrekker_portal.domains.documents.orphans import named
from salestrekker_portal.domains.documents.ports import FileStore, FileUnreadable, StoreUnreachable
from salestrekker_portal.domains.outbox.service import KEPT_PURPOSE
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE
from salestrekker_portal.domains.signing_in.second_step import PURPOSE as FACTOR_PURPOSE
from salestrekker_portal.domains.webhooks.service import PURPOSE as WEBHOOK_PURPOSE
from salestrekker_portal.keeping.dumps import CopyFailed
from salestrekker_portal.keeping.the_secret import demand_a_database, demand_own_secret, settled
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.kernel.tokens import unseal
from salestrekker_portal.tables.access import SecondFactor
from salestrekker_portal.tables.bank_statements import StatementRequest, StatementSummary
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.portal_access import LostLink, PortalLink
from salestrekker_portal.tables.webhooks import Webhook
from salestrekker_portal.wiring import file_store

A_FEW = 200
SEALED = (
    (PortalLink.token_sealed, LINK_PURPOSE),
    (LostLink.asked, "lost-link"),
    (OutboxMessage.sealed, "outbox"),
    (OutboxMessage.kept_sealed, KEPT_PURPOSE),
    (StatementRequest.refs_sealed, REFS_PURPOSE),
    (StatementSummary.sealed, SUMMARY_PURPOSE),
    (Webhook.sealed, WEBHOOK_PURPOSE),
    (SecondFactor.sealed, FACTOR_PURPOSE),
)
"""Every column with a sealed text, and what it was sealed for."""


@dataclass
class Opened:
    """`files` and `texts` that opened, and what did not, each in words."""

    files: int = 0
    texts: int = 0
    broken: list[str] = field(default_factory=list)


async def whole() -> Opened:
    """Look at all of it. Raises BadSettings for a wrong secret, and StoreUnreachable."""
    demand_a_database(settings().database)
    open_database(settings().database)
    try:
        await demand_own_secret(file_store())
        found = Opened()
        await _texts(found)
        async for file in every_file():
            await _file(file_store(), file, found)
        return found
    finally:
        await close_database()


async def _texts(found: Opened) -> None:
    async with reading() as session:
        for column, purpose in SEALED:
            for sealed in await session.scalars(select(column).where(column != "")):
                try:
                    unseal(sealed, secret=settings().secrets, purpose=purpose)
                    found.texts += 1
                except (InvalidTag, ValueError):
                    found.broken.append(f"a sealed text in {column.table.name}.{column.name} does not open")


async def every_file() -> AsyncIterator[StoredFile]:
    """Every stored file that was not swept, in the order of ids."""
    last = None
    while True:
        asked = select(StoredFile).where(StoredFile.swept_at.is_(None)).order_by(StoredFile.id).limit(A_FEW)
        async with reading() as session:
            files = list(await session.scalars(asked if last is None else asked.where(StoredFile.id > last)))
        for file in files:
            yield file
        if not files:
            return
        last = files[-1].id


async def _file(store: FileStore, file: StoredFile, found: Opened) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        async for piece in store.read(file.storage_key):
            digest.update(piece)
            size += len(piece)
        same = (size, digest.hexdigest()) == (file.size_bytes, file.sha256)
        problem = "" if same else "its content is not what was stored"
    except NotFound:
        async with reading() as session:
            # Swept for good since the list was made.
            if not await named(session, [file.storage_key]):
                return
        problem = "it is not in the store"
    except FileUnreadable as refusal:
        problem = refusal.message
    if problem:
        found.broken.append(f"file {file.storage_key}: {problem}")
    else:
        found.files += 1


def told(found: Opened) -> list[str]:
    """What the operator reads."""
    lines = [f"{counted(found.files, 'file')} and {counted(found.texts, 'sealed text')} opened and are what they were."]
    if found.broken:
        return [*found.broken, *lines, f"Not so: {len(found.broken)}."]
    return [*lines, "Everything that the database names is there."]


def main() -> None:
    """Look at everything, and end with 1 unless all of it opens."""
    argparse.ArgumentParser(prog="python -m salestrekker_portal.keeping.check", description=__doc__).parse_args()
    try:
        settled(os.environ)
        found = asyncio.run(whole())
    except (BadSettings, CopyFailed, StoreUnreachable) as refusal:
        sys.exit(str(refusal))
    print(*told(found), sep="\n")
    sys.exit(1 if found.broken else 0)


if __name__ == "__main__":
    main()
