"""A process of its own that stores and reads 200 MB and prints by how many bytes it grew meanwhile."""

import asyncio
import os
import resource
import sys
from pathlib import Path
from uuid import uuid4

from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.blobs_s3 import Bucket, S3Account
from salestrekker_portal.adapters.files_sealed import SealedFiles
from tests.support.s3 import KEYS, REGION

MB = 1024 * 1024


async def there_and_back(files: SealedFiles, megabytes: int) -> None:
    piece = os.urandom(64 * 1024)

    async def pieces():
        for _ in range(megabytes * 16):
            yield piece

    kept = await files.put(uuid4(), pieces(), max_bytes=megabytes * MB)
    size = 0
    async for each in files.read(kept.key):
        size += len(each)
    if size != megabytes * MB:
        raise SystemExit(f"{size} bytes came back of {megabytes} MB")


def most() -> int:
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


async def main(place: str, where: str) -> None:
    if place == "folder":
        blobs = Folder(Path(where))
    else:
        port, _, bucket = where.partition("/")
        blobs = Bucket(S3Account(bucket=bucket, endpoint=f"http://127.0.0.1:{port}", region=REGION, **KEYS))
    files = SealedFiles(blobs, b"a secret for the tests only")
    await there_and_back(files, 1)
    before = most()
    await there_and_back(files, 200)
    print(most() - before)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
