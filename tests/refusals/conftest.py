"""The furnished database: made once, copied for every test."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from salestrekker_portal.database.session import close_database, transaction
from tests.refusals.place import Place, furnish
from tests.support.quick import open_quickly


def _address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def furnished(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Place]:
    """A database file with everybody and the secrets in it, and what they are called."""
    path = tmp_path_factory.mktemp("furnished") / "portal.db"
    shutil.copyfile(empty_sqlite, path)

    async def make() -> Place:
        open_quickly(_address(path))
        async with transaction() as session:
            place = await furnish(session)
        await close_database()
        return place

    return path, asyncio.run(make())


@pytest.fixture
async def place(furnished: tuple[Path, Place], tmp_path: Path) -> AsyncIterator[Place]:
    """A copy of the furnished database, open, and the ids and cookies of the people in it."""
    path = tmp_path / "portal.db"
    shutil.copyfile(furnished[0], path)
    open_quickly(_address(path))
    yield copy.deepcopy(furnished[1])
    await close_database()
