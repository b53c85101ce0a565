"""The worker: sends what the outbox holds. Inside the app when embedded, or `python -m salestrekker_portal.worker`."""

import asyncio
import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import Mapping
from dataclasses import replace

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.activity.service import publish_with
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.domains.organisations.logo import logo_for_mail
from salestrekker_portal.domains.outbox import following, settling
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox.models import Channel, Delivery, OutboxMessage
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, Sender, SendFailed
from salestrekker_portal.domains.outbox.rules import Next
from salestrekker_portal.domains.outbox.service import Envelope

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
FOLLOW_UP_SECONDS = 60.0
OnGivenUp = settling.OnGivenUp


class Worker:
    """Tells people of what happened, claims messages that are due, and hands each to the sender of its channel."""

    def __init__(self, senders: Mapping[Channel, Sender], on_given_up: OnGivenUp) -> None:
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._senders = senders
        self._on_given_up = on_given_up
        self._due = asyncio.Event()
        self._stopping = False
        self._follow_up_at = 0.0
        self._paused_until: dict[Channel, float] = {}

    def wake(self) -> None:
        """Something is due now."""
        self._due.set()

    def stop(self) -> None:
        """Finish what is on its way, then leave `run`."""
        self._stopping = True
        self._due.set()

    async def run(self) -> None:
        """Until stopped or cancelled. A broken round is logged and tried again: one bad row can't stop the queue."""
        while not self._stopping:
            self._due.clear()
            try:
                while (await tell_due()) + (await self.one_round()) and not self._stopping:
                    pass
                if time.monotonic() >= self._follow_up_at and not self._stopping:
                    self._follow_up_at = time.monotonic() + FOLLOW_UP_SECONDS
                    await self.follow_up()
            except Exception:
                log.exception("the outbox round failed")
            try:
                await asyncio.wait_for(self._due.wait(), 0 if self._stopping else POLL_SECONDS)
            except TimeoutError:
                continue

    async def one_round(self) -> int:
        """Send what is due now; returns how many were claimed."""
        open_channels = [channel for channel in self._senders if self._paused_until.get(channel, 0) <= time.monotonic()]
        async with transaction() as session:
            claimed = await outbox.claim(session, self.name, open_channels)
        async with asyncio.TaskGroup() as together:
            for message in claimed:
                together.create_task(self._deal_with(message))
        return len(claimed)

    async def follow_up(self) -> int:
        """Ask about SMS of which nothing was heard since; returns about how many."""
        async with transaction() as session:
            silent = await following.claim_silent(session)
        for message_id, ref in silent:
            try:
                report = await self._senders[Channel.SMS].ask(ref)
            except Exception:
                log.warning("message %s can't be asked about", message_id, exc_info=True)
                continue
            if report is not None:
                async with transaction() as session:
                    await settling.act_on(session, message_id, report, self._on_given_up)
        return len(silent)

    async def _deal_with(self, message: OutboxMessage) -> None:
        try:
            if message.status is Delivery.UNKNOWN:
                await self._look_up(message)
            else:
                await self._hand_over(message)
        except Exception:
            # What can't be written down now is found again when the lease runs out.
            log.exception("message %s was not settled", message.id)

    async def _hand_over(self, message: OutboxMessage) -> None:
        try:
            receipt = await self._senders[message.channel].send(await _branded(message))
        except SendFailed as failure:
            await self._failed(message, failure.problem, permanent=failure.permanent, reason=failure.reason)
        except OutcomeUnknown:
            log.warning("no answer about message %s", message.id)
            async with transaction() as session:
                await settling.settle_unknown(session, message.id, self.name)
        except ChannelDown as down:
            await self._pause(message, str(down))
        except Exception:
            log.exception("sending %s failed", message.id)
            await self._failed(message, "something went wrong on our side", permanent=False)
        else:
            async with transaction() as session:
                await settling.settle_sent(session, message.id, self.name, receipt)

    async def _failed(
        self, message: OutboxMessage, problem: str, *, permanent: bool, reason: Reason = Reason.OTHER
    ) -> None:
        async with transaction() as session:
            given_up = await settling.settle_failed(
                session, message.id, self.name, problem, permanent=permanent, reason=reason
            )
            if given_up is not None:
                await self._on_given_up(session, given_up)

    async def _pause(self, message: OutboxMessage, problem: str) -> None:
        log.error("%s is down: %s", message.channel.value, problem)
        self._paused_until[message.channel] = time.monotonic() + settling.CHANNEL_PAUSE.total_seconds()
        async with transaction() as session:
            await settling.put_back(session, message.id, self.name, problem)

    async def _look_up(self, message: OutboxMessage) -> None:
        try:
            found = await self._senders[message.channel].find(outbox.opened(message), message.handed_at)
        except ChannelDown as down:
            await self._pause(message, str(down))
            return
        except Exception:
            log.warning("message %s can't be looked up", message.id, exc_info=True)
            found = None
        async with transaction() as session:
            then, settled = await settling.settle_lookup(session, message.id, self.name, found)
            if then is Next.GIVE_UP and settled is not None:
                await self._on_given_up(session, settled)
        if then is Next.SEND_AGAIN:
            await self._hand_over(message)


async def main() -> None:
    """The worker as its own process."""
    from salestrekker_portal.config import settings
    from salestrekker_portal.database.session import close_database, open_database
    from salestrekker_portal.upkeep import keep_up
    from salestrekker_portal.wiring import live_bus, make_worker

    open_database(settings().database)
    worker = make_worker()
    outbox.wake_worker_with(worker.wake)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, worker.stop)
    beside = [asyncio.create_task(keep_up())]
    bus = live_bus()
    if bus is not None:
        publish_with(bus.publish)
        beside.append(asyncio.create_task(bus.carry()))
    await worker.run()
    for task in beside:
        task.cancel()
    await close_database()


if __name__ == "__main__":
    asyncio.run(main())


async def _branded(message: OutboxMessage) -> Envelope:
    """The message, an e-mail with the firm's logo as it is now."""
    envelope = outbox.opened(message)
    if message.channel is not Channel.EMAIL:
        return envelope
    async with reading() as session:
        logo = await logo_for_mail(session, message.organisation_id)
    return replace(envelope, content=replace(envelope.content, logo=logo)) if logo else envelope
