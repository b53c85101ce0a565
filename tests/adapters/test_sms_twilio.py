"""SMS through the vendor's SDK, against a Twilio that speaks its API."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from salestrekker_portal.adapters.sms_twilio import TwilioAccount, TwilioSender
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, SendFailed
from tests.adapters.letters import text_message
from tests.adapters.twins.server import SLOW_SECONDS, Fault
from tests.adapters.twins.twilio import TwilioTwin
from tests.support.ports import free_port

POOL = "MG" + "a" * 32


@pytest.fixture
def twin() -> Iterator[TwilioTwin]:
    running = TwilioTwin()
    yield running
    running.stop()


def sender_of(twin: TwilioTwin, **facts) -> TwilioSender:
    account = {
        "account_sid": twin.account_sid,
        "user": twin.account_sid,
        "password": twin.auth_token,
        "sender": POOL,
        "api_base": twin.url,
        "public_origin": "https://portal.example.com",
    }
    return TwilioSender(TwilioAccount(**(account | facts)), timeout=SLOW_SECONDS / 4)


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


async def test_a_message_leaves_with_our_id_in_the_callback(twin):
    envelope = text_message()
    receipt = await sender_of(twin).send(envelope)
    [taken] = twin.messages
    assert receipt.ref == taken["sid"] and receipt.segments is None
    assert taken["asked"] == {
        "To": "+61491570156",
        "Body": "Harbour Finance: your appointment is tomorrow.",
        "MessagingServiceSid": POOL,
        "StatusCallback": f"https://portal.example.com/webhooks/twilio/{envelope.message_id}",
    }


async def test_a_number_of_our_own_counts_segments_at_once(twin):
    receipt = await sender_of(twin, sender="+61480000000").send(text_message("x" * 200))
    assert receipt.segments == 2
    assert twin.messages[0]["asked"]["From"] == "+61480000000"


async def test_a_pin_is_not_delivered_after_five_minutes(twin):
    await sender_of(twin).send(text_message(kind="portal.pin"))
    assert twin.messages[0]["asked"]["ValidityPeriod"] == "300"


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (21614, "the number is not a mobile", Reason.ADDRESS),
        (21610, "the client has opted out of SMS", Reason.OPTED_OUT),
        (21408, "SMS to this country is not switched on", Reason.CONFIGURATION),
        (21606, "the SMS sender is not set up", Reason.CONFIGURATION),
        (21608, "the SMS account may not send to this number yet", Reason.CONFIGURATION),
        (30007, "the phone company filtered the SMS", Reason.CONFIGURATION),
    ],
)
async def test_refusals_are_for_good_and_in_words_for_brokers(twin, code, words, reason):
    twin.refused["+61491570156"] = code
    with pytest.raises(SendFailed) as refused:
        await sender_of(twin).send(text_message())
    assert (refused.value.problem, refused.value.permanent, refused.value.reason) == (words, True, reason)
    assert twin.messages == []


async def test_a_number_that_is_none_and_a_text_that_is_too_long(twin):
    for envelope, words in [
        (text_message(recipient="12"), "the mobile number is not valid"),
        (text_message("x" * 1601), "the text is too long for an SMS"),
    ]:
        with pytest.raises(SendFailed, match=words) as refused:
            await sender_of(twin).send(envelope)
        assert refused.value.permanent


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.BROKEN])
async def test_what_twilio_did_not_process_is_tried_again_by_the_outbox_and_not_by_the_sdk(twin, fault):
    twin.fail_next(fault)
    with pytest.raises(SendFailed) as refused:
        await sender_of(twin).send(text_message())
    assert not refused.value.permanent
    assert twin.requests == 1 and twin.messages == []


async def test_a_full_queue_is_tried_later(twin):
    twin.refused["+61491570156"] = 21611
    with pytest.raises(SendFailed) as refused:
        await sender_of(twin).send(text_message())
    assert not refused.value.permanent


@pytest.mark.parametrize("fault", [Fault.TAKEN_SLOW, Fault.TAKEN_RESET, Fault.TAKEN_GATEWAY])
async def test_a_lost_answer_is_no_failure_and_the_message_can_be_found(twin, fault):
    twin.fail_next(fault)
    sender, envelope = sender_of(twin), text_message("Tāne’s appointment is tomorrow – at 9.")
    with pytest.raises(OutcomeUnknown):
        await sender.send(envelope)
    assert len(twin.messages) == 1
    # Smart encoding makes typographic letters plain.
    twin.messages[0]["body"] = "Tane's appointment is tomorrow - at 9."
    [found] = await sender.find(envelope, an_hour_ago())
    assert found.ref == twin.messages[0]["sid"]


async def test_a_reset_before_twilio_took_it_leaves_nothing_to_find(twin):
    twin.fail_next(Fault.LOST_RESET)
    sender, envelope = sender_of(twin), text_message()
    with pytest.raises(OutcomeUnknown):
        await sender.send(envelope)
    assert await sender.find(envelope, an_hour_ago()) == []


async def test_only_the_same_text_to_the_same_number_since_then_is_found(twin):
    sender, envelope = sender_of(twin), text_message()
    await sender.send(text_message("Something else."))
    await sender.send(text_message(recipient="+61491570157"))
    await sender.send(envelope)
    assert [each.ref for each in await sender.find(envelope, an_hour_ago())] == [twin.messages[2]["sid"]]
    assert await sender.find(envelope, datetime.now(UTC) + timedelta(hours=1)) == []


async def test_many_newer_messages_to_the_same_number_do_not_hide_it(twin):
    sender, envelope = sender_of(twin), text_message()
    await sender.send(envelope)
    twin.messages.extend([twin.messages[0] | {"body": f"Newer {number}"} for number in range(120)])
    assert [each.ref for each in await sender.find(envelope, an_hour_ago())] == [twin.messages[0]["sid"]]


async def test_nobody_listening_means_that_nothing_left(twin):
    with pytest.raises(SendFailed, match="can't be reached") as refused:
        await sender_of(twin, api_base=f"http://127.0.0.1:{free_port()}").send(text_message())
    assert not refused.value.permanent


async def test_wrong_credentials_stop_the_channel_and_lose_no_message(twin):
    sender = sender_of(twin, password="wrong")
    with pytest.raises(ChannelDown, match="credentials"):
        await sender.send(text_message())
    with pytest.raises(ChannelDown, match="credentials"):
        await sender.find(text_message(), an_hour_ago())
