"""A worker says every few seconds that it lives and what it has done; who is silent for a minute is missing."""

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from salestrekker_portal.database.session import ReadSession, transaction
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.watching import Worker

BEAT_SECONDS = 15.0
MISSING_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass
class Heartbeat:
    """Of this process. `lanes` says what its lanes have done, as it is kept in the row."""

    name: str = field(default_factory=lambda: f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}")
    lanes: Callable[[], dict[str, Any]] = dict
    started_at: datetime = field(default_factory=utc_now)

    async def beat(self) -> int:
        """Say that this worker lives."""
        now, lanes = utc_now(), self.lanes()
        async with transaction() as session:
            await session.execute(delete(Worker).where(Worker.seen_at < now - FORGOTTEN_AFTER))
            await session.merge(Worker(name=self.name, started_at=self.started_at, seen_at=now, lanes=lanes))
        return 0

    async def leave(self) -> None:
        """This worker was stopped on purpose, so nobody has to miss it."""
        async with transaction() as session:
            await session.execute(delete(Worker).where(Worker.name == self.name))


async def all_workers(session: ReadSession) -> list[Worker]:
    """Those that said something within a day, the latest first."""
    return list(await session.scalars(select(Worker).order_by(Worker.seen_at.desc())))


def lives(worker: Worker) -> bool:
    """Whether it was heard lately."""
    return worker.seen_at > utc_now() - MISSING_AFTER
