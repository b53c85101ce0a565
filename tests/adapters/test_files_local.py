"""The private file store: what goes in comes out, and nothing that was tampered with does."""

import asyncio
import hashlib
import stat
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.adapters.sealing import DAMAGED, HEADER_BYTES, TAG_BYTES, WRONG_KEY
from salestrekker_portal.domains.documents.ports import FileTooLarge, FileUnreadable, ScanOutcome
from salestrekker_portal.kernel.errors import NotFound
from tests.support.local_files import LocalFiles

SECRET = b"the first secret of this brokerage"
PIECE = 4096
FIRM = UUID("0197a000-0000-7000-8000-000000000001")  # the same in every process that collects the tests


async def pieces(content: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def content_of(files: LocalFiles, key: str, start: int = 0) -> bytes:
    return b"".join([piece async for piece in files.read(key, start)])


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def files(root):
    return LocalFiles(root, SECRET, piece_log2=12)


def everything(root) -> list:
    return [path for path in root.rglob("*") if path.is_file()]


def patterned(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE, 3 * PIECE + 17])
async def test_round_trip(files, root, size):
    content = patterned(size)
    stored = await files.put(FIRM, pieces(content), max_bytes=size)
    assert (stored.size, stored.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert await content_of(files, stored.key) == content
    for start in (0, 1, PIECE - 1, PIECE, PIECE + 5, size, size + 9999):
        assert await content_of(files, stored.key, start) == content[start:]
    sealed = (root / stored.key).read_bytes()
    assert size < 40 or content[:40] not in sealed
    assert stored.key.startswith(f"{FIRM}/") and await files.exists(stored.key)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=3 * PIECE), step=st.integers(1, 2 * PIECE), start=st.integers(0, 3 * PIECE))
def test_round_trip_of_anything_in_any_steps(files, content, step, start):
    async def there_and_back():
        stored = await files.put(FIRM, pieces(content, step), max_bytes=len(content))
        return await content_of(files, stored.key, start)

    assert asyncio.run(there_and_back()) == content[start:]


