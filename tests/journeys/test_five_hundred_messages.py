"""500 messages, two workers, kill -9 twice, and a network that loses answers: everybody hears once, credits add up."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from salestrekker_portal import config
from salestrekker_portal.build import ROOT
from salestrekker_portal.config import Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.portals.routes.webhooks import WEBHOOK_ROUTES
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from tests import factories as make
from tests.adapters.twins.sendgrid import SendGridTwin
from tests.adapters.twins.server import Fault
from tests.adapters.twins.twilio import TwilioTwin
from tests.support.server import clean_environment
from tests.support.serving import serving

pytestmark = pytest.mark.slow

TEXTS, EMAILS, BOUGHT = 380, 120, 5000
KILL_AT = (130, 320)
MOST_SECONDS = 100


class Workers:
    """Processes of the shipped worker."""

    def __init__(self, **settings: str) -> None:
        self._environment = clean_environment(**settings)
        self._running: list[subprocess.Popen] = []

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.support.hasty_worker"]
        self._running.append(subprocess.Popen(command, cwd=ROOT, env=self._environment, stderr=subprocess.DEVNULL))

    def kill_one_and_replace_it(self) -> None:
        """kill -9 in the middle of whatever it does."""
        victim = self._running.pop(0)
        victim.kill()
        victim.wait()
        self.start()

    def stop(self) -> list[int]:
        for each in self._running:
            each.terminate()
        return [each.wait(15) for each in self._running]


def settings_of(twilio: TwilioTwin, sendgrid: SendGridTwin, database: str) -> dict[str, str]:
    return {
        "PORTAL_MODE": "dev",
        "DATABASE_URL": database,
        "PORTAL_ORIGIN": "https://portal.example.com",
        "PORTAL_SMS": "twilio",
        "PORTAL_TWILIO_ACCOUNT_SID": twilio.account_sid,
        "PORTAL_TWILIO_AUTH_TOKEN": twilio.auth_token,
        "PORTAL_TWILIO_SENDER": "+61480000000",
        "PORTAL_TWILIO_API_BASE": twilio.url,
        "PORTAL_EMAIL": "sendgrid",
        "PORTAL_EMAIL_FROM": sendgrid.verified,
        "PORTAL_SENDGRID_API_KEY": sendgrid.api_key,
        "PORTAL_SENDGRID_WEBHOOK_KEY": sendgrid.public_key,
        "PORTAL_SENDGRID_API_BASE": sendgrid.url,
    }


async def queue_everything(firm: Organisation) -> dict[str, Channel]:
    """Text of each message -> its channel. The texts make one to three segments."""
    queued = {}
    async with transaction() as session:
        session.add(SmsCreditEntry(organisation_id=firm.id, credits=BOUGHT, reason="Bought"))
        for number in range(TEXTS + EMAILS):
            channel = Channel.EMAIL if number % 25 < 6 else Channel.SMS
            text = f"Message {number}. " + "Please bring it along. " * (number % 3 * 8)
            queued[text.strip()] = channel
            outbox.enqueue(
                session,
                organisation_id=firm.id,
                kind="reminder",
                channel=channel,
                recipient=f"+6149157{number % 9:04d}" if channel is Channel.SMS else f"client{number}@example.com",
                recipient_name="Client",
                cause=new_id(),
                content=outbox.Content(sender="Harbour Finance", subject="Reminder", paragraphs=[text.strip()]),
                credits_held=sms_size(text.strip()).segments if channel is Channel.SMS else 0,
            )
    assert Counter(queued.values()) == {Channel.SMS: TEXTS, Channel.EMAIL: EMAILS}
    return queued


async def tell_what_became(sendgrid: SendGridTwin, portal: str) -> None:
    """SendGrid's side: events about what it took, twice now and then, as it does."""
    told = 0
    while True:
        new, told = sendgrid.messages[told:], len(sendgrid.messages)
        for message in new:
            events = [sendgrid.event(message, "processed"), sendgrid.event(message, "delivered")]
            assert await asyncio.to_thread(sendgrid.call_back, portal, *events, events[0]) == 204
        await asyncio.sleep(0.1)


