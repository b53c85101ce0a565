"""What the file store asks of the place where its bytes lie, tried on every such place: a folder and a bucket."""

import asyncio
import subprocess
import sys
import time
from uuid import uuid4

import pytest

from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.adapters.sealing import WRONG_KEY
from salestrekker_portal.domains.documents.ports import FileTooLarge, FileUnreadable, StoreUnreachable
from salestrekker_portal.kernel.errors import NotFound
from tests.support.s3 import Line, bucket_of

SECRET = b"the first secret of this brokerage"
MB = 1024 * 1024
FIRM = uuid4()


def new_bucket(s3, **facts):
    name = f"papers-{uuid4()}"
    s3.make_bucket(name)
    return bucket_of(s3, name, **facts)


@pytest.fixture(params=["folder", "bucket", "bucket with a prefix"])
def blobs(request, tmp_path):
    if request.param == "folder":
        return Folder(tmp_path / "files")
    s3 = request.getfixturevalue("s3")
    return new_bucket(s3, prefix="ours/here" if "prefix" in request.param else "")


async def put(blobs, key: str, content: bytes, step: int = 100_000) -> None:
    async with blobs.open_put(key) as putting:
        for at in range(0, len(content), step):
            await putting.write(content[at : at + step])
        await putting.finish()


async def listed(blobs, first_part="") -> dict[str, int]:
    return {each.key: each.size async for seen in blobs.listing(first_part) for each in seen}


