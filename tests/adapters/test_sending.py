"""The shipped worker with the shipped adapters, when the provider is not at its best."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from salestrekker_portal.adapters.sms_twilio import TwilioAccount, TwilioSender
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox import rules, settling
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox.callbacks import BELIEVED_FOR
from salestrekker_portal.due.engine import Engine
from salestrekker_portal.due.post import Post
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.wiring import when_given_up
from tests.adapters.twins.server import SLOW_SECONDS, Fault
from tests.adapters.twins.twilio import TwilioTwin
from tests.support.post import one_round


class Phone:
    """A Twilio account and a worker that sends only SMS through it."""

    def __init__(self, cast) -> None:
        self.cast, self.twin = cast, TwilioTwin()
        self.account = {
            "account_sid": self.twin.account_sid,
            "user": self.twin.account_sid,
            "password": self.twin.auth_token,
            "sender": "+61480000000",
            "api_base": self.twin.url,
            "public_origin": "https://portal.example.com",
        }
        self.worker = self.worker_with()

    def worker_with(self, **facts) -> Post:
        account = TwilioAccount(**(self.account | facts))
        return Post({Channel.SMS: TwilioSender(account, timeout=SLOW_SECONDS / 4)}, when_given_up)

    async def queue(self, kind: str = "reminder", **facts) -> OutboxMessage:
        async with transaction() as session:
            return outbox.enqueue(
                session,
                organisation_id=self.cast.firm.id,
                kind=kind,
                channel=Channel.SMS,
                recipient=self.cast.kim_contact.mobile,
                recipient_name="Kim",
                cause=new_id(),
                content=outbox.Content(sender="Harbour Finance", paragraphs=[f"Text {new_id()}"]),
                credits_held=1,
                deal_id=self.cast.deal.id,
                **facts,
            )

    async def balance(self) -> int:
        async with reading() as session:
            return await billing.balance(session, self.cast.firm.id)


@pytest.fixture
async def phone(sqlite, cast):
    made = Phone(cast)
    yield made
    made.twin.stop()
    clock.freeze(None)


async def row(message: OutboxMessage) -> OutboxMessage:
    async with reading() as session:
        return await session.get(OutboxMessage, message.id)


def later(wait: timedelta) -> None:
    clock.freeze(utc_now() + wait)


@pytest.mark.parametrize("fault", [Fault.TAKEN_RESET, Fault.TAKEN_SLOW, Fault.TAKEN_GATEWAY])
async def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(phone, fault):
    phone.twin.fail_next(fault)
    message = await phone.queue()
    await one_round(phone.worker)
    assert (await row(message)).status is Delivery.UNKNOWN
    assert await one_round(phone.worker) == 0
    later(rules.LOOK_FIRST)
    await one_round(phone.worker)
    after = await row(message)
    assert (after.status, after.provider_ref) == (Delivery.SENT, phone.twin.messages[0]["sid"])
    assert len(phone.twin.messages) == 1


async def test_a_message_that_never_arrived_is_sent_once_more(phone):
    phone.twin.fail_next(Fault.LOST_RESET)
    message = await phone.queue()
    await one_round(phone.worker)
    later(rules.LOOK_FIRST)
    await one_round(phone.worker)
    assert (await row(message)).status is Delivery.SENT and len(phone.twin.messages) == 1


async def test_a_pin_that_never_arrived_goes_to_the_owner_and_is_not_sent_again(phone):
    async with transaction() as session:
        kim = await session.merge(phone.cast.kim_access)
        kim.pin_sent_at = utc_now()
    before = await phone.balance()
    phone.twin.fail_next(Fault.LOST_RESET)
    message = await phone.queue("portal.pin", access_id=phone.cast.kim_access.id)
    await one_round(phone.worker)
    later(rules.LOOK_FIRST)
    await one_round(phone.worker)
    after = await row(message)
    assert (after.status, after.problem, after.sealed) == (Delivery.FAILED, settling.NEVER_ARRIVED, "")
    assert phone.twin.messages == [] and await phone.balance() == before
    async with transaction() as session:
        [instead] = await outbox.claim(session, "reader", [Channel.EMAIL])
    assert (instead.kind, instead.recipient) == ("portal.pin_for_owner", phone.cast.alice_user.email)


async def test_who_answered_stop_is_remembered_at_once_and_pays_nothing(phone):
    before = await phone.balance()
    phone.twin.refused[phone.cast.kim_contact.mobile] = 21610
    message = await phone.queue()
    await one_round(phone.worker)
    assert ((await row(message)).status, await phone.balance()) == (Delivery.FAILED, before)
    async with reading() as session:
        assert (await session.get(Contact, phone.cast.kim_contact.id)).sms_opted_out_at is not None


async def test_a_busy_provider_is_asked_again_after_the_back_off(phone):
    phone.twin.fail_next(Fault.BUSY, Fault.BROKEN)
    message = await phone.queue()
    for wait in (timedelta(0), *settling.BACK_OFF[:2]):
        later(wait)
        await one_round(phone.worker)
    after = await row(message)
    assert (after.status, after.attempts, after.problem) == (Delivery.SENT, 3, "")


async def test_wrong_credentials_keep_the_queue_until_they_are_right(phone):
    messages = [await phone.queue() for _ in range(12)]
    locked_out = phone.worker_with(password="revoked")
    await one_round(locked_out)
    asked = phone.twin.requests
    # The channel rests: nobody hammers a provider that says no.
    assert await one_round(locked_out) == 0 and phone.twin.requests == asked
    assert {(await row(each)).status for each in messages} == {Delivery.QUEUED}
    later(settling.CHANNEL_PAUSE)
    while await one_round(phone.worker):
        pass
    assert {(await row(each)).status for each in messages} == {Delivery.SENT}
    assert len(phone.twin.messages) == 12


async def test_a_stopping_worker_finishes_what_is_on_its_way_and_begins_nothing_new(phone):
    phone.twin.delay = 0.2
    messages = [await phone.queue() for _ in range(outbox.CLAIM_AT_ONCE + 2)]
    engine = Engine(phone.worker.lanes())
    phone.worker.when_free = lambda channel: engine.wake(channel.value)
    running = asyncio.create_task(engine.run())
    while not phone.twin.messages:  # noqa: ASYNC110  it happens in the provider's thread
        await asyncio.sleep(0.01)
    engine.stop()
    await running
    states = Counter([(await row(each)).status for each in messages])
    assert states == {Delivery.SENT: outbox.CLAIM_AT_ONCE, Delivery.QUEUED: 2}


@pytest.mark.parametrize(
    ("state", "code", "status", "spent"),
    [
        ("delivered", None, Delivery.DELIVERED, 1),
        ("undelivered", 30003, Delivery.BOUNCED, 1),
        ("failed", 30006, Delivery.BOUNCED, 0),
        ("sent", None, Delivery.SENT, 1),
    ],
)
async def test_after_an_hour_of_silence_the_provider_is_asked(phone, state, code, status, spent):
    before = await phone.balance()
    message = await phone.queue()
    await one_round(phone.worker)
    assert await phone.worker.follow_up() == 0
    phone.twin.messages[0] |= {"status": state, "error_code": code}
    later(settling.ASK_AFTER)
    assert await phone.worker.follow_up() == 1
    assert (await row(message)).status is status
    assert await phone.balance() == before - spent
    assert await phone.worker.follow_up() == 0


async def test_nobody_is_asked_for_ever(phone):
    await phone.queue()
    await one_round(phone.worker)
    later(BELIEVED_FOR + timedelta(hours=1))
    assert await phone.worker.follow_up() == 0
