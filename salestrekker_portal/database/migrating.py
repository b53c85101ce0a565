"""Two starts at once migrate one after the other: the second finds everything done."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

# Any number that nobody else uses in this database.
LOCK = 7_305_112_024


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Nobody else migrates this database meanwhile. On PostgreSQL until this transaction ends, on SQLite until here."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield
        return
    name = connection.engine.url.database
    if not name or name == ":memory:":
        yield
        return
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.migrating").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
