"""`python -m salestrekker_portal.rotate`: seal everything anew, after PORTAL_SECRET was changed.

The portal works meanwhile: what was sealed under the former secret (PORTAL_FORMER_SECRET) opens all along. It may be
stopped at any time and started again, and goes on where it was. Files are sealed anew beside themselves and swapped
when that was read back whole; what they were is swept a day later. When nothing needs the former secret any more it
says so, and it can go.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select, update

from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.rows import changed_by
from salestrekker_portal.database.session import close_database, open_database, reading, transaction
from salestrekker_portal.domains.documents.orphans import discard
from salestrekker_portal.domains.documents.ports import FileUnreadable, StoreUnreachable
from salestrekker_portal.keeping.check import SEALED, every_file
from salestrekker_portal.keeping.the_secret import demand_a_database, demand_own_secret, settled
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.kernel.tokens import seal, unseal
from salestrekker_portal.tables.access import RecoveryCode
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.portal_access import PortalAccess
from salestrekker_portal.wiring import file_store

A_FEW = 100
NO_LIMIT = 2**62


@dataclass
class Resealed:
    """What was sealed anew now, what was already, and what could not be, each in words."""

    files: int = 0
    texts: int = 0
    already: int = 0
    pins: int = 0
    # Whose recovery codes may be hashed under the former secret.
    with_codes: int = 0
    broken: list[str] = field(default_factory=list)


async def whole(*, end_pins: bool = False) -> Resealed:
    """Go through all of it once. Raises BadSettings for a wrong secret, and StoreUnreachable."""
    demand_a_database(settings().database)
    open_database(settings().database)
    try:
        store = file_store()
        await demand_own_secret(store)
        done = Resealed()
        for column, purpose in SEALED:
            await _texts(column, purpose, done)
        async for file in every_file():
            await _file(store, file, done)
        done.pins = await _pins(end_them=end_pins)
        done.with_codes = await _people_with_codes()
        return done
    finally:
        await close_database()


async def _texts(column, purpose: str, done: Resealed) -> None:
    async for row_id, sealed in _sealed(column):
        if _opens(sealed, settings().secret, purpose):
            done.already += 1
            continue
        try:
            plain = unseal(sealed, secret=settings().secrets, purpose=purpose)
        except (InvalidTag, ValueError):
            done.broken.append(f"a sealed text in {column.table.name}.{column.name} does not open")
            continue
        fresh = seal(plain, secret=settings().secret, purpose=purpose)
        table = column.class_
        async with transaction() as session:
            # Only what was read: the portal may have written something newer, under the new secret, meanwhile.
            mine = update(table).where(table.id == row_id, column == sealed)
            done.texts += changed_by(await session.execute(mine.values({column.key: fresh})))


async def _sealed(column) -> AsyncIterator[tuple]:
    table, last = column.class_, None
    while True:
        asked = select(table.id, column).where(column != "").order_by(table.id).limit(A_FEW)
        async with reading() as session:
            rows = (await session.execute(asked if last is None else asked.where(table.id > last))).all()
        for row in rows:
            yield tuple(row)
        if len(rows) < A_FEW:
            return
        last = rows[-1][0]


def _opens(sealed: str, secret: str, purpose: str) -> bool:
    try:
        unseal(sealed, secret=secret, purpose=purpose)
    except (InvalidTag, ValueError):
        return False
    return True


async def _file(store: SealedFiles, file: StoredFile, done: Resealed) -> None:
    old = file.storage_key
    try:
        if await store.is_under_the_newest(old):
            done.already += 1
            return
        kept = await store.put(file.organisation_id, store.read(old), max_bytes=NO_LIMIT)
        if (kept.size, kept.sha256) != (file.size_bytes, file.sha256):
            await discard(store, kept.key)
            done.broken.append(f"file {old}: its content is not what was stored")
            return
    except NotFound:
        return  # swept since the list was made, or the check says that it is missing
    except FileUnreadable as refusal:
        done.broken.append(f"file {old}: {refusal.message}")
        return
    async with transaction() as session:
        mine = update(StoredFile).where(StoredFile.id == file.id, StoredFile.storage_key == old)
        swapped = changed_by(await session.execute(mine.values(storage_key=kept.key)))
    # Somebody may be reading what it was: the sweep removes that when a day has gone by.
    done.files += swapped
    if not swapped:
        await discard(store, kept.key)


async def _pins(*, end_them: bool) -> int:
    """How many PINs there are. A PIN is kept as a keyed hash, so it can't be sealed anew: it goes on working with the
    former secret until the client gets another, or is ended here."""
    live = (PortalAccess.pin_hash != "", PortalAccess.revoked_at.is_(None))
    if not end_them:
        async with reading() as session:
            return await session.scalar(select(func.count(PortalAccess.id)).where(*live)) or 0
    async with transaction() as session:
        await session.execute(update(PortalAccess).where(*live).values(pin_hash=""))
    return 0


async def _people_with_codes() -> int:
    """How many people have recovery codes left. Keyed hashes as PINs are, and nobody's door: the app lets them in."""
    people = select(func.count(RecoveryCode.person_id.distinct())).where(RecoveryCode.used_at.is_(None))
    async with reading() as session:
        return await session.scalar(people) or 0


def told(done: Resealed) -> list[str]:
    """What the operator reads."""
    lines = [*done.broken, f"{counted(done.files, 'file')} and {counted(done.texts, 'sealed text')} were sealed anew."]
    if done.broken:
        return [*lines, f"Not so: {len(done.broken)}. Keep PORTAL_FORMER_SECRET until that is settled."]
    if done.with_codes:
        lines.append(
            f"{counted(done.with_codes, 'person has', 'people have')} recovery codes, good under the former secret if "
            "made before the change. Have them make new ones on “Password and security” before it goes."
        )
    if done.pins:
        lines.append(
            f"{counted(done.pins, 'PIN')} may have been sent under the former secret. Keep PORTAL_FORMER_SECRET until "
            "clients have new ones, or run this again with --end-pins: they ask for a new one when they come next."
        )
        return lines
    nothing = "Nothing else needs" if done.with_codes else "Nothing needs"
    return [*lines, f"{nothing} the former secret any more: remove PORTAL_FORMER_SECRET and start the portal again."]


def main() -> None:
    """Seal everything anew, and end with 1 unless all of it was."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.rotate", description=__doc__)
    parser.add_argument("--end-pins", action="store_true", help="end PINs, so that no former secret is needed for them")
    end_pins = parser.parse_args().end_pins
    try:
        settled(os.environ)
        done = asyncio.run(whole(end_pins=end_pins))
    except (BadSettings, StoreUnreachable) as refusal:
        sys.exit(str(refusal))
    print(*told(done), sep="\n")
    sys.exit(1 if done.broken else 0)


if __name__ == "__main__":
    main()
