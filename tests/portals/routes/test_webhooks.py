"""Callbacks of the providers, over real HTTP: the good ones move a message forward, all others change nothing."""

import asyncio
import json
import time
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from salestrekker_portal import config
from salestrekker_portal.config import Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.activity import service as activity
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox import callbacks
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.due.post import Post
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.routes import webhooks
from salestrekker_portal.portals.routes.webhooks import WEBHOOK_ROUTES
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.wiring import senders, when_given_up
from tests.adapters.twins.sendgrid import SIGNATURE, TIMESTAMP, SendGridTwin
from tests.adapters.twins.twilio import TwilioTwin
from tests.support.post import one_round
from tests.support.serving import serving

PREVIOUS_TOKEN = "the token before"


class World:
    """Both providers, a worker that sends through them, and the portal that listens to them."""

    def __init__(self, cast, twilio: TwilioTwin, sendgrid: SendGridTwin, url: str) -> None:
        self.cast, self.twilio, self.sendgrid, self.url = cast, twilio, sendgrid, url

    async def sent(self, channel: Channel, kind: str = "reminder", **facts) -> OutboxMessage:
        """A message that the worker handed over."""
        to = {Channel.SMS: self.cast.kim_contact.mobile, Channel.EMAIL: self.cast.kim_contact.email}[channel]
        async with transaction() as session:
            message = outbox.enqueue(
                session,
                organisation_id=self.cast.firm.id,
                kind=kind,
                channel=channel,
                recipient=to,
                recipient_name="Kim",
                cause=new_id(),
                content=outbox.Content(sender="Harbour Finance", subject="News", paragraphs=[f"News {new_id()}"]),
                credits_held=1 if channel is Channel.SMS else 0,
                deal_id=self.cast.deal.id,
                **facts,
            )
        assert await one_round(Post(senders(), when_given_up))
        return message

    async def sms(self, **facts) -> tuple[OutboxMessage, dict]:
        return await self.sent(Channel.SMS, **facts), self.twilio.messages[-1]

    async def email(self) -> tuple[OutboxMessage, dict]:
        return await self.sent(Channel.EMAIL), self.sendgrid.messages[-1]

    async def post(self, path: str, headers: dict, body: bytes) -> int:
        async with httpx.AsyncClient() as client:
            return (await client.post(f"{self.url}{path}", headers=headers, content=body)).status_code

    async def balance(self) -> int:
        async with reading() as session:
            return await billing.balance(session, self.cast.firm.id)


async def row(message: OutboxMessage) -> OutboxMessage:
    async with reading() as session:
        return await session.get(OutboxMessage, message.id)


@pytest.fixture
async def world(sqlite, cast, monkeypatch):
    twilio, sendgrid = TwilioTwin(), SendGridTwin()
    chosen = Settings(
        mode=config.Mode.DEV,
        origin="https://portal.example.com",
        sms=config.SmsBy.TWILIO,
        twilio_account_sid=twilio.account_sid,
        twilio_auth_token=twilio.auth_token,
        twilio_previous_auth_token=PREVIOUS_TOKEN,
        twilio_sender="MG" + "b" * 32,
        twilio_api_base=twilio.url,
        email=config.EmailBy.SENDGRID,
        email_from=sendgrid.verified,
        sendgrid_api_key=sendgrid.api_key,
        sendgrid_webhook_key=sendgrid.public_key,
        sendgrid_api_base=sendgrid.url,
    )
    for module in ("salestrekker_portal.wiring", "salestrekker_portal.portals.routes.webhooks"):
        monkeypatch.setattr(f"{module}.settings", lambda: chosen)
    async with serving(WEBHOOK_ROUTES) as url:
        yield World(cast, twilio, sendgrid, url)
    clock.freeze(None)
    twilio.stop()
    sendgrid.stop()


async def test_an_sms_is_delivered_and_the_share_panel_hears_of_it(world, monkeypatch):
    message, at_twilio = await world.sms()
    assert (await row(message)).status is Delivery.SENT
    heard = []

    async def publish(topics):
        heard.extend(topics)

    activity.publish_with(publish)
    try:
        for status in ("queued", "sent", "delivered"):
            assert await asyncio.to_thread(world.twilio.call_back, world.url, at_twilio, status) == 204
    finally:
        activity.publish_with(None)
    after = await row(message)
    assert (after.status, after.provider_ref) == (Delivery.DELIVERED, at_twilio["sid"])
    assert activity.deal_topic(world.cast.deal.id) in heard


