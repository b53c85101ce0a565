"""Two starts at once, and two machines whose clocks disagree."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from salestrekker_portal import worker
from salestrekker_portal.build import ROOT
from salestrekker_portal.database.clock import follow_the_database
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.kernel import clock
from salestrekker_portal.tables.outbox import Channel
from tests.support.migrations import alembic
from tests.support.server import clean_environment

AT_ONCE = 3
AHEAD = timedelta(hours=1)


def migrate_at_once(url: str) -> list[tuple[int, str]]:
    """So many starts of the migration at the same moment: their exit codes and what they said."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "alembic", "upgrade", "head"],
            cwd=ROOT,
            env=clean_environment(DATABASE_URL=url, PORTAL_MODE="dev"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(AT_ONCE)
    ]
    return [(process.wait(timeout=120), process.stdout.read()) for process in started if process.stdout]


def test_starts_at_once_migrate_one_after_the_other_on_sqlite(tmp_path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    assert [code for code, _ in migrate_at_once(url)] == [0] * AT_ONCE
    assert "No new upgrade operations detected" in alembic(url, "check")


@pytest.mark.postgres
def test_starts_at_once_migrate_one_after_the_other_on_postgres(empty_postgres_url: str) -> None:
    done = migrate_at_once(empty_postgres_url)
    assert [code for code, _ in done] == [0] * AT_ONCE, done
    assert "No new upgrade operations detected" in alembic(empty_postgres_url, "check")


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch):
    """This machine's clock is an hour ahead."""
    monkeypatch.setattr(clock, "_own", lambda: datetime.now(UTC) + AHEAD)


async def queue_one(firm_id) -> None:
    async with transaction() as session:
        outbox.enqueue(
            session, organisation_id=firm_id, kind="account.link", channel=Channel.EMAIL, cause=firm_id,
            recipient="lee@example.com", recipient_name="Lee", content=outbox.Content(sender="Portal"),
        )  # fmt: skip


@pytest.mark.postgres
async def test_a_worker_whose_clock_is_ahead_takes_nobodys_lease(postgres_url: str, monkeypatch) -> None:
    from salestrekker_portal.database.session import close_database, open_database
    from tests.cast import gather

    open_database(postgres_url)
    async with transaction() as session:
        cast = await gather(session)
    await queue_one(cast.firm.id)
    async with transaction() as session:
        held = await outbox.claim(session, "on time")
    assert held
    monkeypatch.setattr(clock, "_own", lambda: datetime.now(UTC) + AHEAD)
    assert clock.utc_now() > datetime.now(UTC) + AHEAD / 2
    await follow_the_database()
    assert abs(clock.utc_now() - datetime.now(UTC)) < timedelta(seconds=5)
    async with transaction() as session:
        assert not await outbox.claim(session, "ahead")
    clock.follow(None)
    async with transaction() as session:
        taken = await outbox.claim(session, "ahead")
    assert {each.id for each in taken} == {each.id for each in held}, "by its own clock it would have taken them"
    await close_database()


@pytest.mark.postgres
async def test_the_worker_asks_the_time_before_it_claims_anything(postgres_url: str, ahead, monkeypatch) -> None:
    seen: list[timedelta] = []

    class Engine:
        stop = staticmethod(lambda: None)

        async def run(self) -> None:
            seen.append(clock.utc_now() - datetime.now(UTC))

    monkeypatch.setattr(worker, "make_engine", Engine)
    monkeypatch.setattr(worker, "write_logs", lambda: None)
    monkeypatch.setattr(worker, "settings", lambda: type("S", (), {"database": postgres_url}))
    monkeypatch.setattr(worker, "live_bus", lambda: None)
    await asyncio.wait_for(worker.main(), 20)
    assert len(seen) == 1 and abs(seen[0]) < timedelta(seconds=5)
    assert clock.utc_now() > datetime.now(UTC) + AHEAD / 2, "a closed database leaves its clock behind"
