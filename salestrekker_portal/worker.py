"""The worker: sends what the outbox holds. Inside the app when embedded, or `python -m salestrekker_portal.worker`."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping

from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox.models import Channel, OutboxMessage
from salestrekker_portal.domains.outbox.ports import Sender, SendFailed

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
OnGivenUp = Callable[[WriteSession, OutboxMessage], Awaitable[None]]


class Worker:
    """Claims messages that are due and hands each to the sender of its channel."""

    def __init__(self, senders: Mapping[Channel, Sender], on_given_up: OnGivenUp) -> None:
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._senders = senders
        self._on_given_up = on_given_up
        self._due = asyncio.Event()

    def wake(self) -> None:
        """Something is due now."""
        self._due.set()

    async def run(self) -> None:
        """Until cancelled. A broken round is logged and tried again: one bad row can't stop the queue."""
        while True:
            self._due.clear()
            try:
                while await self.one_round():
                    pass
            except Exception:
                log.exception("the outbox round failed")
            try:
                await asyncio.wait_for(self._due.wait(), POLL_SECONDS)
            except TimeoutError:
                continue

    async def one_round(self) -> int:
        """Send what is due now; returns how many were claimed."""
        async with transaction() as session:
            claimed = await outbox.claim(session, self.name)
        for message in claimed:
            await self._send(message)
        return len(claimed)

    async def _send(self, message: OutboxMessage) -> None:
        try:
            await self._senders[message.channel].send(outbox.opened(message))
        except SendFailed as failure:
            await self._failed(message, failure.problem, permanent=failure.permanent)
        except Exception:
            log.exception("sending %s failed", message.id)
            await self._failed(message, "something went wrong on our side", permanent=False)
        else:
            async with transaction() as session:
                await outbox.settle_sent(session, message.id, self.name)

    async def _failed(self, message: OutboxMessage, problem: str, *, permanent: bool) -> None:
        # The copy that settle_failed wipes of its content may still be needed by what happens next.
        async with transaction() as session:
            given_up = await outbox.settle_failed(session, message.id, self.name, problem, permanent=permanent)
            if given_up is not None:
                await self._on_given_up(session, given_up)


async def main() -> None:
    """The worker as its own process."""
    from salestrekker_portal.config import settings
    from salestrekker_portal.database.session import open_database
    from salestrekker_portal.wiring import make_worker

    open_database(settings().database)
    worker = make_worker()
    outbox.wake_worker_with(worker.wake)
    await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
