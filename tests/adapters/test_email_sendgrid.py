"""E-mail through the vendor's SDK, against a SendGrid that speaks its API."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from salestrekker_portal.adapters.email_sendgrid import MESSAGE_ARG, SendGridSender
from salestrekker_portal.domains.outbox.ports import ChannelDown, OutcomeUnknown, Reason, SendFailed
from tests.adapters.letters import email
from tests.adapters.twins.sendgrid import SendGridTwin
from tests.adapters.twins.server import SLOW_SECONDS, Fault
from tests.support.ports import free_port


@pytest.fixture
def twin() -> Iterator[SendGridTwin]:
    running = SendGridTwin()
    yield running
    running.stop()


def sender_of(twin: SendGridTwin, **facts) -> SendGridSender:
    facts = {"api_key": twin.api_key, "from_address": twin.verified, "api_base": twin.url, **facts}
    return SendGridSender(timeout=SLOW_SECONDS / 4, **facts)


async def test_a_message_leaves_with_our_id_two_parts_and_no_tracking(twin):
    envelope = email()
    receipt = await sender_of(twin).send(envelope)
    [taken] = twin.messages
    mail = taken["mail"]
    assert receipt.ref == taken["id"]
    assert taken["custom_args"] == {MESSAGE_ARG: str(envelope.message_id)}
    assert taken["to"] == [{"email": "kim@example.com", "name": "Kim Nguyen"}]
    assert mail["from"] == {"email": "portal@example.com", "name": "Alice O’Rourke at Harbour Finance"}
    assert mail["reply_to"] == {"email": "alice@example.com"}
    assert [part["type"] for part in mail["content"]] == ["text/plain", "text/html"]
    assert all("https://portal.example.com/portal/abc123" in part["value"] for part in mail["content"])
    tracking = mail["tracking_settings"]
    assert not tracking["click_tracking"]["enable"] and not tracking["open_tracking"]["enable"]


async def test_an_address_that_is_none_is_refused_for_good(twin):
    with pytest.raises(SendFailed, match="the e-mail address is not valid") as refused:
        await sender_of(twin).send(email(recipient="kim at example"))
    assert refused.value.permanent and refused.value.reason is Reason.ADDRESS


async def test_another_complaint_is_refused_for_good_and_blames_nobody(twin):
    with pytest.raises(SendFailed, match="the e-mail provider refused it") as refused:
        await sender_of(twin).send(email(content={"subject": ""}))
    assert refused.value.permanent and refused.value.reason is Reason.OTHER


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.BROKEN])
async def test_a_busy_provider_is_tried_again(twin, fault):
    twin.fail_next(fault)
    with pytest.raises(SendFailed) as refused:
        await sender_of(twin).send(email())
    assert not refused.value.permanent and twin.requests == 1


@pytest.mark.parametrize("fault", [Fault.TAKEN_SLOW, Fault.TAKEN_RESET, Fault.TAKEN_GATEWAY, Fault.LOST_RESET])
async def test_a_lost_answer_is_unknown_and_comes_in_time(twin, fault):
    twin.fail_next(fault)
    sender, began = sender_of(twin), time.monotonic()
    with pytest.raises(OutcomeUnknown):
        await sender.send(email())
    assert time.monotonic() - began < SLOW_SECONDS
    assert await sender.find(email(), datetime.now(UTC)) is None


async def test_nobody_listening_means_that_nothing_left(twin):
    with pytest.raises(SendFailed, match="can't be reached") as refused:
        await sender_of(twin, api_base=f"http://127.0.0.1:{free_port()}").send(email())
    assert not refused.value.permanent


@pytest.mark.parametrize("facts", [{"api_key": "SG.wrong"}, {"from_address": "somebody@example.org"}])
async def test_a_wrong_key_or_sender_stops_the_channel(twin, facts):
    with pytest.raises(ChannelDown):
        await sender_of(twin, **facts).send(email())
