"""The big firm, made once a run on each database; SQLite's is copied for every test."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from salestrekker_portal.database.session import close_database, open_database, transaction
from tests.hot_paths.pipeline import analyse, grow
from tests.refusals.place import Place, furnish

DEALS = 10_000


def make_big_firm(address: str, count: int = DEALS) -> Place:
    """Everybody of the refusal table, in a firm with `count` deals. The database has its tables already."""

    async def make() -> Place:
        open_database(address)
        async with transaction() as session:
            place = await furnish(session)
            await grow(session, place, count)
        await analyse()
        await close_database()
        return place

    return asyncio.run(make())


@pytest.fixture(scope="session")
def big_sqlite(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Place]:
    path = tmp_path_factory.mktemp("big") / "portal.db"
    shutil.copyfile(empty_sqlite, path)
    return path, make_big_firm(f"sqlite+aiosqlite:///{path}")


@pytest.fixture(scope="session")
def big_postgres(request: pytest.FixtureRequest) -> tuple[str, Place]:
    server = request.getfixturevalue("postgres")
    url = server.url(server.create(request.getfixturevalue("migrated_template")))
    return url, make_big_firm(url)


@pytest.fixture
async def big(big_sqlite: tuple[Path, Place], tmp_path: Path) -> AsyncIterator[Place]:
    """A copy of the big firm on SQLite, open."""
    path = tmp_path / "portal.db"
    shutil.copyfile(big_sqlite[0], path)
    open_database(f"sqlite+aiosqlite:///{path}")
    yield copy.deepcopy(big_sqlite[1])
    await close_database()
    path.unlink()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def big_either(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    """The big firm on each database in turn; on PostgreSQL not a copy, so tests change little and only add."""
    if request.param == "sqlite":
        yield request.getfixturevalue("big")
        return
    url, place = request.getfixturevalue("big_postgres")
    open_database(url)
    yield copy.deepcopy(place)
    await close_database()
