"""Which way a message moves, and what follows when nobody knows whether it left."""

from itertools import product

import pytest

from salestrekker_portal.domains.outbox.rules import LOOK_AGAIN, Next, after_lost_answer, may_move
from salestrekker_portal.tables.outbox import Channel, Delivery

FORWARD = [
    (Delivery.QUEUED, Delivery.SENT),  # given back after a 500 that came after the message was taken
    (Delivery.SENDING, Delivery.DELIVERED),  # the callback was faster than the answer
    (Delivery.UNKNOWN, Delivery.SENT),
    (Delivery.UNKNOWN, Delivery.BOUNCED),
    (Delivery.SENT, Delivery.DELIVERED),
    (Delivery.SENT, Delivery.BOUNCED),
    (Delivery.FAILED, Delivery.DELIVERED),  # given up too early, and it had left
]
BACKWARD = [
    (Delivery.DELIVERED, Delivery.SENT),
    (Delivery.BOUNCED, Delivery.SENT),
    (Delivery.BOUNCED, Delivery.DELIVERED),
    (Delivery.SENT, Delivery.SENT),
    (Delivery.WITHDRAWN, Delivery.DELIVERED),
    (Delivery.SENT, Delivery.UNKNOWN),
    (Delivery.SENT, Delivery.WITHDRAWN),
]


@pytest.mark.parametrize(("now", "to"), FORWARD)
def test_callbacks_move_a_message_forward(now, to):
    assert may_move(now, to, Channel.SMS)
    assert may_move(now, to, Channel.EMAIL)


@pytest.mark.parametrize(("now", "to"), BACKWARD)
def test_callbacks_never_move_a_message_back(now, to):
    assert not may_move(now, to, Channel.SMS)
    assert not may_move(now, to, Channel.EMAIL)


def test_a_delivered_email_can_come_back_and_a_delivered_sms_cannot():
    assert may_move(Delivery.DELIVERED, Delivery.BOUNCED, Channel.EMAIL)
    assert not may_move(Delivery.DELIVERED, Delivery.BOUNCED, Channel.SMS)


def follows(found: bool | None, *, kind="reminder", channel=Channel.SMS, unknowns=1, lookups=1) -> Next:
    return after_lost_answer(found=found, kind=kind, channel=channel, unknowns=unknowns, lookups=lookups)


def test_what_the_provider_has_is_adopted():
    for kind, channel in product(("reminder", "portal.pin"), Channel):
        assert follows(True, kind=kind, channel=channel) is Next.ADOPT


def test_what_the_provider_lacks_is_sent_once_more_and_only_once():
    assert follows(False) is Next.SEND_AGAIN
    assert follows(False, unknowns=2) is Next.GIVE_UP


def test_a_pin_is_never_sent_again():
    last = len(LOOK_AGAIN) + 1
    for found, channel, lookups in product((False, None), Channel, range(1, last + 1)):
        assert follows(found, kind="portal.pin", channel=channel, lookups=lookups) is not Next.SEND_AGAIN
        assert follows(found, kind="portal.pin_for_owner", channel=channel, lookups=lookups) is not Next.SEND_AGAIN


def test_without_word_of_the_provider_an_email_goes_again_after_long_and_an_sms_does_not():
    last = len(LOOK_AGAIN) + 1
    assert follows(None, lookups=last - 1) is Next.LOOK_LATER
    assert follows(None, channel=Channel.EMAIL, lookups=last) is Next.SEND_AGAIN
    assert follows(None, channel=Channel.EMAIL, lookups=last, unknowns=2) is Next.LEAVE
    assert follows(None, lookups=last) is Next.LEAVE
