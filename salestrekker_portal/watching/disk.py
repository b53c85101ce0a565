"""Whether there is room for what people send, and a warning while there still is some."""

import logging
import shutil
import tempfile
from pathlib import Path

from salestrekker_portal.config import settings

log = logging.getLogger(__name__)

LOOK_SECONDS = 600.0
MEGABYTE = 1024 * 1024


def free_bytes(folder: Path) -> int:
    """How much may still be written there; 0 when nothing at all can be, whatever the figures say."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # Quotas, inodes and read-only file systems are in no figure.
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
    except OSError:
        return 0
    return shutil.disk_usage(folder).free


def is_low(folder: Path) -> bool:
    """Whether somebody has to make room."""
    return free_bytes(folder) < settings().least_free_mb * MEGABYTE


async def look_for_room() -> int:
    """Say in the log when room gets scarce."""
    folder = settings().data
    if is_low(folder):
        log.error("only %d MB are free where files are kept: make room", free_bytes(folder) // MEGABYTE)
    return 0
