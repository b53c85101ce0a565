"""The command that moves a folder's files into a bucket, and back: interrupted, repeated, with faults on the way."""

import asyncio
import os
import sys
import threading
from pathlib import Path
from uuid import uuid4

import pytest

from salestrekker_portal import move_files, wiring
from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.copying import copy_all
from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.config import read_settings
from tests.support.s3 import KEYS, REGION, Line, bucket_of

SECRET = b"a secret for the tests only"
FIRM = uuid4()


async def pieces(content: bytes):
    yield content


@pytest.fixture
def folder(tmp_path):
    files = SealedFiles(Folder(tmp_path / "data" / "files"), SECRET)

    async def fill():
        for number in range(12):
            await files.put(FIRM, pieces(os.urandom(number * 500_000)), max_bytes=10_000_000)

    # A loop of its own: the command's tests are without one.
    worker = threading.Thread(target=lambda: asyncio.run(fill()))
    worker.start()
    worker.join()
    return files.blobs


@pytest.fixture
def bucket_name(s3):
    name = f"papers-{uuid4()}"
    s3.make_bucket(name)
    return name


@pytest.fixture
def command(s3, monkeypatch, capsys):
    """Run the command with these settings; its exit code and what it printed."""

    def run(name: str, data: Path, *arguments: str) -> tuple[int, str]:
        chosen = {
            "PORTAL_MODE": "dev",
            "PORTAL_DATA": str(data),
            "PORTAL_BUCKET": name,
            "PORTAL_BUCKET_REGION": REGION,
            "PORTAL_BUCKET_ENDPOINT": s3.endpoint,
            "PORTAL_BUCKET_ACCESS_KEY": KEYS["access_key"],
            "PORTAL_BUCKET_SECRET_KEY": KEYS["secret_key"],
        }
        monkeypatch.setattr(move_files, "settings", lambda: read_settings(chosen))
        monkeypatch.setattr(wiring, "settings", lambda: read_settings(chosen))
        monkeypatch.setattr(sys, "argv", ["move_files", *arguments])
        with pytest.raises(SystemExit) as ended:
            move_files.main()
        said = ended.value.code if isinstance(ended.value.code, str) else ""
        return (1 if said else int(ended.value.code or 0)), capsys.readouterr().out + said

    return run


async def lying(blobs) -> dict[str, bytes]:
    keys = [each.key async for seen in blobs.listing() for each in seen]
    return {key: (await blobs.get(key, 0, 20_000_000)).data for key in keys}


def test_the_command_moves_a_folder_there_and_back_again(s3, folder, bucket_name, command, tmp_path):
    code, said = command(bucket_name, tmp_path / "data")
    assert code == 0 and "Copied: 12. There already: 0." in said and "every file is there, byte for byte" in said
    code, said = command(bucket_name, tmp_path / "data")
    assert code == 0 and "Copied: 0. There already: 12." in said
    code, said = command(bucket_name, tmp_path / "elsewhere", "--back")
    assert code == 0 and "Copied: 12." in said
    assert asyncio.run(lying(Folder(tmp_path / "elsewhere" / "files"))) == asyncio.run(lying(folder))


async def test_what_was_moved_opens_there(s3, folder, bucket_name):
    bucket = bucket_of(s3, bucket_name)
    await copy_all(folder, bucket)
    before, after = SealedFiles(folder, SECRET), SealedFiles(bucket, SECRET)
    kept = await lying(folder)
    assert len(kept) == 12 and await lying(bucket) == kept
    for key in kept:
        there = b"".join([piece async for piece in after.read(key)])
        assert there == b"".join([piece async for piece in before.read(key)])


async def test_what_is_different_there_is_copied_again_even_at_the_same_size(s3, folder, bucket_name):
    bucket = bucket_of(s3, bucket_name)
    await copy_all(folder, bucket)
    key, content = max((await lying(folder)).items(), key=lambda each: len(each[1]))
    async with bucket.open_put(key) as putting:
        await putting.write(content[:-1] + bytes([content[-1] ^ 1]))
        await putting.finish()
    done = await copy_all(folder, bucket)
    assert (done.copied, done.there_already, done.failed) == (1, 11, [])
    assert await lying(bucket) == await lying(folder)


async def test_in_trouble_it_says_what_is_missing_and_the_next_run_ends_it(s3, folder, bucket_name):
    line = Line(s3.port)
    async with line.open() as endpoint:
        bucket = bucket_of(s3, bucket_name, endpoint=endpoint)
        line.has("cut going up", 3_000_000)
        first = await copy_all(folder, bucket)
        assert first.failed and first.copied
    second = await copy_all(folder, bucket_of(s3, bucket_name))
    assert second.failed == [] and second.copied == len(first.failed)
    assert await lying(bucket_of(s3, bucket_name)) == await lying(folder)


def test_without_a_bucket_or_a_folder_it_says_what_to_set(s3, command, tmp_path):
    assert "PORTAL_BUCKET" in command("", tmp_path)[1]
    assert "PORTAL_DATA" in command("papers", tmp_path / "nothing")[1]
    code, said = command(f"none-{uuid4()}", tmp_path, "--back")
    assert code == 1 and "reach the place where files are kept" in said
