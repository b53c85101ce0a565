"""The database of a running server, taken back to how it was, and what changed in it since then."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

# Kept by looking: they say nothing about what a press did.
NOT_COUNTED = {"alembic_version", "hook_deliveries", "profile_looks", "shown_messages", "thread_reads", "workers"}
# What was answered is written beside these a moment later: that they are there is what counts.
ONLY_MADE = {"intentions": "key"}
Effect = dict[str, tuple[int, int]]
"""Table -> rows that are new or changed, rows that are gone or changed."""


class Rewind:
    """One server's SQLite file; the server goes on running and sees whole transactions only."""

    def __init__(self, live: Path, folder: Path, name: str = "") -> None:
        self.live, self.start, self.before = live, folder / f"start{name}.db", folder / f"before{name}.db"

    def keep_start(self) -> None:
        """From now on `to_start` comes back here."""
        self._copy(self.start)

    def keep_before(self) -> None:
        """From now on `effect` counts from here."""
        self._copy(self.before)

    def _copy(self, to: Path) -> None:
        to.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(self.live)) as live, contextlib.closing(sqlite3.connect(to)) as copy:
            live.backup(copy)

    @contextlib.contextmanager
    def _beside(self, other: Path) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self.live, timeout=20, isolation_level=None)) as database:
            database.execute("PRAGMA foreign_keys=OFF")
            database.execute("ATTACH ? AS kept", (str(other),))
            yield database

    def to_start(self) -> None:
        """Every table as it was, in one transaction."""
        with self._beside(self.start) as database:
            database.execute("BEGIN IMMEDIATE")
            for table in _tables(database):
                if table in ONLY_MADE or _different(database, table) != (0, 0):
                    database.execute(f'DELETE FROM main."{table}"')
                    database.execute(f'INSERT INTO main."{table}" SELECT * FROM kept."{table}"')
            database.execute("COMMIT")

    def effect(self) -> Effect:
        """What differs from `before`, tables without a difference left out."""
        with self._beside(self.before) as database:
            found = {table: _different(database, table) for table in _tables(database) if table not in NOT_COUNTED}
        return {table: counts for table, counts in found.items() if counts != (0, 0)}


def _tables(database: sqlite3.Connection) -> list[str]:
    names = database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in names if not name.startswith("sqlite_")]


def _different(database: sqlite3.Connection, table: str) -> tuple[int, int]:
    what = ONLY_MADE.get(table, "*")
    count = 'SELECT count(*) FROM (SELECT {3} FROM {0}."{2}" EXCEPT SELECT {3} FROM {1}."{2}")'
    new, gone = (
        database.execute(count.format(one, other, table, what)).fetchone()[0]
        for one, other in (("main", "kept"), ("kept", "main"))
    )
    return new, gone