@pytest.mark.parametrize("size", [0, 1, 999, 5 * MB, 5 * MB + 1, 11 * MB])
async def test_what_is_put_is_there_by_ranges(blobs, size):
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    await put(blobs, "firm/one", content)
    assert await blobs.size("firm/one") == size
    for start, length in ((0, 10), (0, size + 5), (max(size - 7, 0), 100), (size // 2, MB)):
        if start < size:
            part = await blobs.get("firm/one", start, length)
            assert part.data == content[start : start + length] and part.whole == size


async def test_what_is_not_there_says_so(blobs):
    assert await blobs.size("firm/none") is None
    with pytest.raises(NotFound):
        await blobs.get("firm/none", 0, 10)
    await blobs.delete("firm/none")
    assert await listed(blobs) == {}


async def test_deleted_is_gone_and_the_rest_stays(blobs):
    for key in ("a/1", "a/2", "b/1"):
        await put(blobs, key, key.encode())
    await blobs.delete("a/1")
    assert await blobs.size("a/1") is None
    assert await listed(blobs) == {"a/2": 3, "b/1": 3}


async def test_the_list_is_by_first_part_with_sizes_and_times_however_long(blobs):
    before = time.time()
    await asyncio.gather(*[put(blobs, f"a/{number:03}", b"x" * number) for number in range(1, 320)])
    await put(blobs, "ab/1", b"xy")
    assert await listed(blobs, "a") == {f"a/{number:03}": number for number in range(1, 320)}
    assert await listed(blobs, "ab") == {"ab/1": 2} and len(await listed(blobs)) == 320
    times = [each.at async for seen in blobs.listing() for each in seen]
    assert all(before - 5 < at < time.time() + 5 for at in times)


@pytest.mark.parametrize("written", [10, 12 * MB])
async def test_what_is_given_up_half_way_is_not_there(blobs, written):
    with pytest.raises(OSError, match="the sender went"):
        async with blobs.open_put("firm/half") as putting:
            await putting.write(b"x" * written)
            raise OSError("the sender went")
    assert await listed(blobs) == {} and await blobs.size("firm/half") is None


async def pieces(content: bytes):
    for at in range(0, len(content), 100_000):
        yield content[at : at + 100_000]


async def content_of(files, key: str, start: int = 0) -> bytes:
    return b"".join([piece async for piece in files.read(key, start)])


@pytest.mark.parametrize("size", [0, 1, 3 * MB, 7 * MB + 1])
async def test_files_are_sealed_there_and_open_again_from_anywhere(blobs, size):
    files = SealedFiles(blobs, SECRET)
    content = b"passport number 1234 " * (size // 21 + 1)
    content = content[:size]
    kept = await files.put(FIRM, pieces(content), max_bytes=size)
    for start in (0, 1, size // 2, size, size + 10):
        assert await content_of(files, kept.key, start) == content[start:]
    lying = (await blobs.get(kept.key, 0, size + 10 * MB)).data
    assert size < 40 or content[:40] not in lying
    assert await files.exists(kept.key)
    assert [key async for keys in files.old_keys(-60) for key in keys] == [kept.key]
    with pytest.raises(FileUnreadable, match=WRONG_KEY[:30]):
        await content_of(SealedFiles(blobs, b"another secret of somebody else"), kept.key)


async def test_what_was_changed_cut_or_moved_there_does_not_open(blobs):
    files = SealedFiles(blobs, SECRET, piece_log2=12)
    kept, other = [await files.put(FIRM, pieces(text * 9000), max_bytes=MB) for text in (b"a", b"b")]
    lying = (await blobs.get(kept.key, 0, MB)).data
    for changed in (lying[:-1], lying + b"\0", lying[:100] + b"\0" + lying[101:], lying[: 56 + 4112], lying[:20]):
        await put(blobs, kept.key, changed)
        with pytest.raises(FileUnreadable):
            await content_of(files, kept.key)
    await put(blobs, other.key, lying)
    with pytest.raises(FileUnreadable):
        await content_of(files, other.key)


async def test_over_the_cap_nothing_is_kept(blobs):
    files = SealedFiles(blobs, SECRET)
    with pytest.raises(FileTooLarge):
        await files.put(FIRM, pieces(b"x" * (6 * MB + 1)), max_bytes=6 * MB)
    assert await listed(blobs) == {}


@pytest.mark.parametrize("finishing", [False, True])
async def test_a_cancelled_upload_leaves_nothing(blobs, finishing):
    files, begun = SealedFiles(blobs, SECRET), asyncio.Event()

    async def upload():
        async with files.open_writer(FIRM, max_bytes=20 * MB) as writer:
            await writer.write(b"x" * (6 * MB))
            begun.set()
            if finishing:
                await writer.finish()
            await asyncio.Event().wait()

    task = asyncio.create_task(upload())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await listed(blobs) == {}


TROUBLES = {
    "nobody listens": ("closed", 0),
    "it refuses us": ("refuses", 0),
    "it says nothing": ("silent", 0),
    "the line is cut while we send": ("cut going up", 1_000_000),
    "the line is cut while it answers": ("cut coming down", 100),
}


@pytest.mark.parametrize("what", TROUBLES)
async def test_a_bucket_in_trouble_says_so_soon_keeps_nothing_by_halves_and_loses_nothing(s3, what):
    line, name = Line(s3.port), f"papers-{uuid4()}"
    s3.make_bucket(name)
    # The one in trouble gives up soon; the other has the patience that it has in production.
    well = SealedFiles(bucket_of(s3, name), SECRET)
    content = b"payslip " * 400_000
    kept = await well.put(FIRM, pieces(content), max_bytes=9 * MB)
    async with line.open() as endpoint:
        files = SealedFiles(bucket_of(s3, name, endpoint=endpoint, seconds=1.0), SECRET)
        line.has(*TROUBLES[what])
        with pytest.raises(StoreUnreachable, match="try again in a minute"):
            await files.put(FIRM, pieces(content), max_bytes=9 * MB)
        for deed in (content_of(files, kept.key), files.exists(kept.key), listed(files.blobs)):
            if what != "the line is cut while we send":
                with pytest.raises(StoreUnreachable):
                    await deed
            else:
                deed.close()
    assert await content_of(well, kept.key) == content
    # Where only the answer was lost there may be an orphan, and a whole one; the sweep takes it.
    sizes = await listed(well.blobs)
    assert len(set(sizes.values())) == 1
    assert set(sizes) == {kept.key} or what == "the line is cut while it answers"


async def test_a_bucket_that_is_not_there_is_no_missing_file(s3):
    files = SealedFiles(bucket_of(s3, "no-such-bucket"), SECRET)
    with pytest.raises(StoreUnreachable):
        await content_of(files, f"{FIRM}/{uuid4()}")
    with pytest.raises(StoreUnreachable):
        await files.put(FIRM, pieces(b"x"), max_bytes=9)


@pytest.mark.parametrize("place", ["folder", "bucket"])
def test_memory_stays_flat_both_ways(s3, tmp_path, place):
    """200 MB in and out again: the process grows by less than 20 MB, the library's own buffers included."""
    name = f"papers-{uuid4()}"
    s3.make_bucket(name)
    where = str(tmp_path / "files") if place == "folder" else f"{s3.port}/{name}"
    command = [sys.executable, "-m", "tests.adapters.large_files", place, where]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < 20 * MB, f"grew by {int(done.stdout) / MB:.1f} MB"
