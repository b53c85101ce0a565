"""A SQLite connection that reads where it is asked, and leaves its thread for what may wait.

aiosqlite hands every step of a statement to a thread and back, twenty times an event; on a busy machine each of them
waits for its turn. Reading in WAL waits for nobody and takes less than one such step. What waits for the disk or for
another writer (the beginning of a transaction that writes, what it writes, its commit) is still the thread's.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_STEPS = frozenset(("cursor", "fetchone", "fetchmany", "fetchall", "rollback"))


class ReadsHere(aiosqlite.Connection):
    """Steps of its own connection that wait for nobody run at once."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **named: Any) -> Any:
        if self._connection is not None and _waits_for_nobody(fn, args):
            return fn(*args, **named)
        return await super()._execute(fn, *args, **named)


def _waits_for_nobody(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    name = getattr(fn, "__name__", "")
    if name == "execute":
        return bool(args) and isinstance(args[0], str) and (args[0].startswith("SELECT") or args[0] == "BEGIN")
    return name in _STEPS or (name == "close" and isinstance(getattr(fn, "__self__", None), sqlite3.Cursor))


def connect(path: str, **options: Any) -> ReadsHere:
    """As aiosqlite.connect; the connection is used by one task at a time, in two threads."""
    options["check_same_thread"] = False
    return ReadsHere(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
