"""The real product as a subprocess: built bundle, its own data folder, a free port. Can be killed and restarted."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from salestrekker_portal.build import ROOT, build
from tests.support.ports import free_port

READY_PATH = "/health"
PATIENCE_SECONDS = 60


def ensure_built(lock_folder: Path) -> None:
    """Build the bundle once, also when several test workers ask at the same time."""
    import fcntl

    with (lock_folder / "portal-build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build()


def make_once(folder: Path) -> None:
    """Seed the demonstration brokerage into a folder, unless another process of this run did."""
    import fcntl

    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder.parent / "made").exists():
            make_demo_data(folder)
            (folder.parent / "made").touch()


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment without settings of the portal or of Reflex that a developer may have."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PORTAL_", "REFLEX_", "__REFLEX")) and key not in ("PORT", "DATABASE_URL", "REDIS_URL")
    }
    return kept | settings


def make_demo_data(folder: Path) -> None:
    """Seed the demonstration brokerage into a folder; slow, so tests copy the result."""
    environment = clean_environment(PORTAL_MODE="demo", PORTAL_DATA=str(folder))
    command = [sys.executable, "-m", "salestrekker_portal.demo"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"The demo data could not be made:\n{done.stdout}\n{done.stderr}")


class PortalServer:
    """One running product. `url` is its origin, `data` its folder, `log` everything it printed."""

    module = "salestrekker_portal.serve"

    def __init__(self, data: Path, *, demo: bool = True, **settings: str) -> None:
        self.data = data
        self.arguments = ["--demo", "--keep", "--no-build"] if demo else ["--no-build"]
        self.settings = settings
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_path = data.parent / f"{data.name}.log"
        self.process: subprocess.Popen | None = None

    @classmethod
    def from_template(cls, template: Path, data: Path, **settings: str) -> "PortalServer":
        """A server on a copy of seeded data."""
        shutil.copytree(template, data)
        return cls(data, **settings)

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def start(self) -> "PortalServer":
        """Start and wait until it answers. Raises with the log when it does not."""
        environment = clean_environment(PORT=str(self.port), PORTAL_DATA=str(self.data), **self.settings)
        command = [sys.executable, "-m", self.module, *self.arguments]
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--with-parent"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()
        return self

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + READY_PATH, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"The server did not become ready:\n{self.log[-4000:]}")

    def kill(self) -> None:
        """kill -9 of every process of the server: no farewell, no flush."""
        self._signal(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop, as a supervisor would; the exit status."""
        if self.process is None:
            return 0
        self.process.terminate()
        try:
            return self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()
            return -1

    def restart(self) -> "PortalServer":
        """Start again on the same port and data."""
        return self.start()

    def _signal(self, number: int) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(timeout=15)
