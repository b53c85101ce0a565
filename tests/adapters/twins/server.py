"""What the HTTP twins share: a server in a thread, faults on demand, and callbacks."""

import http.client
import socket
import struct
import threading
import time
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit


class Fault(Enum):
    """What goes wrong with the next request. TAKEN_...: the message was taken before it went wrong."""

    BUSY = auto()  # 429
    BROKEN = auto()  # 500 with the vendor's own body
    TAKEN_GATEWAY = auto()  # 502 of a proxy that knows nothing
    TAKEN_SLOW = auto()  # the answer takes longer than anybody waits
    TAKEN_RESET = auto()  # the connection dies instead of an answer
    LOST_RESET = auto()  # the connection dies, and nothing was taken
    HALF = auto()  # the answer stops in the middle


class HangUp(Exception):
    """Reset the connection."""


Answer = tuple[int, dict[str, str], bytes]
SLOW_SECONDS = 1.0


class Twin:
    """A provider. `url` is its base address; `requests` counts what came in; `delay` is how long an answer takes."""

    # Where faults strike: at sends, or at every question.
    faulty_methods: ClassVar[tuple[str, ...]] = ("POST",)
    busy: ClassVar[Answer]
    broken: ClassVar[Answer]

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.requests = 0
        self.delay = 0.0
        self._faults: list[Fault] = []
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail_next(self, *faults: Fault) -> None:
        """The next sends, one fault each."""
        self._faults.extend(faults)

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """The twin's own answer, without faults."""
        raise NotImplementedError

    def respond_or_fail(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        with self.lock:
            self.requests += 1
            fault = self._faults.pop(0) if self._faults and method in self.faulty_methods else None
        if fault is Fault.BUSY:
            return self.busy
        if fault is Fault.BROKEN:
            return self.broken
        if fault is Fault.LOST_RESET:
            raise HangUp
        answer = self.respond(method, path, headers, body)
        if fault is Fault.TAKEN_GATEWAY:
            return 502, {"content-type": "text/html"}, b"<html>502 Bad Gateway</html>"
        if fault is Fault.HALF:
            status, headers, content = answer
            return status, headers, content[: len(content) // 2]
        if fault is Fault.TAKEN_RESET:
            raise HangUp
        if self.delay:
            time.sleep(self.delay)
        if fault is Fault.TAKEN_SLOW:
            time.sleep(SLOW_SECONDS)
        return answer


def post(url: str, path: str, headers: dict[str, str], body: bytes) -> int:
    """Call back; the status that came back."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address) -> None:
        """A caller that gave up waiting is what some tests want."""


def _handler_of(twin: Twin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                status, extra, content = twin.respond_or_fail(self.command, self.path, headers, body)
            except HangUp:
                # Lingering for no time at all makes the close a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(status)
            for name, value in {**extra, "content-length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _answer

        def log_message(self, *parts) -> None:
            """Quiet."""

    return Handler
