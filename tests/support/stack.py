"""The whole production stack on free ports of this machine, without containers: `python -m tests.support.stack`.

nginx (from deploy/nginx.conf) before two web servers, two workers apart, PostgreSQL, an S3 server, and Redis with a
password, which may refuse and never forgets. Everything lives in one folder and stops with it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from salestrekker_portal.build import ROOT, build
from tests.support import machine
from tests.support.ports import free_port
from tests.support.postgres import MANY, PostgresServer
from tests.support.s3 import KEYS, REGION, LineAside, S3Server
from tests.support.server import clean_environment

PATIENCE_SECONDS = 120
PASSWORD = "only-for-this-stack"
BUCKET = "papers"


class Stack:
    """`url` is what people type. `web` and `workers` are the processes, by number; each has its log in `folder`."""

    def __init__(self, processes: int = 2) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="portal-stack-", dir="/tmp"))
        self.folder.chmod(0o755)  # nginx's own workers are nobody
        self.processes = processes
        self.ports = [free_port() for _ in range(processes)]
        self.port, self.redis_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.web: dict[int, subprocess.Popen] = {}
        self.workers: dict[int, subprocess.Popen] = {}
        self.redis: subprocess.Popen | None = None
        self.nginx: subprocess.Popen | None = None
        self.postgres: PostgresServer | None = None
        self.s3: S3Server | None = None
        # What lies between the web servers and the papers: its troubles are made here.
        self.line: LineAside | None = None

    def start(self) -> "Stack":
        """Everything, in the order in which one needs the other. Raises with a log when something doesn't start."""
        build()
        self.postgres = PostgresServer(MANY)
        self.database = self.postgres.url(self.postgres.create())
        self.s3 = S3Server()
        self.s3.make_bucket(BUCKET)
        self.line = LineAside(self.s3.port)
        self.start_redis()
        self._run("furnish", "-m", "salestrekker_portal.demo").wait()
        for number in range(self.processes):
            self.start_web(number)
            self.start_worker(number)
        self._start_nginx()
        self.wait()
        return self

    def wait(self) -> None:
        """Until every web server answers, and all that they need is there. Raises with the logs."""
        for url in self.web_urls:
            self._wait_for(f"{url}/ready/here")
        self._wait_for(f"{self.url}/sign-in")
        self._wait_for(f"{self.web_urls[0]}/ready")

    @property
    def web_urls(self) -> list[str]:
        """Each web server by itself, past the proxy."""
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    @property
    def environment(self) -> dict[str, str]:
        """The one configuration of all processes. Its people are invented; nothing leaves."""
        return clean_environment(
            PORTAL_MODE="demo", PORTAL_WORKER="apart", PORTAL_DATA=str(self.folder / "data"), PORTAL_ORIGIN=self.url,
            DATABASE_URL=self.database, REDIS_URL=f"redis://:{PASSWORD}@127.0.0.1:{self.redis_port}/0",
            PORTAL_FILES="bucket", PORTAL_BUCKET=BUCKET, PORTAL_BUCKET_ENDPOINT=self.line.url if self.line else "",
            PORTAL_BUCKET_REGION=REGION, PORTAL_BUCKET_ACCESS_KEY=KEYS["access_key"],
            PORTAL_BUCKET_SECRET_KEY=KEYS["secret_key"], PORTAL_TRUSTED_PROXIES="127.0.0.1",
            PORTAL_LOG="json", PORTAL_METRICS_TOKEN=PASSWORD,
        )  # fmt: skip

    def start_web(self, number: int) -> None:
        """A web server on its port."""
        port = str(self.ports[number])
        self.web[number] = self._run(f"web{number}", "-m", "salestrekker_portal.serve", "--no-build", PORT=port)

    def start_worker(self, number: int) -> None:
        self.workers[number] = self._run(f"worker{number}", "-m", "salestrekker_portal.worker")

    def log(self, name: str) -> str:
        """What a process wrote: web0, worker1, redis, nginx."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _run(self, name: str, *arguments: str, **settings: str) -> subprocess.Popen:
        return self._open(name, [sys.executable, *arguments], self.environment | settings)

    def _open(self, name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start_redis(self) -> None:
        """Redis, empty: it keeps nothing on a disk."""
        program = machine.redis_server()
        if program is None:
            raise RuntimeError(machine.REDIS.hint)
        options = f"--bind 127.0.0.1 --port {self.redis_port} --save  --appendonly no --requirepass {PASSWORD}"
        options += " --maxmemory 256mb --maxmemory-policy noeviction"
        self.redis = self._open("redis", [program, *options.split(" ")], dict(os.environ))

    def _start_nginx(self) -> None:
        program = machine.nginx()
        if program is None:
            raise RuntimeError(machine.NGINX.hint)
        path = self.folder / "nginx.conf"
        path.write_text(self._nginx_configuration())
        command = [program, "-c", str(path), "-p", str(self.folder), "-e", str(self.folder / "nginx.log")]
        self.nginx = self._open("nginx", command, dict(os.environ))

    def _nginx_configuration(self) -> str:
        """deploy/nginx.conf with our ports, and without TLS, which needs a name."""
        site = (ROOT / "deploy/nginx.conf").read_text()
        site = site.replace("127.0.0.1:8000", f"127.0.0.1:{self.ports[0]}")
        site = site.replace("127.0.0.1:8001", f"127.0.0.1:{self.ports[-1]}")
        site = site.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        site = re.sub(r"^ +(ssl_\w+|add_header Strict-Transport-Security) .*\n", "", site, flags=re.MULTILINE)
        site = re.sub(r"access_log \S+", f"access_log {self.folder}/access.log", site)
        site = site.replace("proxy_set_header Host $host;", "proxy_set_header Host $http_host;")
        places = "".join(
            f"{name}_temp_path {self.folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        head = f"daemon off;\npid {self.folder}/nginx.pid;\nevents {{ worker_connections 4096; }}\n"
        return f"{head}http {{\n{places}{site}\n}}\n"

    def _wait_for(self, url: str) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        said = ""
        while time.monotonic() < give_up:
            try:
                with urllib.request.urlopen(url, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except urllib.error.HTTPError as refusal:
                said = refusal.read(500).decode(errors="replace")
            except OSError as problem:
                said = str(problem)
            time.sleep(0.2)
        names = sorted(path.stem for path in self.folder.glob("*.log"))
        logs = "\n".join(f"--- {name}\n{self.log(name)[-1500:]}" for name in names)
        self.stop()
        raise RuntimeError(f"{url} did not become ready ({said}):\n{logs}")

    def kill(self, process: subprocess.Popen) -> None:
        """kill -9 of a process and its children."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=15)

    def stop(self) -> dict[str, int]:
        """Ask each to stop, the proxy first; how each ended, by name. Nothing is left behind."""
        ended: dict[str, int] = {}
        named = {f"web{n}": each for n, each in self.web.items()} | {f"worker{n}": e for n, e in self.workers.items()}
        named = {"nginx": self.nginx, **named, "redis": self.redis}
        order = [(name, process) for name, process in named.items() if process is not None]
        for _, process in order:
            if process.poll() is None:
                process.terminate()
        for name, process in order:
            try:
                ended[name] = process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill(process)
                ended[name] = -signal.SIGKILL
        if self.line is not None:
            self.line.stop()
        if self.s3 is not None:
            self.s3.stop()
        if self.postgres is not None:
            self.postgres.stop()
        # Asked to stop again, there is nothing left to do.
        self.s3 = self.line = self.postgres = None
        shutil.rmtree(self.folder, ignore_errors=True)
        return ended


def main() -> None:
    """Run until Ctrl-C or SIGTERM, then stop everything and say how it ended."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.monotonic()
    stack = Stack().start()
    print(f"Ready after {time.monotonic() - began:.0f} s: {stack.url}")
    print(f"Web servers on {stack.ports}, logs in {stack.folder}, database {stack.database}")
    print("Ctrl-C stops everything", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("Stopping:", stack.stop(), flush=True)


if __name__ == "__main__":
    main()
