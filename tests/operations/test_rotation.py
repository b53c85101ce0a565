"""The secret is changed while the portal works: what was sealed opens before, during and after, whatever is killed."""

import asyncio
import hashlib
import os
import subprocess
import sys
import threading

import pytest
from sqlalchemy import select, update

from salestrekker_portal import rotate, wiring
from salestrekker_portal.build import ROOT
from salestrekker_portal.config import settings
from salestrekker_portal.database.rows import existing
from salestrekker_portal.database.session import close_database, open_database, reading, transaction
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE, hash_of_pin, is_pin
from salestrekker_portal.domains.signing_in import second_step
from salestrekker_portal.keeping import check
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import unseal
from salestrekker_portal.tables.access import RecoveryCode
from salestrekker_portal.tables.documents import StoredFile
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink
from tests.operations.test_keeping import OTHER, SECRET, here  # noqa: F401  a fixture
from tests.support.server import clean_environment

NEW = OTHER


def environment(place, secret: str, former: str = "") -> dict[str, str]:
    """Of a process of this installation."""
    return clean_environment(PORTAL_MODE="dev", PORTAL_DATA=str(place.data), PORTAL_SECRET=secret,
                             PORTAL_FORMER_SECRET=former, DATABASE_URL=place.address)  # fmt: skip


def changed(place) -> None:
    """The installation has a new secret from now on, and the old one as a former one."""
    place.monkeypatch.setenv("PORTAL_FORMER_SECRET", SECRET)
    place.chosen(NEW)


