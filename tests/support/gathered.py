"""The cast is gathered once in a while, and each test gets a copy of the database and of the people.

To make everybody anew took half of the time of the tests that need them. A copy is never shared: what a test does to
its rows is done to a file, or a PostgreSQL database, of its own. Ids are the same in every copy.
"""

import pickle
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from salestrekker_portal.database.session import close_database, transaction
from salestrekker_portal.kernel import clock
from tests.cast import Cast, gather
from tests.support.aside import run_aside
from tests.support.quick import open_quickly

# Nobody of the cast may have been idle for long when a test begins.
FRESH_SECONDS = 60
_made: dict[tuple[str, datetime | None], "Gathered"] = {}
GATHERED = pytest.StashKey["Gathered"]()


@dataclass(frozen=True)
class Gathered:
    """A database to copy (a file's path or a database's name), and everybody who is in it."""

    template: str
    everybody: bytes
    frozen_at: datetime | None
    made: float

    def people(self) -> Cast:
        """Rows and actors for one test alone."""
        if frozen_at() != self.frozen_at:
            raise RuntimeError("Freeze the clock in an autouse fixture or by frozen_clock: the cast is here already.")
        return pickle.loads(self.everybody)


def frozen_at() -> datetime | None:
    """Where the clock stands, or None while it runs."""
    return None if clock._now is clock._running else clock.utc_now()


def gathered(kind: str, new: Callable[[], tuple[str, str]]) -> Gathered:
    """Everybody in a database of this kind, at the time at which the clock stands.

    `new` makes an empty database and answers its address and what it is copied by.
    """
    key = (kind, frozen_at())
    known = _made.get(key)
    if known is None or time.monotonic() - known.made > FRESH_SECONDS:
        url, template = new()
        everybody = run_aside(_gather(url))
        if kind == "sqlite":
            _quieten(template)
        known = _made[key] = Gathered(template, everybody, key[1], time.monotonic())
    return known


async def _gather(url: str) -> bytes:
    open_quickly(url)
    try:
        async with transaction() as session:
            cast = await gather(session)
        return pickle.dumps(cast)
    finally:
        await close_database()


def copied(template: Path, folder: Path) -> str:
    """A fresh SQLite database in the folder, instead of one that was there; its address."""
    path = folder / "portal.db"
    for left_over in folder.glob("portal.db-*"):
        left_over.unlink()
    shutil.copyfile(template, path)
    return f"sqlite+aiosqlite:///{path}"


def _quieten(path: str) -> None:
    """Leave everything of a SQLite database in its one file, so that the file can be copied."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
