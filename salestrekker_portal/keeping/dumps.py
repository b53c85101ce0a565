"""A copy of the whole database while the portal works, and a database made from one: SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from sqlalchemy import make_url
from sqlalchemy.engine import URL

NOT_THERE = "{program} is missing. Install PostgreSQL's client programs, of the server's version or newer."
NEEDS_PLACE = "There is a database with tables at the place to restore to. Restore into an empty place."
SWEPT = "UPDATE stored_files SET swept_at = {now} WHERE storage_key IN ({keys}) AND swept_at IS NULL"


class CopyFailed(Exception):
    """A sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One moment of a database that was written down: the keys of the files that it names, its tables' revision."""

    keys: list[str]
    revision: str


_KEYS = "SELECT storage_key FROM stored_files WHERE swept_at IS NULL ORDER BY id"
_REVISION = "SELECT version_num FROM alembic_version"


def engine_of(address: str) -> str:
    """ "sqlite" or "postgresql"."""
    return make_url(address).get_backend_name()


def dump(address: str, target: Path) -> Taken:
    """Write the database as it is now to `target`, whatever is written meanwhile. Raises CopyFailed."""
    url = make_url(address)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return _dump_sqlite(url, target) if engine_of(address) == "sqlite" else _dump_postgres(url, target)


def _dump_sqlite(url: URL, target: Path) -> Taken:
    path = Path(url.database or "")
    if not path.is_file():
        raise CopyFailed(f"There is no database at {path}. Set PORTAL_DATA or DATABASE_URL as for the server.")
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(target)) as kept:
        # SQLite's own way to copy while others write; then one plain file, without a log beside it.
        live.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")
        return Taken([key for (key,) in kept.execute(_KEYS)], kept.execute(_REVISION).fetchone()[0])


def _dump_postgres(url: URL, target: Path) -> Taken:
    with psycopg.connect(_conninfo(url), autocommit=True) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # What pg_dump sees is exactly what this transaction sees.
        name = _one(connection, "SELECT pg_export_snapshot()")
        taken = Taken([key for (key,) in connection.execute(_KEYS)], _one(connection, _REVISION))
        _run("pg_dump", url, "--format=custom", f"--snapshot={name}", f"--file={target}")
        return taken


def demand_empty(address: str) -> None:
    """Raises CopyFailed when there is something at the place to restore to."""
    url = make_url(address)
    if engine_of(address) == "sqlite":
        if Path(url.database or "").exists():
            raise CopyFailed(NEEDS_PLACE)
        return
    with psycopg.connect(_conninfo(url)) as connection:
        found = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        if _one(connection, found) != "0":
            raise CopyFailed(NEEDS_PLACE)


def restore(address: str, saved: Path, gone: list[str]) -> None:
    """Make the database from what `dump` wrote, all of it or none; `gone` names files that were swept meanwhile."""
    url = make_url(address)
    if engine_of(address) == "sqlite":
        path = Path(url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(saved, part)
        with closing(sqlite3.connect(part)) as kept, kept:
            kept.executemany(SWEPT.format(now="CURRENT_TIMESTAMP", keys="?"), [(key,) for key in gone])
        os.replace(part, path)
        return
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", str(saved))
    with psycopg.connect(_conninfo(url)) as connection:
        for key in gone:
            connection.execute(SWEPT.format(now="now()", keys="%s"), (key,))


def _one(connection: psycopg.Connection, statement: LiteralString) -> str:
    row = connection.execute(statement).fetchone()
    return str(row[0]) if row else ""


def _conninfo(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, url: URL, *arguments: str) -> None:
    found = shutil.which(program) or _newest(program)
    if found is None:
        raise CopyFailed(NOT_THERE.format(program=program))
    # The password goes by the environment: arguments are for everybody on the machine to read.
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    done = subprocess.run(  # noqa: S603
        [found, f"--dbname={plain}", *arguments],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode != 0:
        raise CopyFailed(f"{program} failed: {done.stderr.strip()[-1000:]}")


def _newest(program: str) -> str | None:
    """Debian keeps each version's programs apart; the newest reads every older one's."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else None
