"""The fixtures of tests that need a database, people in it, or a fixed time. Loaded by tests/conftest.py.

`database` runs its test twice: on SQLite, and on PostgreSQL under the marker `postgres`. `sqlite` is for tests
of what lies above the domains, where once is enough.
"""

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
from tests.support.gathered import GATHERED, copied, gathered
from tests.support.postgres import PostgresServer
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


def wants_cast(request: pytest.FixtureRequest) -> bool:
    """Whether this test asks for the people, who are then in the database from the beginning."""
    if "cast" not in request.fixturenames:
        return False
    if "frozen_clock" in request.fixturenames:
        request.getfixturevalue("frozen_clock")
    return True


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, empty_sqlite: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database with every table, and with the cast in it for a test that asks."""
    if not wants_cast(request):
        return copied(empty_sqlite, tmp_path)

    def new() -> tuple[str, str]:
        folder = request.getfixturevalue("tmp_path_factory").mktemp("gathered")
        return copied(empty_sqlite, folder), str(folder / "portal.db")

    everybody = request.node.stash[GATHERED] = gathered("sqlite", new)
    return copied(Path(everybody.template), tmp_path)


@pytest.fixture
def postgres_peopled_url(
    request: pytest.FixtureRequest, postgres: PostgresServer, migrated_template: str
) -> Iterator[str]:
    """The same on PostgreSQL."""

    def new() -> tuple[str, str]:
        name = postgres.create(migrated_template)
        return postgres.url(name), name

    template = migrated_template
    if wants_cast(request):
        everybody = request.node.stash[GATHERED] = gathered("postgres", new)
        template = everybody.template
    name = postgres.create(template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with every table, on each engine in turn; with the cast for who asks."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_peopled_url")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    """The process's database, fresh for this test, on each engine in turn."""
    yield open_quickly(database_url)
    await close_database()


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[AsyncEngine]:
    """The process's database, fresh for this test, on SQLite only."""
    yield open_quickly(sqlite_url)
    await close_database()


@pytest.fixture
async def cast(request: pytest.FixtureRequest) -> Cast:
    """Everybody, in the database of this test: ask for `database` or `sqlite` before it."""
    everybody = request.node.stash.get(GATHERED, None)
    if everybody:
        return everybody.people()
    async with transaction() as session:
        return await gather(session)


@pytest.fixture
def frozen_clock() -> Iterator[datetime]:
    """It is Monday 9 March 2026, 9:41 am in Sydney."""
    clock.freeze(NOW)
    yield NOW
    clock.freeze(None)
