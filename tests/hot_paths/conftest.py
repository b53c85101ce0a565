"""A firm with ten thousand deals, made once a run on each database, and a smaller one to be copied."""

import asyncio
import copy
import fcntl
import pickle
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from salestrekker_portal.database.session import close_database, open_database, transaction
from tests.hot_paths.pipeline import analyse, grow
from tests.refusals.place import Place, furnish
from tests.support.quick import open_quickly

DEALS = 10_000
SOME_DEALS = 600


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


def _sqlite_firm(empty: Path, folder: Path, own: Path, count: int) -> tuple[Path, Place]:
    """This process's copy of a firm that the first process of the run made in the folder which they share."""
    made, told = folder / f"firm-of-{count}.db", folder / f"firm-of-{count}.pickle"
    with (folder / f"firm-of-{count}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.copyfile(empty, made)
            told.write_bytes(pickle.dumps(make_big_firm(_address(made), count)))
    shutil.copyfile(made, own / "portal.db")
    return own / "portal.db", pickle.loads(told.read_bytes())


def _address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def small_sqlite(
    empty_sqlite: Path, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Place]:
    return _sqlite_firm(empty_sqlite, shared_folder, tmp_path_factory.mktemp("small"), SOME_DEALS)


@pytest.fixture(scope="session")
def big_sqlite(empty_sqlite: Path, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Place]:
    return _sqlite_firm(empty_sqlite, shared_folder, tmp_path_factory.mktemp("big"), DEALS)


@pytest.fixture(scope="session")
def big_postgres(request: pytest.FixtureRequest) -> tuple[str, Place]:
    server = request.getfixturevalue("postgres")
    url = server.url(server.create(request.getfixturevalue("migrated_template")))
    return url, make_big_firm(url)


@pytest.fixture
async def firm(small_sqlite: tuple[Path, Place], tmp_path: Path) -> AsyncIterator[Place]:
    """A copy of a firm with some hundred deals, to be changed at will."""
    path = tmp_path / "portal.db"
    shutil.copyfile(small_sqlite[0], path)
    open_quickly(_address(path))
    yield copy.deepcopy(small_sqlite[1])
    await close_database()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def big_address(request: pytest.FixtureRequest) -> tuple[str, Place]:
    """Where the big firm is, on each database in turn."""
    if request.param == "postgres":
        return request.getfixturevalue("big_postgres")
    path, place = request.getfixturevalue("big_sqlite")
    return _address(path), place


@pytest.fixture
async def big(big_address: tuple[str, Place]) -> AsyncIterator[Place]:
    """The big firm, open. No copy: tests change little in it, and nothing that another counts."""
    url, place = big_address
    open_quickly(url)
    yield copy.deepcopy(place)
    await close_database()
