"""`python -m salestrekker_portal.keeping.restore FOLDER`: a backup into an empty place, checked before and after.

The settings say where: PORTAL_DATA or DATABASE_URL, PORTAL_FILES and PORTAL_SECRET. It refuses a secret that is not the
backup's, a place that is not empty, and a backup that is damaged, before it writes anything.
"""

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

from salestrekker_portal.adapters.blobs import Blobs
from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.copying import copy_one, digest_of
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.domains.documents.ports import StoreUnreachable
from salestrekker_portal.keeping.backup import DATABASE, FILES, FORMAT, MANIFEST, Backup, sha256_of
from salestrekker_portal.keeping.check import told, whole
from salestrekker_portal.keeping.dumps import CopyFailed, demand_empty, engine_of, restore
from salestrekker_portal.keeping.the_secret import mark_of, settled
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.wiring import blobs

REFUSED = (
    "PORTAL_SECRET is not the one of this backup: nothing that was sealed would open. Nothing was restored. "
    "Set the secret that was kept apart from the backup."
)


async def restore_backup(folder: Path) -> None:
    """Restore it. Raises CopyFailed, StoreUnreachable; a database is there only when everything was."""
    made = manifest_of(folder)
    if made.secret_mark not in map(mark_of, settings().secrets):
        raise CopyFailed(REFUSED)
    address = settings().database
    if made.engine != engine_of(address):
        raise CopyFailed(f"This backup is of {made.engine}. Restore it into {made.engine}: set DATABASE_URL for that.")
    demand_empty(address)
    target, kept = blobs(settings().files), Folder(folder / FILES)
    await _demand_no_files(target, made)
    if sha256_of(folder / DATABASE) != made.database_sha256:
        raise CopyFailed("The backup's database is damaged. Nothing was restored: use another backup.")
    for key, digest in made.files.items():
        await _back(kept, target, key, digest)
    # Last: whoever finds a database finds its files too.
    await asyncio.to_thread(restore, address, folder / DATABASE, made.gone)


def manifest_of(folder: Path) -> Backup:
    """What the backup says of itself. Raises CopyFailed."""
    try:
        made = Backup(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError):
        raise CopyFailed(f"There is no backup in {folder}.") from None
    if made.format != FORMAT:
        raise CopyFailed("This backup was made by another version of the portal. Restore it with that one.")
    return made


async def _demand_no_files(target: Blobs, made: Backup) -> None:
    async for seen in target.listing():
        if any(each.key not in made.files for each in seen):
            raise CopyFailed("There are files of another installation at the place to restore to. Choose an empty one.")


async def _back(kept: Folder, target: Blobs, key: str, digest: str) -> None:
    try:
        if await digest_of(kept, key) != digest:
            raise CopyFailed(f"A file of the backup is damaged: {key}. Use another backup.")
        # There already when an earlier try was broken off.
        if await target.size(key) is None or await digest_of(target, key) != digest:
            await copy_one(kept, target, key)
    except NotFound:
        raise CopyFailed(f"A file is missing in the backup: {key}. Use another backup.") from None


def main() -> None:
    """Parse the arguments, restore, check that everything opens, and end with 1 unless it does."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.keeping.restore", description=__doc__)
    parser.add_argument("folder", type=Path, help="the backup")
    folder = parser.parse_args().folder
    try:
        settled(os.environ)
        asyncio.run(restore_backup(folder))
        found = asyncio.run(whole())
    except (BadSettings, CopyFailed, StoreUnreachable) as refusal:
        sys.exit(str(refusal))
    print(*told(found), sep="\n")
    sys.exit(1 if found.broken else 0)


if __name__ == "__main__":
    main()
