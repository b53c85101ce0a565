"""The migrations make the tables that the models describe, from nothing, on both databases."""

import json
import sqlite3
from pathlib import Path

import pytest

from salestrekker_portal.tables.search import sqlite_statements
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


def test_a_brokers_own_privacy_gives_way_to_the_firms_and_stays_in_the_history(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/privacy.db"
    alembic(url, "upgrade", "a4c0ce0701d2")
    firm, own, same = (f"{number:032x}" for number in (1, 2, 3))
    with sqlite3.connect(tmp_path / "privacy.db") as known:
        for key, name in ((own, "Dana"), (same, "Bob")):
            known.execute("INSERT INTO users (id, created_at, email, first_name, last_name) VALUES (?, ?, ?, ?, ?)",
                          (key, "2026-01-01", f"{name}@example.com", name, "Ito"))  # fmt: skip
        for key, user, mode, link in (("a", None, "documents", None), ("b", own, "link", "https://dana.example.com/p"),
                                      ("c", same, "documents", None)):  # fmt: skip
            known.execute(
                "INSERT INTO portal_settings (id, created_at, organisation_id, user_id, show_status_bar, "
                "profile_at_first_login, privacy_mode, privacy_url, notifications) VALUES (?, ?, ?, ?, 0, 1, ?, ?, ?)",
                (key * 32, "2026-01-01", firm, user, mode, link, "{}"),
            )
    known.close()
    upgrade(url)
    with sqlite3.connect(tmp_path / "privacy.db") as known:
        modes = known.execute("SELECT privacy_mode, privacy_url, show_status_bar FROM portal_settings").fetchall()
        [(kind, facts)] = known.execute("SELECT kind, facts FROM activities").fetchall()
    known.close()
    assert modes == [("documents", None, 0)] * 3 and kind == "settings:own_privacy_ended"
    assert json.loads(facts)["broker"] == "Dana Ito" and json.loads(facts)["url"] == "https://dana.example.com/p"


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


def test_what_keeps_the_search_is_all_there_after_every_migration(tmp_path: Path) -> None:
    """A migration that makes a table anew on SQLite takes its triggers away: it has to make them again."""
    upgrade(f"sqlite+aiosqlite:///{tmp_path}/search.db")
    with sqlite3.connect(tmp_path / "search.db") as known:
        there = {name for (name,) in known.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    known.close()
    meant = {statement.split()[2] for statement in sqlite_statements() if statement.startswith("CREATE TRIGGER")}
    assert len(meant) == 15 and there == meant
