"""The fixtures of tests that need a database, people in it, or a fixed time. Loaded by tests/conftest.py.

`database` runs its test twice: on SQLite, and on PostgreSQL under the marker `postgres`. `sqlite` is for tests
of what lies above the domains, where once is enough.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncEngine

from salestrekker_portal.database.session import close_database, transaction
from salestrekker_portal.kernel import clock
from salestrekker_portal.tables.registry import metadata
from tests.cast import Cast, gather
from tests.support.quick import open_quickly

NOW = datetime(2026, 3, 8, 22, 41, tzinfo=UTC)  # Monday 9 March 2026, 9:41 am in Sydney


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "portal.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("PRAGMA journal_mode=DELETE"))
        metadata.create_all(connection)
    engine.dispose()
    return path


def copied(empty: Path, folder: Path) -> str:
    """A fresh SQLite database in the folder, instead of one that was there; its address."""
    path = folder / "portal.db"
    for left_over in folder.glob("portal.db-*"):
        left_over.unlink()
    shutil.copyfile(empty, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database with every table and no row."""
    if request.param == "sqlite":
        return copied(request.getfixturevalue("empty_sqlite"), tmp_path)
    return request.getfixturevalue("postgres_url")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    """The process's database, fresh for this test, on each engine in turn."""
    yield open_quickly(database_url)
    await close_database()


@pytest.fixture
async def sqlite(empty_sqlite: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """The process's database, fresh for this test, on SQLite only."""
    yield open_quickly(copied(empty_sqlite, tmp_path))
    await close_database()


@pytest.fixture
async def cast(request: pytest.FixtureRequest) -> Cast:
    """Everybody, in the database of this test: ask for `database` or `sqlite` before it."""
    async with transaction() as session:
        return await gather(session)


@pytest.fixture
def frozen_clock() -> Iterator[datetime]:
    """It is Monday 9 March 2026, 9:41 am in Sydney."""
    clock.freeze(NOW)
    yield NOW
    clock.freeze(None)