async def test_callbacks_out_of_order_do_not_move_a_message_back(world):
    message, at_twilio = await world.sms()
    for status in ("delivered", "sent", "queued", "undelivered"):
        assert await asyncio.to_thread(world.twilio.call_back, world.url, at_twilio, status) == 204
    assert (await row(message)).status is Delivery.DELIVERED


async def test_stop_is_remembered_and_costs_nothing(world):
    before = await world.balance()
    message, at_twilio = await world.sms()
    assert await world.balance() == before - 1
    assert await asyncio.to_thread(world.twilio.call_back, world.url, at_twilio, "failed", 21610) == 204
    after = await row(message)
    assert (after.status, after.problem) == (Delivery.BOUNCED, "the client has opted out of SMS")
    assert await world.balance() == before
    async with reading() as session:
        kim = await session.get(Contact, world.cast.kim_contact.id)
        sam = await session.get(Contact, world.cast.sam_contact.id)
    assert kim.sms_opted_out_at is not None and sam.sms_opted_out_at is None


async def test_a_pin_that_came_back_goes_to_the_owner(world):
    access = world.cast.kim_access
    async with transaction() as session:
        kept = await session.merge(access)
        kept.pin_sent_at = utc_now()
    _, at_twilio = await world.sms(kind="portal.pin", access_id=access.id)
    assert await asyncio.to_thread(world.twilio.call_back, world.url, at_twilio, "undelivered", 30003) == 204
    assert await one_round(Post(senders(), when_given_up)) == 1
    mail = world.sendgrid.messages[-1]["mail"]
    assert world.sendgrid.messages[-1]["to"][0]["email"] == world.cast.alice_user.email
    assert "switched off or out of reach" in " ".join(mail["content"][0]["value"].split())


async def refused(world, message, path, headers, body) -> None:
    before, balance = (await row(message)).model_dump(), await world.balance()
    assert await world.post(path, headers, body) == 403
    assert (await row(message)).model_dump() == before
    assert await world.balance() == balance


async def test_twilio_callbacks_that_are_not_twilios_change_nothing(world):
    message, at_twilio = await world.sms()
    other, _ = await world.sms()
    address, headers, body = world.twilio.callback(at_twilio, "failed", 21610)
    path = urlsplit(address).path
    signature = headers["x-twilio-signature"]
    unsigned = {"content-type": headers["content-type"]}
    await refused(world, message, path, unsigned, body)
    for wrong in ("", "AAAA", "not base64 é", signature[:-2] + "x=", signature + "=", "0" * 5000):
        bad = {b"x-twilio-signature": wrong.encode(), b"content-type": b"application/x-www-form-urlencoded"}
        await refused(world, message, path, bad, body)
    for changed in (
        body.replace(b"failed", b"delivered"),
        body + b"&Extra=1",
        b"",
        b"\xff\xfe",
        b"a=1&a=2",
        b"x" * 70_000,
    ):
        await refused(world, message, path, headers, changed)
    await refused(world, other, f"/webhooks/twilio/{other.id}", headers, body)
    await refused(world, message, f"{path}?x=1", headers, body)
    await refused(world, message, path.upper().replace("/WEBHOOKS/TWILIO", "/webhooks/twilio"), headers, body)
    await refused(world, message, "/webhooks/twilio/not-a-message", headers, body)
    assert await world.post(path, headers, body) == 204


async def test_a_blank_field_is_part_of_what_is_signed(world):
    message, at_twilio = await world.sms()
    assert at_twilio["from"] is None
    address, headers, body = world.twilio.callback(at_twilio, "delivered")
    assert b"From=&" in body
    assert await world.post(urlsplit(address).path, headers, body) == 204
    assert (await row(message)).status is Delivery.DELIVERED


async def test_another_account_signed_with_our_token_is_not_believed(world):
    message, at_twilio = await world.sms()
    address, headers, body = world.twilio.callback(at_twilio, "delivered", AccountSid="AC" + "0" * 32)
    await refused(world, message, urlsplit(address).path, headers, body)


