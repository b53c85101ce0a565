"""The two that are compared, as processes of their own on free ports."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.firm import Firm
from salestrekker_portal.build import ROOT
from tests.support.ports import free_port
from tests.support.server import PortalServer

PATIENCE_SECONDS = 30


@contextmanager
def both(firm: Firm) -> Iterator[tuple[str, PortalServer, int]]:
    """The floor's address, our server, and the floor's process, warm."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.floor", str(firm.floor), str(port)]
    floor = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)  # noqa: S603
    ours = PortalServer(firm.data)
    try:
        _wait_for(f"http://127.0.0.1:{port}/board")
        ours.start()
        yield f"http://127.0.0.1:{port}", ours, floor.pid
    finally:
        ours.stop()
        floor.terminate()
        floor.wait(timeout=15)


def _wait_for(url: str) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  our own loopback
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


def memory_mb(pid: int) -> float:
    """Megabytes of a process and all below it, what is shared counted in parts (PSS). Linux only."""
    total = 0
    for each in _tree(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return round(total / 1024, 1)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in os.listdir(f"/proc/{pid}/task"):
        for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
            yield from _tree(int(child))
