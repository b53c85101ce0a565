"""What the machine must have for the whole suite, where it is found, and how it gets there.

`python -m tests.support.machine` installs what is missing when it may (root on Debian) and otherwise ends with
one line that says what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MAC = sys.platform == "darwin"


def _first(*candidates: str) -> str | None:
    """The first candidate that is a file or a command on PATH."""
    for candidate in candidates:
        found = candidate if "/" in candidate and Path(candidate).exists() else shutil.which(candidate)
        if found:
            return found
    return None


def chromium() -> str | None:
    return _first(
        "/usr/bin/chromium",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    )


def firefox() -> str | None:
    return _first("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")


def webkit_driver() -> str | None:
    """WebKitGTK's driver; on a Mac, Safari's own."""
    return _first("safaridriver") if MAC else _first("WebKitWebDriver")


def mini_browser() -> str | None:
    """The browser that WebKitGTK's driver controls."""
    for folder in sorted(Path("/usr").glob("lib*/*/webkit2gtk-4.*"), reverse=True):
        if (folder / "MiniBrowser").exists():
            return str(folder / "MiniBrowser")
    return None


def xvfb() -> str | None:
    return _first("Xvfb")


def postgres_bin() -> Path | None:
    """The folder with initdb and pg_ctl, newest release first."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    for folder in sorted(folders, key=_release, reverse=True):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found and shutil.which("pg_ctl") else None


def _release(folder: Path) -> int:
    digits = "".join(c for c in folder.parent.name if c.isdecimal())
    return int(digits or 0)


def redis_server() -> str | None:
    return _first("redis-server")


def clamd() -> str | None:
    """ClamAV's daemon; Debian keeps it where only root looks."""
    return _first("clamd", "/usr/sbin/clamd", "/opt/homebrew/sbin/clamd")


def s3_server() -> str | None:
    """An S3 server that comes as a wheel, with the other packages of the tests."""
    return _first(str(Path(sys.prefix) / "bin" / "ministack"), "ministack")


def nginx() -> str | None:
    return _first("nginx", "/usr/sbin/nginx")


@dataclass(frozen=True)
class Need:
    """One thing the suite needs: how it is found, and the packages that bring it: Debian's, or Python's."""

    what: str
    found: Callable[[], object | None]
    debian: tuple[str, ...]
    mac: str
    wheel: str = ""

    @property
    def hint(self) -> str:
        """The one line for a person without it."""
        if self.wheel:
            return f"{self.what} is missing: pip install {self.wheel}"
        how = self.mac if MAC else "apt-get install " + " ".join(self.debian)
        return f"{self.what} is missing: {how}"


POSTGRES = Need("PostgreSQL", postgres_bin, ("postgresql",), "brew install postgresql@17")
CHROMIUM = Need("Chromium", chromium, ("chromium", "fonts-dejavu-core", "fonts-liberation"), "install Google Chrome")
FIREFOX = Need("Firefox", firefox, ("firefox-esr",), "install Firefox")
WEBKIT = Need("WebKit's driver", webkit_driver, ("webkit2gtk-driver",), "run `safaridriver --enable` once")
XVFB = Need("Xvfb", xvfb if not MAC else lambda: "not needed", ("xvfb", "xauth"), "")
REDIS = Need("Redis", redis_server, ("redis-server",), "brew install redis")
CLAMAV = Need("ClamAV", clamd, ("clamav-daemon",), "brew install clamav")
S3 = Need("An S3 server", s3_server, (), "", wheel="ministack==1.5.33")
NGINX = Need("nginx", nginx, ("nginx-light",), "brew install nginx")
SYSTEMD = Need("systemd-analyze", lambda: "not needed" if MAC else _first("systemd-analyze"), ("systemd",), "")
NEEDS = (POSTGRES, CHROMIUM, FIREFOX, WEBKIT, XVFB, REDIS, CLAMAV, S3, NGINX, SYSTEMD)


def missing(needs: tuple[Need, ...] = NEEDS) -> list[Need]:
    return [need for need in needs if need.found() is None]


def install(needs: list[Need]) -> None:
    """Ask Debian's package manager for what is missing. Output only when it fails."""
    packages = [package for need in needs for package in need.debian]
    print("Installing for the tests:", " ".join(packages), flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
            return


def install_wheels(needs: list[Need]) -> None:
    """Ask pip for what is missing. Output only when it fails."""
    wheels = [need.wheel for need in needs if need.wheel]
    if wheels:
        command = [sys.executable, "-m", "pip", "install", "--quiet", *wheels]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)


def main() -> None:
    """Make the machine ready, or say in one line what it lacks."""
    install_wheels(missing())
    lacking = missing()
    if not MAC and os.geteuid() == 0 and shutil.which("apt-get"):
        if lacking:
            install(lacking)
        lacking = missing()
    if lacking:
        sys.exit("; ".join(need.hint for need in lacking))


if __name__ == "__main__":
    main()
