"""A database in a file is its owner's alone: it holds what the secret beside it protects."""

import os
from pathlib import Path

from sqlalchemy import make_url

OWNERS_ALONE = 0o600


def keep_private(address: str) -> None:
    """Make a SQLite database's file, or one that is there, readable and writable by its owner only.

    Before SQLite does: the files that it puts beside it get the same rights.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, OWNERS_ALONE))
    for each in (path, *path.parent.glob(f"{path.name}-*")):
        known = each.stat()
        if known.st_mode & 0o077 and known.st_uid == os.geteuid():
            each.chmod(OWNERS_ALONE)
