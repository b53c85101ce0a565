"""The list of deals by the API: 50 of them over and over, by 32 programs at once, against the floor's own list."""

import asyncio
import sqlite3
import time
import uuid
from pathlib import Path

from salestrekker_portal.kernel.tokens import token_hash

PROGRAMS, REQUESTS = 32, 60
MAKE_KEY = """
INSERT INTO api_tokens (id, created_at, organisation_id, user_id, name, scopes, token_hash, ending)
SELECT ?, created_at, organisation_id, user_id, ?, '["deals:read"]', ?, '0000'
FROM memberships WHERE role = 'admin' LIMIT 1
"""


def make_keys(database: Path) -> list[str]:
    """One key for each program: a key may be used 600 times a minute."""
    keys = [f"stp_bench{n}" for n in range(PROGRAMS)]
    with sqlite3.connect(database) as store:
        store.executemany(MAKE_KEY, [(uuid.uuid4().hex, f"Program {n}", token_hash(key)) for n, key in enumerate(keys)])
    store.close()
    return keys


async def _ask(port: int, target: str, key: str) -> list[float]:
    """Milliseconds of each request on one kept connection. Raises when an answer is not a list."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET {target} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {key}\r\n\r\n".encode()
    took = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(head.decode())
        took.append((time.perf_counter() - begun) * 1000)
    writer.close()
    return took


def measure(url: str, target: str, keys: list[str]) -> dict[str, float]:
    """Milliseconds a request takes of the whole (1,000 / requests a second), and the p95 of a single one."""

    async def all_at_once() -> list[list[float]]:
        port = int(url.rpartition(":")[2])
        return await asyncio.gather(*(_ask(port, target, key) for key in keys))

    begun = time.perf_counter()
    took = sorted(each for one in asyncio.run(all_at_once()) for each in one)
    seconds = time.perf_counter() - begun
    return {"list_rps": len(took) / seconds, "list_p95": took[len(took) * 95 // 100]}