async def test_only_this_user_may_look_into_the_folder(tmp_path):
    files = LocalFiles(tmp_path / "private", SECRET)
    stored = await files.put(FIRM, pieces(b"passport"), max_bytes=100)
    for path in [tmp_path / "private", *(tmp_path / "private").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert await files.exists(stored.key)


async def test_over_the_cap_nothing_is_kept(tmp_path):
    files = LocalFiles(tmp_path, SECRET, piece_log2=12)
    with pytest.raises(FileTooLarge):
        await files.put(FIRM, pieces(b"x" * (3 * PIECE + 1)), max_bytes=3 * PIECE)
    assert everything(tmp_path) == []


@pytest.mark.parametrize("finishing", [False, True])
async def test_a_cancelled_upload_leaves_nothing(tmp_path, finishing):
    files = LocalFiles(tmp_path, SECRET, piece_log2=12)
    begun = asyncio.Event()

    async def upload():
        async with files.open_writer(FIRM, max_bytes=10 * PIECE) as writer:
            await writer.write(b"x" * (2 * PIECE + 1))
            begun.set()
            if finishing:
                await writer.finish()
            await asyncio.Event().wait()

    task = asyncio.create_task(upload())
    await begun.wait()
    assert everything(tmp_path)  # one file, or for a moment two while it is being moved
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert everything(tmp_path) == []


async def test_what_a_power_cut_left_is_swept_and_the_rest_stays(tmp_path):
    files = LocalFiles(tmp_path, SECRET)
    stored = await files.put(FIRM, pieces(b"payslip"), max_bytes=100)
    (tmp_path / "incoming" / "cut.part").write_bytes(b"half")
    assert (await files.sweep(3600), await files.sweep(-1)) == (0, 1)
    assert await content_of(files, stored.key) == b"payslip"


def cut_at(size):
    return lambda sealed: sealed[:size]


SEALED_PIECE = PIECE + TAG_BYTES
TAMPERING = {
    "cut within the header": cut_at(HEADER_BYTES - 1),
    "cut after the header": cut_at(HEADER_BYTES),
    "cut within a tag": cut_at(HEADER_BYTES + 7),
    "cut between pieces": cut_at(HEADER_BYTES + SEALED_PIECE),
    "cut by one byte": lambda sealed: sealed[:-1],
    "one byte more": lambda sealed: sealed + b"\0",
    "last piece again": lambda sealed: sealed + sealed[HEADER_BYTES + 2 * SEALED_PIECE :],
    "pieces in another order": lambda s: (
        s[:HEADER_BYTES]
        + s[HEADER_BYTES + SEALED_PIECE : HEADER_BYTES + 2 * SEALED_PIECE]
        + s[HEADER_BYTES : HEADER_BYTES + SEALED_PIECE]
        + s[HEADER_BYTES + 2 * SEALED_PIECE :]
    ),
    "a piece left out": lambda s: s[: HEADER_BYTES + SEALED_PIECE] + s[HEADER_BYTES + 2 * SEALED_PIECE :],
    "not ours at all": lambda s: b"%PDF-1.7" + s[8:],
}


@pytest.mark.parametrize("what", TAMPERING)
async def test_tampering_is_noticed(files, root, what):
    stored = await files.put(FIRM, pieces(patterned(3 * PIECE)), max_bytes=3 * PIECE)
    path = root / stored.key
    path.write_bytes(TAMPERING[what](path.read_bytes()))
    with pytest.raises(FileUnreadable):
        await content_of(files, stored.key)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, HEADER_BYTES + 3 * SEALED_PIECE - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(files, root, at, bit):
    async def flip():
        stored = await files.put(FIRM, pieces(patterned(3 * PIECE)), max_bytes=3 * PIECE)
        path = root / stored.key
        sealed = bytearray(path.read_bytes())
        sealed[at] ^= 1 << bit
        path.write_bytes(sealed)
        with pytest.raises(FileUnreadable):
            await content_of(files, stored.key)

    asyncio.run(flip())


async def test_files_that_change_places_are_noticed(files, root):
    kims, sams = [await files.put(FIRM, pieces(text), max_bytes=99) for text in (b"Kim's", b"Sam's")]
    here, there = root / kims.key, root / sams.key
    ours, theirs = here.read_bytes(), there.read_bytes()
    here.write_bytes(theirs)
    there.write_bytes(ours)
    for key in (kims.key, sams.key):
        with pytest.raises(FileUnreadable, match=DAMAGED[:20]):
            await content_of(files, key)


async def test_another_secret_is_told_from_damage_and_an_older_one_still_opens(files, root):
    stored = await files.put(FIRM, pieces(b"lease"), max_bytes=99)
    new = b"the second secret of this brokerage"
    with pytest.raises(FileUnreadable) as refusal:
        await content_of(LocalFiles(root, new), stored.key)
    assert refusal.value.message == WRONG_KEY
    assert await content_of(LocalFiles(root, new, [SECRET]), stored.key) == b"lease"


def test_a_short_secret_is_refused(tmp_path):
    with pytest.raises(ValueError, match="16"):
        LocalFiles(tmp_path, b"change-me")


@pytest.mark.parametrize(
    "key",
    ["../../etc/passwd", f"{FIRM}/../../etc", "incoming/x.part", "", f"{FIRM}/0197a000-0000-7000-8000-0000000000ff"],
)
async def test_keys_that_are_none_find_nothing(files, key):
    assert not await files.exists(key)
    with pytest.raises(NotFound):
        await content_of(files, key)


async def test_deleted_is_gone(files, root):
    stored = await files.put(FIRM, pieces(b"lease"), max_bytes=99)
    await files.delete(stored.key)
    await files.delete(stored.key)
    assert not await files.exists(stored.key) and not (root / stored.key).exists()


async def test_without_a_scanner_every_file_says_so():
    scan = await NoScanner().scan(pieces(b"anything"))
    assert scan.outcome is ScanOutcome.NOT_SCANNED and "Not scanned" in scan.sentence
