"""`python -m salestrekker_portal.move_files`: copy every stored file from the data folder into the bucket.

    --back  from the bucket into the data folder instead

The same settings as the server's say where both are. Nothing is deleted on either side, and files stay sealed on the
way. It may run while the portal works, may be stopped, and may be run again: it copies what is missing or different,
and says that it is done only when every file, read back from where it went, is the same byte for byte.
"""

import argparse
import asyncio
import sys

from salestrekker_portal.adapters.copying import Copied, copy_all
from salestrekker_portal.config import BadSettings, FilesBy, settings
from salestrekker_portal.domains.documents.ports import StoreUnreachable
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.wiring import blobs

MOST_NAMED = 20


async def move(*, back: bool) -> Copied:
    """Copy all of it, the way that is asked for. Raises StoreUnreachable."""
    folder, bucket = blobs(FilesBy.FOLDER), blobs(FilesBy.BUCKET)
    return await (copy_all(bucket, folder) if back else copy_all(folder, bucket))


def told(done: Copied) -> list[str]:
    """What the operator reads."""
    lines = [f"Copied: {done.copied}. There already: {done.there_already}. Bytes compared: {done.size:,}."]
    if done.failed:
        lines += [f"not copied: {each}" for each in done.failed[:MOST_NAMED]]
        lines.append(f"{counted(len(done.failed), 'file')} could not be copied. Nothing was lost: run it again.")
    else:
        lines.append("Done: every file is there, byte for byte.")
    return lines


def main() -> None:
    """Parse the arguments, copy, and end with 1 unless all of it is there."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.move_files", description=__doc__)
    parser.add_argument("--back", action="store_true", help="from the bucket into the data folder")
    wanted = parser.parse_args()
    try:
        if not settings().bucket:
            sys.exit("Set PORTAL_BUCKET and what belongs to it, as for the server.")
        if not wanted.back and not (settings().data / "files").is_dir():
            sys.exit(f"There are no files in {settings().data}: set PORTAL_DATA as for the server.")
        done = asyncio.run(move(back=wanted.back))
    except (BadSettings, StoreUnreachable) as refusal:
        sys.exit(str(refusal))
    print(*told(done), sep="\n")
    sys.exit(1 if done.failed else 0)


if __name__ == "__main__":
    main()
