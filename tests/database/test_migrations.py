"""The migrations make the tables that the models describe, from nothing, on both databases."""

import sqlite3
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


def test_names_that_were_there_already_are_folded(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/names.db"
    alembic(url, "upgrade", "c9dba0b714df")
    with sqlite3.connect(tmp_path / "names.db") as known:
        known.execute(
            "INSERT INTO contacts (id, created_at, organisation_id, kind, first_name, last_name, company_name, mobile) "
            "VALUES ('01', '2026-01-01', '02', 'person', 'Tāne', 'O’Brien-Ling', '', '+61491570156')"
        )
    known.close()
    upgrade(url)
    with sqlite3.connect(tmp_path / "names.db") as known:
        [keys] = known.execute("SELECT search_key, sort_key FROM contacts").fetchall()
    known.close()
    assert keys == (" taneobrienling obrienling brienling ling 61491570156 0491570156 ", "obrienling tane")
