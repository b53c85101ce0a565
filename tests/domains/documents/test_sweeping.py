"""What nobody can reach goes from the store, and nothing else does."""

import os
import time
from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import sweeping
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.documents import ComplianceDocument, Document, Slot, StoredFile
from salestrekker_portal.tables.organisations import Organisation
from tests.domains.documents.world import upload
from tests.support.local_files import LocalFiles

pytestmark = pytest.mark.usefixtures("database")
LONG_AGO = timedelta(days=9)


@pytest.fixture
def files(tmp_path):
    return LocalFiles(tmp_path / "files", b"a secret for the tests only")


async def stored(cast, files, **facts) -> tuple[Document, str]:
    """A document with bytes."""
    document = await upload(cast.kim, cast.deal, with_note=facts.pop("draft", False))
    async with transaction() as session:
        key = await bytes_in(cast, files)
        (await session.get(StoredFile, document.file_id)).storage_key = key
        for name, value in facts.items():
            setattr(await session.get(Document, document.id), name, value)
    return document, key


async def bytes_in(cast, files) -> str:
    async with files.open_writer(cast.firm.id, max_bytes=1000) as writer:
        await writer.write(b"a payslip")
        return (await writer.finish()).key


def aged(files, key) -> None:
    old = time.time() - LONG_AGO.total_seconds()
    os.utime(files.root / key, (old, old))


async def swept(files) -> int:
    return await sweeping.sweep_files(lambda: files)


async def test_removed_files_go_after_a_day_and_others_stay(cast, files):
    _, kept = await stored(cast, files)
    _, fresh = await stored(cast, files, removed_at=utc_now())
    old_document, old = await stored(cast, files, removed_at=utc_now() - LONG_AGO)
    assert await swept(files) == 1
    assert [await files.exists(key) for key in (kept, fresh, old)] == [True, True, False]
    async with reading() as session:
        assert (await session.get(StoredFile, old_document.file_id)).swept_at is not None
    assert await swept(files) == 0


async def test_a_file_that_anything_else_shows_stays(cast, files):
    removed, key = await stored(cast, files, removed_at=utc_now() - LONG_AGO)
    other, used = await stored(cast, files, removed_at=utc_now() - LONG_AGO)
    async with transaction() as session:
        session.add(Document(deal_id=cast.deal.id, file_id=removed.file_id, name="Again.pdf",
                             uploader_kind="user", uploader_id=cast.alice.id))  # fmt: skip
        session.add(ComplianceDocument(organisation_id=cast.firm.id, slot=Slot.ROMA, version="v1", name="Roma",
                                       file_id=other.file_id))  # fmt: skip
    assert await swept(files) == 0 and await files.exists(key) and await files.exists(used)


async def test_a_draft_that_was_never_sent_goes_after_a_week_and_a_day(cast, files, monkeypatch):
    document, key = await stored(cast, files, draft=True, drafted_at=utc_now() - LONG_AGO)
    _, young = await stored(cast, files, draft=True)
    assert await swept(files) == 0, "it is only removed now"
    async with transaction() as session:
        row = await session.get(Document, document.id)
        assert row.removed_at is not None
        row.removed_at = utc_now() - LONG_AGO
    assert await swept(files) == 1
    assert not await files.exists(key) and await files.exists(young)


async def test_strays_go_when_they_are_old_and_a_logo_is_no_stray(cast, files):
    stray, upload_on_its_way, logo = [await bytes_in(cast, files) for _ in range(3)]
    _, known = await stored(cast, files)
    for key in (stray, logo, known):
        aged(files, key)
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).logo_key = logo
    assert await swept(files) == 1
    there = [await files.exists(key) for key in (stray, upload_on_its_way, logo, known)]
    assert there == [False, True, True, True]


async def test_what_a_crash_left_after_it_was_given_up_goes_as_a_stray(cast, files):
    _, key = await stored(cast, files, removed_at=utc_now() - LONG_AGO)
    aged(files, key)
    real, files.delete = files.delete, _crash
    with pytest.raises(OSError):
        await swept(files)
    assert await files.exists(key)
    files.delete = real
    assert await swept(files) == 1 and not await files.exists(key)


async def _crash(key: str) -> None:
    raise OSError("the power went")


async def test_somebody_is_quicker(cast, files, monkeypatch):
    """A document that shows the file again appears between the look and the deed."""
    _, key = await stored(cast, files, removed_at=utc_now() - LONG_AGO)
    real = sweeping._give_up

    async def late(session, file_id):
        session.add(Document(deal_id=cast.deal.id, file_id=file_id, name="Again.pdf",
                             uploader_kind="user", uploader_id=cast.alice.id))  # fmt: skip
        await session.flush()
        return await real(session, file_id)

    monkeypatch.setattr(sweeping, "_give_up", late)
    assert await swept(files) == 0 and await files.exists(key)