async def until(is_so: Callable) -> None:
    async with asyncio.timeout(MOST_SECONDS):
        while not await is_so():  # noqa: ASYNC110  it happens in other processes
            await asyncio.sleep(0.1)


async def states() -> Counter:
    async with reading() as session:
        rows = await session.execute(select(OutboxMessage.status, func.count()).group_by(OutboxMessage.status))
        return Counter(dict(rows.all()))


async def test_each_cause_is_delivered_once_and_credits_add_up(database, monkeypatch):
    twilio, sendgrid = TwilioTwin(), SendGridTwin()
    for twin in (twilio, sendgrid):
        twin.delay = 0.03  # so that a kill always finds something on its way
    settings = settings_of(twilio, sendgrid, database.url.render_as_string(hide_password=False))
    chosen: Settings = config.read_settings(settings)
    for module in ("wiring", "portals.routes.webhooks"):
        monkeypatch.setattr(f"salestrekker_portal.{module}.settings", lambda: chosen)
    async with transaction() as session:
        firm = await make.make_organisation(session)
    async with reading() as session:
        before = await billing.balance(session, firm.id)
    queued = await queue_everything(firm)
    twilio.fail_next(Fault.BUSY, Fault.TAKEN_RESET, Fault.BROKEN, Fault.LOST_RESET, Fault.TAKEN_GATEWAY)
    sendgrid.fail_next(Fault.BUSY, Fault.TAKEN_RESET, Fault.BROKEN, Fault.TAKEN_GATEWAY)

    workers = Workers(**settings)
    async with serving(WEBHOOK_ROUTES) as portal:
        events = asyncio.create_task(tell_what_became(sendgrid, portal))
        workers.start()
        workers.start()
        try:
            for taken in KILL_AT:

                async def so_many(taken=taken) -> bool:
                    return len(twilio.messages) + len(sendgrid.messages) >= taken

                await until(so_many)
                await asyncio.to_thread(workers.kill_one_and_replace_it)

            async def everything_left() -> bool:
                now = await states()
                return now[Delivery.SENT] + now[Delivery.DELIVERED] == TEXTS + EMAILS

            await until(everything_left)
        finally:
            codes = await asyncio.to_thread(workers.stop)
            events.cancel()
            twilio.stop()
            sendgrid.stop()

    assert codes == [0, 0]
    texts = Counter(body for _, body in twilio.bodies())
    written = (each["mail"]["content"][0]["value"].partition("\n\n--\n")[0] for each in sendgrid.messages)
    emails = Counter(" ".join(each.split()) for each in written)
    assert texts == Counter(text for text, channel in queued.items() if channel is Channel.SMS)
    assert emails == Counter(text for text, channel in queued.items() if channel is Channel.EMAIL)
    await check_credits(firm, before, twilio)


async def check_credits(firm: Organisation, before: int, twilio: TwilioTwin) -> None:
    """Every credit that left is a segment at the provider, and nothing is still held."""
    segments = sum(int(message["num_segments"]) for message in twilio.messages)
    assert segments > TEXTS
    async with reading() as session:
        assert await billing.balance(session, firm.id) == before + BOUGHT - segments
        entries = (
            await session.execute(
                select(SmsCreditEntry.reason, func.count(), func.sum(SmsCreditEntry.credits))
                .where(SmsCreditEntry.message_id.is_not(None))
                .group_by(SmsCreditEntry.reason)
            )
        ).all()
        doubted = await session.scalar(select(func.count()).where(OutboxMessage.unknowns > 0))
    assert entries == [(billing.SENT, TEXTS, -segments)]
    assert doubted, "nothing was on its way when the workers were killed, so this proved nothing"
