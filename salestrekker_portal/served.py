"""The frontends that are served: the newest, and the chunks of those before it, for tabs that are still open.

A build works in its own folders and is published when it is finished: a complete copy under its name, then one swap of
the file that says which is current. A server keeps to the version that it started with, so a build beside it changes
nothing for it.
"""

import os
import re
import shutil
from pathlib import Path

# A tab that stays open over so many upgrades loads the page anew when it needs a chunk.
KEPT = 6
# What a server reads of a build: pages and chunks, and what the compiler noted for it.
PARTS = ("build/client", "backend", "reflex.json", "routes.json")
CHUNK = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def current(web: Path) -> Path | None:
    """The folder of the newest finished build, or None."""
    try:
        folder = _served(web) / (_served(web) / "current").read_text().strip()
    except OSError:
        return None
    return folder if (folder / "build" / "client").is_dir() else None


def is_kept(web: Path, stamp: str) -> bool:
    """Whether these sources were built before and are still there."""
    return (_served(web) / stamp[:24]).is_dir()


def publish(web: Path, stamp: str) -> Path:
    """Make what was built in `web` the current version; older ones stay for the tabs that came from them."""
    served = _served(web)
    served.mkdir(parents=True, exist_ok=True)
    folder = served / stamp[:24]
    if not folder.is_dir():
        _copy(web, folder)
    os.utime(folder)
    marker = served / "current.coming"
    marker.write_text(folder.name)
    marker.replace(served / "current")
    _forget_old(served, folder)
    return folder


def _copy(web: Path, folder: Path) -> None:
    """All or nothing: a folder without ".coming" is complete."""
    coming = folder.with_name(f"{folder.name}.coming")
    shutil.rmtree(coming, ignore_errors=True)
    for part in PARTS:
        source, target = web / part, coming / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy2(source, target)
    coming.rename(folder)


def versions(web: Path) -> list[Path]:
    """All that are kept, the newest first."""
    found = [each for each in _served(web).glob("*") if each.is_dir() and each.suffix != ".coming"]
    return sorted(found, key=lambda each: each.stat().st_mtime_ns, reverse=True)


def chunk_folder(web: Path, name: str) -> Path | None:
    """The pages folder of a version that has this chunk."""
    if not CHUNK.fullmatch(name):
        return None
    pages = (each / "build" / "client" for each in versions(web))
    return next((each for each in pages if (each / "assets" / name).is_file()), None)


def _forget_old(served: Path, newest: Path) -> None:
    for old in [each for each in versions(served.parent) if each != newest][KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _served(web: Path) -> Path:
    return web / "served"
