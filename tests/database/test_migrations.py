"""The migrations make the tables that the models describe, from nothing, on both databases."""

from pathlib import Path

import pytest

from tests.support.migrations import alembic, upgrade


def test_sqlite_from_empty_matches_the_models(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/empty.db"
    upgrade(url)
    assert "No new upgrade operations detected" in alembic(url, "check")


@pytest.mark.postgres
def test_postgres_from_empty_matches_the_models(empty_postgres_url: str) -> None:
    upgrade(empty_postgres_url)
    assert "No new upgrade operations detected" in alembic(empty_postgres_url, "check")


def test_a_database_that_lacks_the_tables_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not up to date"):
        alembic(f"sqlite+aiosqlite:///{tmp_path}/empty.db", "check")


@pytest.mark.postgres
def test_each_test_gets_a_database_of_its_own(postgres, postgres_url: str) -> None:
    name = postgres_url.rsplit("/", 1)[1]
    tables = postgres.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", name)
    assert tables[0][0] > 10
    assert postgres.execute("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'")[0][0] == 1
