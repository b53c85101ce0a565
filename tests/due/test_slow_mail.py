"""A mail server that takes six seconds, and a thousand e-mails that wait: a text leaves at once all the same."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from salestrekker_portal.adapters.email_smtp import SmtpSender, SmtpServer
from salestrekker_portal.adapters.sms_twilio import TwilioAccount, TwilioSender
from salestrekker_portal.database import waking
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.passwords import hashed
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.due import lanes
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from tests.adapters.twins.smtp import PASSWORD, USER, MailServer
from tests.adapters.twins.twilio import TwilioTwin

SLOW = 6.0
WAITING = 1_000


@pytest.fixture
def mail(tmp_path):
    running = MailServer(tmp_path)
    running.delay = SLOW
    yield running
    running.stop()


@pytest.fixture
def phone():
    running = TwilioTwin()
    yield running
    running.stop()


@pytest.fixture
async def running(database, cast, mail, phone, monkeypatch) -> AsyncIterator[None]:
    """The shipped engine, with real adapters before a slow mail server and a quick phone company."""
    account = TwilioAccount(
        account_sid=phone.account_sid,
        user=phone.account_sid,
        password=phone.auth_token,
        sender="+61480000000",
        api_base=phone.url,
        public_origin="https://portal.example.com",
    )
    server = SmtpServer(host="127.0.0.1", port=mail.port, user=USER, password=PASSWORD, from_address="p@example.com")
    carriers = {Channel.EMAIL: SmtpSender(server, trust=mail.trust), Channel.SMS: TwilioSender(account)}
    monkeypatch.setattr(lanes, "senders", lambda: carriers)
    engine = lanes.make_engine()
    task = asyncio.create_task(engine.run())
    yield
    task.cancel()
    await asyncio.wait([task])
    waking.wake_with(None)


def _enqueue(session, cast, channel: Channel, kind: str) -> OutboxMessage:
    to = {Channel.EMAIL: "kim@example.com", Channel.SMS: cast.kim_contact.mobile}[channel]
    return outbox.enqueue(
        session, organisation_id=cast.firm.id, kind=kind, channel=channel, recipient=to, recipient_name="Kim",
        cause=new_id(), content=outbox.Content(sender="Harbour Finance", subject="News", paragraphs=["Some news."]),
        deal_id=cast.deal.id,
    )  # fmt: skip


async def _many_wait(cast) -> None:
    async with transaction() as session:
        for _ in range(WAITING):
            _enqueue(session, cast, Channel.EMAIL, "news")
    await asyncio.sleep(0.5)  # the mail lane has its hands full now


async def test_a_pin_leaves_within_a_second(running, cast, phone):
    await _many_wait(cast)
    began = time.monotonic()
    async with transaction() as session:
        _enqueue(session, cast, Channel.SMS, "portal.pin")
    while not phone.bodies() and time.monotonic() < began + 5:  # noqa: ASYNC110  it happens in the provider's thread
        await asyncio.sleep(0.01)
    assert phone.bodies() and time.monotonic() - began < 1.0
    # Nor does anything else of this process wait for the mail server.
    began = time.monotonic()
    await hashed("a long enough password")
    assert time.monotonic() - began < 1.0


async def test_the_mail_that_somebody_waits_for_goes_before_the_news(running, cast, mail):
    mail.delay = 0.3
    await _many_wait(cast)
    async with transaction() as session:
        link = _enqueue(session, cast, Channel.EMAIL, "portal.invitation")
    began = time.monotonic()
    while time.monotonic() < began + 10:
        await asyncio.sleep(0.05)
        async with reading() as session:
            if (await session.get(OutboxMessage, link.id)).status is Delivery.SENT:
                break
    assert time.monotonic() - began < 3.0
    async with reading() as session:
        sending = select(func.count()).where(OutboxMessage.status == Delivery.SENDING)
        assert await session.scalar(sending) <= outbox.CLAIM_AT_ONCE
