"""`python -m salestrekker_portal.keeping.backup FOLDER`: database and files together, while the portal works.

The folder must not exist yet. It holds `manifest.json`, the database of one moment, and every file that the database
names at that moment, sealed as it lies. The secret is not in it: keep that apart. `FOLDER.part` is what remains of a
backup that was broken off, and no backup.
"""

import argparse
import asyncio
import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from salestrekker_portal.adapters.blobs import Blobs
from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.copying import copy_one, digest_of
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.session import close_database, open_database, reading
from salestrekker_portal.domains.documents.orphans import named
from salestrekker_portal.domains.documents.ports import StoreUnreachable
from salestrekker_portal.keeping.dumps import CopyFailed, dump, engine_of
from salestrekker_portal.keeping.the_secret import demand_a_database, demand_own_secret, mark_of, settled
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.wiring import blobs, file_store

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
FORMAT = 1


@dataclass
class Backup:
    """What a backup holds: `files` maps a key to the SHA-256 (hex) of the sealed bytes.

    `gone` were swept for good while it was made; `missing` should be there and could not be read.
    """

    made_at: str
    engine: str
    revision: str
    secret_mark: str
    database_sha256: str = ""
    files: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


async def make_backup(target: Path) -> Backup:
    """Write a backup to `target`. Raises CopyFailed, BadSettings, StoreUnreachable; then no backup is there."""
    part = _beside(target)
    demand_a_database(settings().database)
    open_database(settings().database)
    try:
        await demand_own_secret(file_store())
        await asyncio.to_thread(part.mkdir, mode=0o700, parents=True)
        made = await _filled(part)
        _written(part / MANIFEST, json.dumps(vars(made), indent=1))
        os.replace(part, target)
    finally:
        await close_database()
    return made


def _beside(target: Path) -> Path:
    """Where it is written until it is whole. Raises CopyFailed."""
    part = target.with_name(f"{target.name}.part")
    for path in (target, part):
        if path.exists():
            raise CopyFailed(f"{path} is there already. Name a folder that is not.")
    return part


async def _filled(part: Path) -> Backup:
    address = settings().database
    # The database first: every file that it names was in the store before its row was.
    taken = await asyncio.to_thread(dump, address, part / DATABASE)
    made = Backup(utc_now().isoformat(), engine_of(address), taken.revision, mark_of(settings().secret))
    made.database_sha256 = await asyncio.to_thread(sha256_of, part / DATABASE)
    source, kept = blobs(settings().files), Folder(part / FILES)
    for key in taken.keys:
        await _copy(source, kept, key, made)
    return made


async def _copy(source: Blobs, kept: Folder, key: str, made: Backup) -> None:
    try:
        await copy_one(source, kept, key)
        made.files[key] = await digest_of(kept, key)
    except NotFound:
        async with reading() as session:
            still = await named(session, [key])
        (made.missing if still else made.gone).append(key)


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a file on this machine."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _written(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def main() -> None:
    """Parse the arguments, make the backup, and end with 1 unless all of it is there."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.keeping.backup", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the backup goes; it must not exist yet")
    target = parser.parse_args().folder.absolute()
    try:
        settled(os.environ)
        made = asyncio.run(make_backup(target))
    except (BadSettings, CopyFailed, StoreUnreachable) as refusal:
        sys.exit(str(refusal))
    print(f"The database and {counted(len(made.files), 'file')} are in {target}.")
    if made.missing:
        print(*[f"not in the store: {key}" for key in made.missing], sep="\n")
        sys.exit(f"{counted(len(made.missing), 'file')} that the database names could not be found.")


if __name__ == "__main__":
    main()
