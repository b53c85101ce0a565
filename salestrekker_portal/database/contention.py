"""Telling a database that is busy with somebody else's change, or that has no room, from one that is broken."""

from sqlalchemy.exc import DBAPIError

# PostgreSQL's codes: serialization, deadlock, lock timeout, statement timeout.
_WAITED = frozenset({"40001", "40P01", "55P03", "57014"})
# Somebody else wrote the same first row, or took away what this one points at, since it was looked at.
_OVERTAKEN = frozenset({"23505", "23503"})
_SQLITE_OVERTAKEN = ("UNIQUE constraint failed", "FOREIGN KEY constraint failed")
# PostgreSQL: disk full. SQLite says the second when its journal can't grow.
_FULL, _SQLITE_FULL = "53100", ("database or disk is full", "disk I/O error")
_SQLITE_WAITED = ("database is locked", "database table is locked", "database is busy")


def is_contention(error: DBAPIError) -> bool:
    """Whether the same use case may well succeed a moment later, because somebody else was in the way."""
    # psycopg's errors carry a code, SQLite's through aiosqlite only words.
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return code in _WAITED | _OVERTAKEN
    return str(error.orig).startswith(_SQLITE_WAITED + _SQLITE_OVERTAKEN)


def is_full(error: DBAPIError) -> bool:
    """Whether there was no room for what was to be written."""
    code = getattr(error.orig, "sqlstate", None)
    return code == _FULL if code is not None else str(error.orig).startswith(_SQLITE_FULL)
