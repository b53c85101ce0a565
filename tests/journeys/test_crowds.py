"""Fifteen hundred connections that say nothing, and as many posts that never end, keep nobody else waiting."""

import contextlib
import resource
import socket
import time
import urllib.request
from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.browser  # needs the production bundle

CROWD = 1500
SOON_SECONDS = 1.5
SLOW_POST = (
    "POST /session/broker HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\ne"
)


@pytest.fixture(autouse=True)
def many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, 2 * CROWD + 500)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def crowd(port: int, says: bytes) -> Iterator[list[socket.socket]]:
    """CROWD connections from one address, each of which has said `says` and no more."""
    with contextlib.ExitStack() as stack:
        sockets = []
        for _ in range(CROWD):
            sockets.append(stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)))
            with contextlib.suppress(OSError):  # turned away already
                sockets[-1].sendall(says)
        yield sockets


def seconds_for(url: str) -> float:
    started = time.monotonic()
    with urllib.request.urlopen(url, timeout=20) as answer:
        assert answer.status == 200
        answer.read()
    return time.monotonic() - started


@pytest.mark.parametrize("says", ["", SLOW_POST], ids=["idle", "slow posts"])
def test_others_are_served_while_a_crowd_holds_on(own_server, says: str) -> None:
    seconds_for(own_server.url + "/sign-in")
    with crowd(own_server.port, says.format(port=own_server.port).encode()) as sockets:
        for path in ("/sign-in", "/health", "/sign-in"):
            assert seconds_for(own_server.url + path) < SOON_SECONDS
        if not says:
            _ended(sockets)


def _ended(sockets: list[socket.socket]) -> None:
    """A connection that says nothing comes to an end by itself."""
    sockets[0].settimeout(25)
    assert sockets[0].recv(100)[:0] == b""
    with contextlib.suppress(ConnectionError):
        while sockets[0].recv(1000):
            pass
