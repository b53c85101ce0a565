"""A real PostgreSQL server for the tests: its own folder, a free port, nothing left behind.

Durability is switched off, because a test that fails does not need its data after a power cut.
"""

import contextlib
import itertools
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.support.machine import POSTGRES, postgres_bin
from tests.support.ports import free_port

OWNER = "app"
MANY = "-c max_connections=60"
QUICK = f"-c fsync=off -c synchronous_commit=off -c full_page_writes=off {MANY}"


class PostgresServer:
    """Started on construction. `url(name)` addresses a database; `create(...)` makes a fresh one.

    With `options` MANY it keeps its promises as a firm's own server does, and may be killed.
    """

    def __init__(self, options: str = QUICK) -> None:
        self.bin = postgres_bin()
        if self.bin is None:
            raise RuntimeError(POSTGRES.hint)
        # PostgreSQL refuses to run as root, so there the package's own user runs it.
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))  # short: socket paths are limited
        self.data = self.folder / "data"
        self.port = free_port()
        self._numbers = itertools.count(1)
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {options}"
        self.start()

    def start(self) -> None:
        """Start it on its data, after it was killed too; returns once it takes connections."""
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", self.options, "start")

    def kill(self) -> None:
        """kill -9 of the server and everything below it: no farewell, no flush."""
        leader = int((self.data / "postmaster.pid").read_text().split()[0])
        below = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
        for each in [leader, *map(int, below)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.bin / program), *map(str, arguments)]
        if self.user:
            command = ["su", self.user, "-s", "/bin/sh", "-c", shlex.join(command)]
        # Not captured by pipes: the server inherits them and would keep them open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/tmp")
            output.seek(0)
            if done.returncode != 0:
                raise RuntimeError(f"{program} failed: {output.read().decode(errors='replace')[-1500:]}")

    def url(self, name: str) -> str:
        """SQLAlchemy's address of a database, for the driver that the product uses."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple]:
        """Run one statement outside a transaction; rows when it has any."""
        address = f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def create(self, template: str = "template0") -> str:
        """The name of a fresh database, a copy of the template."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server at once and remove its folder."""
        try:
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