async def test_the_previous_token_is_believed_while_it_is_replaced_and_any_other_is_not(world):
    message, at_twilio = await world.sms()
    for token, answer in (("a stolen one", 403), (PREVIOUS_TOKEN, 204)):
        world.twilio.auth_token = token
        assert await asyncio.to_thread(world.twilio.call_back, world.url, at_twilio, "delivered") == answer
    assert (await row(message)).status is Delivery.DELIVERED


async def test_a_replayed_or_stale_twilio_callback_is_refused(world):
    message, at_twilio = await world.sms()
    address, headers, body = world.twilio.callback(at_twilio, "sent")
    path = urlsplit(address).path
    assert await world.post(path, headers, body) == 204
    await refused(world, message, path, headers, body)
    clock.freeze(utc_now() + callbacks.BELIEVED_FOR + timedelta(hours=1))
    _, headers, body = world.twilio.callback(at_twilio, "delivered")
    await refused(world, message, path, headers, body)


async def test_the_events_of_an_email(world):
    message, at_sendgrid = await world.email()
    event = world.sendgrid.event
    batch = [
        event(at_sendgrid, "processed"),
        event(at_sendgrid, "open"),
        event(at_sendgrid, "delivered"),
        event(at_sendgrid, "delivered"),
        event({"to": [{"email": "x@example.com"}], "id": "other"}, "delivered"),
    ]
    assert await asyncio.to_thread(world.sendgrid.call_back, world.url, *batch) == 204
    assert (await row(message)).status is Delivery.DELIVERED
    late = event(at_sendgrid, "bounce", type="bounce", reason="550 5.1.1 No such user")
    assert await asyncio.to_thread(world.sendgrid.call_back, world.url, late) == 204
    after = await row(message)
    assert (after.status, after.reason) == (Delivery.BOUNCED, "address")
    assert after.problem == "the mailbox does not exist or refuses our e-mail"


async def test_an_event_settles_an_email_whose_answer_was_lost(world):
    message, at_sendgrid = await world.email()
    async with transaction() as session:
        lost = await session.get(OutboxMessage, message.id)
        lost.status, lost.sealed, lost.sent_at = Delivery.UNKNOWN, "sealed", None
    event = world.sendgrid.event(at_sendgrid, "processed")
    assert await asyncio.to_thread(world.sendgrid.call_back, world.url, event) == 204
    after = await row(message)
    assert (after.status, after.sealed, after.provider_ref) == (Delivery.SENT, "", at_sendgrid["id"])


async def test_sendgrid_batches_that_are_not_signed_fresh_and_new_change_nothing(world):
    message, at_sendgrid = await world.email()
    body = json.dumps([world.sendgrid.event(at_sendgrid, "bounce")]).encode()
    good = world.sendgrid.signed(body)
    path = "/webhooks/sendgrid"
    for missing in (SIGNATURE, TIMESTAMP):
        await refused(world, message, path, {name: value for name, value in good.items() if name != missing}, body)
    for wrong in ("AAAA", "%%%", "A", good[SIGNATURE][:-6] + "AAAA=="):
        await refused(world, message, path, good | {SIGNATURE: wrong}, body)
    for stamp in ("", "now", "1e9", str(int(good[TIMESTAMP]) + 1), "9" * 400):
        await refused(world, message, path, good | {TIMESTAMP: stamp}, body)
    for changed in (body.replace(b"bounce", b"delivered"), body + b" ", b"", b"\xff"):
        await refused(world, message, path, good, changed)
    stranger = SendGridTwin()
    stranger.stop()
    await refused(world, message, path, stranger.signed(body), body)
    for odd in (b"{}", b'["x"]', b"null", b"[", b"1"):
        await refused(world, message, path, world.sendgrid.signed(odd), odd)
    for minutes in (-11, 11):
        await refused(world, message, path, world.sendgrid.signed(body, int(time.time()) + minutes * 60), body)
    await refused(world, message, path, good, b" " * (webhooks.SENDGRID_LIMIT + 1))
    assert await world.post(path, good, body) == 204
    await refused(world, message, path, good, body)


async def test_without_keys_nobody_is_believed(world, monkeypatch):
    message, at_twilio = await world.sms()
    address, headers, body = world.twilio.callback(at_twilio, "delivered")
    events = json.dumps([]).encode()
    signed = world.sendgrid.signed(events)
    monkeypatch.setattr("salestrekker_portal.wiring.settings", lambda: Settings())
    await refused(world, message, urlsplit(address).path, headers, body)
    await refused(world, message, "/webhooks/sendgrid", signed, events)
