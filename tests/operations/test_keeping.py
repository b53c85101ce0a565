"""Backup, restore and check, on both databases: row by row and byte by byte, under load, and with every wrong turn."""

import asyncio
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from salestrekker_portal import wiring, worker
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.build import ROOT
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import close_database, open_database, transaction
from salestrekker_portal.domains.documents.arriving import receive_bytes
from salestrekker_portal.domains.documents.filing import file_document
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE
from salestrekker_portal.keeping import backup, check, restore
from salestrekker_portal.keeping.prepare import look_at_the_secret
from salestrekker_portal.keeping.the_secret import settled
from salestrekker_portal.kernel.errors import Busy
from salestrekker_portal.kernel.tokens import new_token, seal, token_hash
from salestrekker_portal.serve import kept_secret
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import UploaderKind
from salestrekker_portal.tables.portal_access import PortalLink
from salestrekker_portal.tables.registry import metadata
from tests.cast import Cast, gather
from tests.support.ports import free_port
from tests.support.server import clean_environment
from tests.support.world import copied

SECRET = "the secret of this installation, kept apart"
OTHER = "a secret of somebody else, or a new one made"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Installation:
    """One place with a database, files and a secret, and the commands run on it in this process."""

    cast: Cast

    def __init__(self, monkeypatch: pytest.MonkeyPatch, address: str, data: Path) -> None:
        self.monkeypatch, self.address, self.data = monkeypatch, address, data

    def chosen(self, secret: str = SECRET) -> None:
        chosen = {"PORTAL_MODE": "dev", "PORTAL_DATA": str(self.data), "PORTAL_SECRET": secret}
        for name, value in (chosen | {"DATABASE_URL": self.address}).items():
            self.monkeypatch.setenv(name, value)
        settings.cache_clear()
        wiring.file_store.cache_clear()

    def run(self, main: Callable[[], None], *arguments: object, secret: str = SECRET) -> str:
        """What the command says when all goes well, or its refusal after "refused: "."""
        self.chosen(secret)
        self.monkeypatch.setattr(sys, "argv", ["command", *map(str, arguments)])
        try:
            main()
        except SystemExit as ended:
            if ended.code:
                return f"refused: {ended.code}"
        return "well"

    def rows(self) -> dict[str, list]:
        url = make_url(self.address)
        plain = create_engine(url.set(drivername=url.drivername.replace("+aiosqlite", "")))
        with plain.connect() as connection:
            found = {
                table.name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table.name}"')).all()))
                for table in metadata.sorted_tables
            }
        plain.dispose()
        return found

    def files(self) -> dict[str, bytes]:
        folder = self.data / "files"
        found = (path for path in folder.rglob("*") if path.is_file() and "incoming" not in path.parts)
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def here(monkeypatch, database_url, tmp_path):
    """An installation with a firm, a client, a link and three papers."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(database_url).database)) as made, made:
            made.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
            made.execute("INSERT INTO alembic_version VALUES ('of today')")
    place = Installation(monkeypatch, database_url, tmp_path / "here")
    place.chosen()
    place.cast = asyncio.run(furnish(3))
    yield place
    settings.cache_clear()
    wiring.file_store.cache_clear()


@pytest.fixture
def there(request, monkeypatch, here, tmp_path):
    """An empty place on the same kind of database."""
    if here.address.startswith("sqlite"):
        return Installation(monkeypatch, f"sqlite+aiosqlite:///{tmp_path}/there/portal.db", tmp_path / "there")
    return Installation(monkeypatch, request.getfixturevalue("empty_postgres_url"), tmp_path / "there")


async def furnish(papers: int) -> Cast:
    open_database(settings().database)
    async with transaction() as session:
        cast = await gather(session)
    async with transaction() as session:
        token = new_token()
        sealed = seal(token, secret=settings().secret, purpose=LINK_PURPOSE)
        session.add(PortalLink(access_id=cast.kim_access.id, token_hash=token_hash(token), token_sealed=sealed))
    for _ in range(papers):
        await one_paper(cast)
    await close_database()
    return cast


async def one_paper(cast: Cast) -> None:
    files = wiring.file_store()
    content = PDF + os.urandom(300_000)
    file = await receive_bytes(files, NoScanner(), cast.firm.id, "Payslip.pdf", content, limit=10**6)
    async with transaction() as session:
        deal = await existing(session, Deal, cast.deal.id)
        await file_document(
            session, deal, file, uploader_kind=UploaderKind.CLIENT, uploader_id=cast.kim.id, uploader_name="Kim"
        )


def test_what_was_backed_up_comes_back_row_by_row_and_byte_by_byte(here, there, tmp_path, capsys):
    assert here.run(backup.main, tmp_path / "copy") == "well"
    assert there.run(restore.main, tmp_path / "copy") == "well"
    assert "3 files and 1 sealed text opened" in capsys.readouterr().out
    assert there.rows() == here.rows() and len(here.rows()["documents"]) == 3
    assert there.files() == here.files() and len(here.files()) == 3
    assert SECRET not in (tmp_path / "copy" / "manifest.json").read_text()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "copy").rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_backup_under_load_has_a_file_for_every_row(here, there, tmp_path):
    """Papers come in the whole time. What the copy names is in it, and opens."""
    going, failed = threading.Event(), []

    async def keep_sending() -> None:
        open_database(here.address)
        while not going.is_set():
            # The same that a person's browser does when somebody else was in the way.
            with suppress(Busy):
                await one_paper(here.cast)
        await one_paper(here.cast)
        await close_database()

    def send() -> None:
        try:
            asyncio.run(keep_sending())
        except Exception as error:
            failed.append(error)

    command = [sys.executable, "-m", "salestrekker_portal.keeping.backup", str(tmp_path / "copy")]
    here.chosen()
    environment = clean_environment(
        PORTAL_MODE="dev", PORTAL_DATA=str(here.data), PORTAL_SECRET=SECRET, DATABASE_URL=here.address
    )
    sender = threading.Thread(target=send)
    sender.start()
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    going.set()
    sender.join(30)
    assert done.returncode == 0 and not failed, done.stderr
    assert there.run(restore.main, tmp_path / "copy") == "well"
    restored = there.rows()["stored_files"]
    assert 3 <= len(restored) < len(here.rows()["stored_files"]), "more came after the copy was taken"
    assert len(there.files()) == len(restored)


def test_without_its_secret_nothing_is_restored_and_nothing_starts(here, there, tmp_path):
    assert here.run(backup.main, tmp_path / "copy") == "well"
    assert "PORTAL_SECRET is not the one of this backup" in there.run(restore.main, tmp_path / "copy", secret=OTHER)
    assert there.files() == {} and not (there.data / "portal.db").exists()
    for main, arguments in ((check.main, ()), (backup.main, (tmp_path / "second",))):
        said = here.run(main, *arguments, secret=OTHER)
        assert said.startswith("refused: PORTAL_SECRET is not the one that this installation"), said
    assert not (tmp_path / "second").exists() and not (tmp_path / "second.part").exists()


def test_a_place_that_is_not_empty_is_left_alone(here, there, tmp_path):
    assert here.run(backup.main, tmp_path / "copy") == "well"
    before = here.rows(), here.files()
    assert "Restore into an empty place" in here.run(restore.main, tmp_path / "copy")
    assert (here.rows(), here.files()) == before
    stranger = there.data / "files" / "0197a000-0000-7000-8000-000000000001" / "0197a000-0000-7000-8000-000000000002"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"somebody's")
    assert "files of another installation" in there.run(restore.main, tmp_path / "copy")
    assert list(there.files().values()) == [b"somebody's"]
    assert "is there already" in here.run(backup.main, tmp_path / "copy")


DAMAGE = {
    "the database": lambda copy: flip(copy / "database"),
    "a file": lambda copy: flip(next(path for path in (copy / "files").rglob("*-*-*") if path.is_file())),
    "a file that is gone": lambda copy: next(p for p in (copy / "files").rglob("*-*-*") if p.is_file()).unlink(),
    "the manifest": lambda copy: (copy / "manifest.json").write_text("{}"),
    "its version": lambda copy: (copy / "manifest.json").write_text(
        json.dumps(json.loads((copy / "manifest.json").read_text()) | {"format": 99})
    ),
}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_backup_makes_no_database(here, there, tmp_path, what):
    assert here.run(backup.main, tmp_path / "copy") == "well"
    DAMAGE[what](tmp_path / "copy")
    assert there.run(restore.main, tmp_path / "copy").startswith("refused: ")
    assert not (there.data / "portal.db").exists()
    if not there.address.startswith("sqlite"):
        assert "Restore into an empty place" not in there.run(restore.main, tmp_path / "copy")


def test_a_restore_that_was_broken_off_goes_on(here, there, tmp_path):
    assert here.run(backup.main, tmp_path / "copy") == "well"
    held = next(path for path in (tmp_path / "copy" / "files").rglob("*-*-*") if path.is_file())
    elsewhere = held.rename(tmp_path / "held")
    assert there.run(restore.main, tmp_path / "copy").startswith("refused: A file is missing in the backup")
    elsewhere.rename(held)
    assert there.run(restore.main, tmp_path / "copy") == "well"
    assert (there.rows(), there.files()) == (here.rows(), here.files())


def test_check_names_what_does_not_open(here, capsys):
    assert here.run(check.main) == "well"
    assert "Everything that the database names is there" in capsys.readouterr().out
    damaged, missing, other = sorted((here.data / "files").glob("*-*/*"))
    flip(damaged)
    missing.unlink()
    assert here.run(check.main).startswith("refused: ")
    said = capsys.readouterr().out
    assert f"{damaged.name}: This file can't be opened" in said and f"{missing.name}: it is not in the store" in said
    assert other.name not in said and "Not so: 2." in said


def test_a_backup_says_what_the_store_lacks(here, there, tmp_path, capsys):
    next((here.data / "files").glob("*-*/*")).unlink()
    assert "1 file that the database names could not be found" in here.run(backup.main, tmp_path / "copy")
    assert "not in the store: " in capsys.readouterr().out
    assert there.run(restore.main, tmp_path / "copy").startswith("refused: "), "it is told again"
    assert there.rows() == here.rows()


# --- Starting on the wrong place, or without the secret -------------------------------------------------


def test_without_an_environment_nobody_makes_a_database_of_their_own(monkeypatch):
    before = set((ROOT / ".data").glob("*"))
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    done = subprocess.run(command, env=clean_environment(), cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1 and "Set PORTAL_DATA or DATABASE_URL" in done.stderr
    for name in ("PORTAL_DATA", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for start, arguments in ((worker.start, []), (check.main, []), (backup.main, ["nowhere"])):
        monkeypatch.setattr(sys, "argv", ["command", *arguments])
        with pytest.raises(SystemExit, match="Set PORTAL_DATA or DATABASE_URL"):
            start()
    assert set((ROOT / ".data").glob("*")) == before


def test_a_worker_makes_no_database_where_there_is_none(monkeypatch, tmp_path):
    wrong = Installation(monkeypatch, "", tmp_path / "wrong")
    try:
        for start in (worker.start, check.main):
            assert wrong.run(start).startswith("refused: There is no database at")
            assert not (tmp_path / "wrong").exists()
    finally:
        settings.cache_clear()
        wiring.file_store.cache_clear()


def test_a_worker_waits_for_a_database_that_does_not_answer_yet(monkeypatch, tmp_path):
    begun = []

    async def work() -> None:
        begun.append(settings().database)

    nowhere = f"postgresql+psycopg://app@127.0.0.1:{free_port()}/portal"
    place = Installation(monkeypatch, nowhere, tmp_path)
    monkeypatch.setattr(worker, "main", work)
    try:
        assert place.run(worker.start) == "well" and begun == [nowhere]
    finally:
        settings.cache_clear()
        wiring.file_store.cache_clear()


def test_a_server_makes_its_database_private(tmp_path):
    command = [sys.executable, "-m", "salestrekker_portal.keeping.prepare"]
    chosen = {"PORTAL_MODE": "dev", "PORTAL_DATA": str(tmp_path / "data"), "PORTAL_SECRET": SECRET}
    done = subprocess.run(
        command, env=clean_environment(**chosen), cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "data", tmp_path / "data/portal.db"]}
    assert modes == {"data": 0o700, "portal.db": 0o600}


def test_a_database_that_was_open_to_others_is_closed_with_what_lies_beside_it(empty_sqlite, tmp_path):
    address = copied(empty_sqlite, tmp_path)
    kept = tmp_path / "portal.db"
    kept.chmod(0o644)

    async def write() -> list[int]:
        open_database(address)
        async with transaction() as session:
            await gather(session)
            found = [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("portal.db*")]
        await close_database()
        return found

    assert asyncio.run(write()) == [0o600] * 3, "the database, its log, and what they share"


def test_a_server_starts_with_the_own_secret_only(here):
    def look() -> None:
        try:
            asyncio.run(look_at_the_secret())
        except BadSettings as refusal:
            sys.exit(str(refusal))

    assert here.run(look) == "well"
    assert "PORTAL_SECRET is not the one" in here.run(look, secret=OTHER)
    assert "PORTAL_SECRET is not the one" in here.run(worker.start, secret=OTHER)


def test_on_one_machine_the_secret_that_lies_beside_the_data_is_used(tmp_path):
    made = kept_secret(tmp_path)
    environment = {"PORTAL_DATA": str(tmp_path)}
    settled(environment)
    assert environment == {"PORTAL_DATA": str(tmp_path), "PORTAL_SECRET": made, "PORTAL_MODE": "embedded"}
    chosen = {"PORTAL_DATA": str(tmp_path), "PORTAL_SECRET": OTHER}
    settled(chosen)
    assert chosen["PORTAL_SECRET"] == OTHER


def test_a_restored_folder_without_its_secret_gets_no_new_one(tmp_path):
    assert len(kept_secret(tmp_path / "new")) >= 32
    (tmp_path / "restored").mkdir()
    (tmp_path / "restored" / "portal.db").write_bytes(b"")
    with pytest.raises(SystemExit, match="no secret beside them"):
        kept_secret(tmp_path / "restored")
    assert not (tmp_path / "restored" / "secret").exists()