async def opened_files() -> int:
    """Every file that a row names is read to its end; how many."""
    async with reading() as session:
        files = list(await session.scalars(select(StoredFile)))
    for file in files:
        try:
            content = b"".join([piece async for piece in wiring.file_store().read(file.storage_key)])
        except NotFound:
            # It was swapped since the list was made.
            async with reading() as session:
                now = await existing(session, StoredFile, file.id)
            assert now.storage_key != file.storage_key
            content = b"".join([piece async for piece in wiring.file_store().read(now.storage_key)])
        assert hashlib.sha256(content).hexdigest() == file.sha256
    return len(files)


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_and_every_file_opens_all_along(here):  # noqa: F811
    changed(here)
    stop, seen, failed, loops = threading.Event(), [], [], []

    async def keep_reading() -> None:
        open_database(here.address)
        loops.append(asyncio.get_running_loop())
        while not stop.is_set():
            seen.append(await opened_files())
        seen.append(await opened_files())
        await close_database()

    def read() -> None:
        try:
            asyncio.run(keep_reading())
        except BaseException as error:
            failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    # Held up at the second file, where it is killed without a word.
    held = "import time, salestrekker_portal.rotate as r\n" \
           "put, n = r.SealedFiles.put, []\n" \
           "async def slow(self, *a, **m):\n" \
           "    n.append(1)\n" \
           "    if len(n) > 1: print('held', flush=True); time.sleep(60)\n" \
           "    return await put(self, *a, **m)\n" \
           "r.SealedFiles.put = slow\n" \
           "r.main()\n"  # fmt: skip
    command = [sys.executable, "-c", held]
    going = subprocess.Popen(command, env=environment(here, NEW, SECRET), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert going.stdout.readline() == "held\n"
    going.kill()
    going.wait(10)
    # In the reader's own loop: a process has one database open, and who closed it here would close it for the reader.
    done = asyncio.run_coroutine_threadsafe(under_the_newest(), loops[0]).result(60)
    assert done == 1, "one file was sealed anew, the others were not"
    command = [sys.executable, "-m", "salestrekker_portal.rotate"]
    again = subprocess.run(
        command, env=environment(here, NEW, SECRET), cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    stop.set()
    reader.join(60)
    assert again.returncode == 0 and not failed, (again.stderr, failed)
    # The link was done before the kill.
    assert "2 files and 0 sealed texts were sealed anew" in again.stdout
    assert len(seen) > 1 and set(seen) == {3}
    here.monkeypatch.delenv("PORTAL_FORMER_SECRET")
    assert here.run(check.main, secret=NEW) == "well", "without the former secret everything opens"


async def under_the_newest() -> int:
    """How many files are sealed with the newest secret."""
    async with reading() as session:
        keys = list(await session.scalars(select(StoredFile.storage_key)))
    return sum([await wiring.file_store().is_under_the_newest(key) for key in keys])


def test_a_former_secret_opens_what_it_sealed_and_without_it_nothing_starts(here):  # noqa: F811
    changed(here)

    async def look() -> None:
        open_database(here.address)
        assert await opened_files() == 3
        async with reading() as session:
            sealed = (await session.scalars(select(PortalLink.token_sealed))).one()
        assert unseal(sealed, secret=settings().secrets, purpose=LINK_PURPOSE)
        await close_database()

    asyncio.run(look())
    here.monkeypatch.delenv("PORTAL_FORMER_SECRET")
    assert "PORTAL_SECRET is not the one" in here.run(rotate.main, secret=NEW)


def test_pins_go_on_under_the_former_secret_and_are_told_or_ended(here, capsys):  # noqa: F811
    here.chosen()

    async def with_pin(pin: str) -> None:
        open_database(here.address)
        async with transaction() as session:
            access = await existing(session, PortalAccess, here.cast.kim_access.id)
            await session.execute(update(PortalAccess).values(pin_hash=""))
            access.pin_hash = hash_of_pin(access.id, pin)
        await close_database()

    async def lets_in(pin: str) -> bool:
        open_database(here.address)
        async with reading() as session:
            found = is_pin(await existing(session, PortalAccess, here.cast.kim_access.id), pin)
        await close_database()
        return found

    asyncio.run(with_pin("471100"))
    changed(here)
    assert asyncio.run(lets_in("471100")) and not asyncio.run(lets_in("471101"))
    assert here.run(rotate.main, secret=NEW) == "well"
    assert "1 PIN may have been sent under the former secret" in capsys.readouterr().out
    assert here.run(rotate.main, "--end-pins", secret=NEW) == "well"
    assert "Nothing needs the former secret" in capsys.readouterr().out and not asyncio.run(lets_in("471100"))


def test_who_has_recovery_codes_is_told_before_they_are_worth_nothing(here, capsys):  # noqa: F811
    here.chosen()
    alice = here.cast.alice_user.id

    async def with_code() -> None:
        open_database(here.address)
        async with transaction() as session:
            session.add(RecoveryCode(person_id=alice, code_hash=second_step._hashed(alice, "ABCDE-FGHJK", SECRET)))
            session.add(RecoveryCode(person_id=alice, code_hash="0" * 64))
        await close_database()

    async def lets_in() -> bool:
        open_database(here.address)
        async with transaction() as session:
            found = await second_step._use_code(session, alice, "abcde fghjk")
        await close_database()
        return found

    asyncio.run(with_code())
    changed(here)
    assert here.run(rotate.main, "--end-pins", secret=NEW) == "well"
    said = capsys.readouterr().out
    assert "1 person has recovery codes" in said and "Nothing else needs the former secret" in said
    assert asyncio.run(lets_in())


def test_what_does_not_open_is_named_and_keeps_the_former_secret(here, capsys):  # noqa: F811
    changed(here)
    broken = next((here.data / "files").rglob("*-*-*-*-*/*-*-*-*-*"))
    raw = bytearray(broken.read_bytes())
    raw[-1] ^= 1
    os.chmod(broken, 0o600)
    broken.write_bytes(raw)
    assert here.run(rotate.main, secret=NEW) == "refused: 1"
    said = capsys.readouterr().out
    assert broken.name in said and "2 files and 1 sealed text were" in said and "Keep PORTAL_FORMER_SECRET" in said
