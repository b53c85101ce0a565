"""The post: hands what the outbox holds to the senders, each channel by itself."""

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notices.reasons import why_of
from salestrekker_portal.domains.organisations.letterhead import on_paper
from salestrekker_portal.domains.outbox import following, settling
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, Sender, SendFailed
from salestrekker_portal.domains.outbox.rules import Next
from salestrekker_portal.domains.outbox.service import Envelope
from salestrekker_portal.due.engine import Lane
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

log = logging.getLogger(__name__)

SOON = 1.0

OnGivenUp = settling.OnGivenUp


class Post:
    """Claims messages that are due and hands each to the sender of its channel."""

    def __init__(
        self,
        senders: Mapping[Channel, Sender],
        on_given_up: OnGivenUp,
        when_free: Callable[[Channel], None] = lambda channel: None,
    ) -> None:
        """`when_free` is told when a message of a channel has been dealt with, so that the next can go."""
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._senders = senders
        self._on_given_up = on_given_up
        self.when_free = when_free
        self._paused_until: dict[Channel, float] = {}
        self._on_their_way: dict[Channel, set[asyncio.Task]] = {channel: set() for channel in senders}

    def lanes(self) -> list[Lane]:
        """One for each channel, and one that asks about texts of which nothing was heard."""
        return [
            *(
                Lane(
                    name=channel.value,
                    round=partial(self.start_sending, channel),
                    settled=partial(self.settled, channel),
                    every=SOON,
                    finishes=True,
                )
                for channel in self._senders
            ),
            Lane(name="receipts", round=self.follow_up),
        ]

    async def start_sending(self, channel: Channel) -> int:
        """Start as many messages as there are free hands; returns how many. Doesn't wait for any of them."""
        # Hands, not a queue: what isn't claimed stays in the database, where another worker can take it.
        on_their_way = self._on_their_way[channel]
        claimed = await self._claim([channel], outbox.CLAIM_AT_ONCE - len(on_their_way))
        for message in claimed:
            task = asyncio.create_task(self._deal_with(message))
            on_their_way.add(task)
            task.add_done_callback(partial(self._done, channel))
        return len(claimed)

    def _done(self, channel: Channel, task: asyncio.Task) -> None:
        self._on_their_way[channel].discard(task)
        self.when_free(channel)

    async def settled(self, channel: Channel) -> None:
        """Wait for the messages of a channel that are on their way."""
        await asyncio.gather(*self._on_their_way[channel])

    async def _claim(self, channels: list[Channel], most: int) -> list[OutboxMessage]:
        carrying = [channel for channel in channels if self._paused_until.get(channel, 0) <= time.monotonic()]
        if not carrying or most <= 0:
            return []
        # A look costs no lock. On SQLite a transaction is the only writer, and this runs each second.
        async with reading() as session:
            if not await outbox.anything_due(session, carrying):
                return []
        async with transaction() as session:
            return await outbox.claim(session, self.name, carrying, most)

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
            since = message.handed_at or message.created_at
            found = await self._senders[message.channel].find(outbox.opened(message), since)
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


async def _branded(message: OutboxMessage) -> Envelope:
    """The message, an e-mail on the firm's paper as it is now."""
    envelope = outbox.opened(message)
    if message.channel is not Channel.EMAIL:
        return envelope
    async with reading() as session:
        content = await on_paper(session, message.organisation_id, envelope.content)
    why = content.why or why_of(message.kind, content.firm)
    return replace(envelope, content=replace(content, why=why))
