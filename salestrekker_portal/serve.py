"""`python -m salestrekker_portal.serve`: the whole product in one process, from the production bundle.

    --demo         a demonstration brokerage with fresh data (`--keep`: with the data of the last run)
    --no-build     use the bundle that is there (deployments build once, see deploy/)
    --with-parent  stop when the process that started this one is gone (make)

Order: refuse early when the port is taken, build if the sources changed, prepare the database, serve.
Reflex's own `reflex run --env prod` compiles on every start; this starts from the finished bundle in seconds.
"""

import argparse
import os
import resource
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from salestrekker_portal.build import ROOT, WEB, BuildFailed, build
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.logs import configuration, write_logs
from salestrekker_portal.served import current

APP = "salestrekker_portal.serve:create_app"
MOST_CONNECTIONS, FILES_OF_OUR_OWN = 16_384, 512
QUIET_MILLISECONDS = 10_000  # how long a request's head may take, and a kept connection may say nothing
STOP_AFTER_SECONDS = 5  # open websockets would hold a graceful stop for ever


def create_app():  # called by the server, in the process that serves
    """The ASGI application: the compiled frontend, the websocket and our own routes on one port."""
    leave_with_parent(lambda: os._exit(1))
    write_logs()
    from salestrekker_portal.salestrekker_portal import app

    # Here and not in the process that started this one: a thread that imports while it forks would lock us up.
    threading.Thread(target=announce, name="announce", daemon=True).start()
    return app()


def leave_with_parent(leave: Callable[[], None]) -> None:
    """Call `leave` when the process that started this one is gone (kill -9), so that the port is freed."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        leave()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Otherwise a port that was left a moment ago would count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def prepare_environment(*, demo: bool) -> None:
    """Defaults for what the environment leaves open; what it sets is kept."""
    os.environ.setdefault("PORTAL_MODE", "demo" if demo else "embedded")
    os.environ.setdefault("PORTAL_DATA", str(ROOT / ".data" / ("demo" if demo else "portal")))
    if os.environ["PORTAL_MODE"] == "embedded" and not os.environ.get("PORTAL_SECRET"):
        os.environ["PORTAL_SECRET"] = kept_secret(Path(os.environ["PORTAL_DATA"]))
    os.environ |= {
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        # The bundle is finished; Reflex would compile it once more on each start.
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    }


def kept_secret(folder: Path) -> str:
    """The secret of an installation on one machine: made on its first start, readable by its owner only."""
    path = folder / "secret"
    if not path.exists():
        if (folder / "portal.db").exists():
            sys.exit(
                f"There are data in {folder} and no secret beside them: people's papers and links would not open. "
                "Put the file `secret` back there, from where you keep it apart from backups, or set PORTAL_SECRET."
            )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def address() -> tuple[str, int]:
    """Where to listen: this machine, unless PORTAL_HOST says otherwise. Ends with a sentence when that can't be."""
    try:
        chosen = settings()
    except BadSettings as refusal:
        sys.exit(str(refusal))
    host = chosen.host
    if not port_is_free(host, chosen.port):
        sys.exit(f"Port {chosen.port} is in use. Stop what uses it, or choose another: PORT={chosen.port + 1}")
    return host, chosen.port


def prepare_data(*, demo: bool, keep: bool) -> None:
    """Bring the database to the newest revision; for the demo, make a fresh one with its people in it."""
    Path(os.environ["PORTAL_DATA"]).mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = demo and not (keep and any(Path(os.environ["PORTAL_DATA"]).glob("*.db")))
    step = ["salestrekker_portal.demo"] if fresh else ["salestrekker_portal.keeping.prepare"]
    done = subprocess.run([sys.executable, "-m", *step], cwd=ROOT, stdin=subprocess.DEVNULL)  # noqa: S603
    if done.returncode != 0:
        sys.exit("The database could not be prepared; the reason is above.")


def keep_to_the_current_version() -> None:
    """What is built while this server runs is for the next one. Ends with a sentence when nothing was built."""
    version = current(WEB)
    if version is None:
        sys.exit("There is no built frontend. Run `make build` first.")
    os.environ["REFLEX_WEB_WORKDIR"] = str(version)


def most_connections() -> int:
    """How many connections may be open: as many as this process may hold files, less what it needs itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + FILES_OF_OUR_OWN
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(256, max(soft, allowed) - FILES_OF_OUR_OWN)


def announce() -> None:
    """Say that we serve once the port really answers."""
    host = "127.0.0.1" if settings().host == "0.0.0.0" else settings().host  # noqa: S104
    url = f"http://{host}:{settings().port}/health"
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    break
        except OSError:
            time.sleep(0.2)
    print(f"Serving {settings().public_origin} (Ctrl-C stops it)", flush=True)


def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. One worker: live updates and tab state live in its memory."""
    # Late: a port in use or a bad setting is told before a second is spent on importing the server.
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        target=APP,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        # A connection costs a file; idle ones must never be what keeps others out.
        backpressure=most_connections(),
        backlog=4096,
        # The proxy in front speaks HTTP/1, and only there does a connection that says nothing come to an end.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=QUIET_MILLISECONDS),
        log_level=LogLevels.warning,
        log_dictconfig=configuration(settings().log),
        workers_kill_timeout=STOP_AFTER_SECONDS,
    )
    server.serve()


def main() -> None:
    """Parse the arguments and run the steps in order."""
    parser = argparse.ArgumentParser(prog="python -m salestrekker_portal.serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="fresh demonstration data")
    parser.add_argument("--keep", action="store_true", help="with --demo: keep the data of the last run")
    parser.add_argument("--no-build", action="store_true", help="use the bundle that is there")
    parser.add_argument("--with-parent", action="store_true", help="stop when the starting process is gone")
    wanted = parser.parse_args()
    if wanted.with_parent:
        leave_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the server installs its own
    os.chdir(ROOT)
    prepare_environment(demo=wanted.demo)
    try:
        host, port = address()
        if not wanted.no_build:
            build()
        keep_to_the_current_version()
        prepare_data(demo=wanted.demo, keep=wanted.keep)
        from salestrekker_portal.portals.routes.first_run import set_up_lines

        for line in set_up_lines():
            print(line, flush=True)
        serve(host, port)
    except BuildFailed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
