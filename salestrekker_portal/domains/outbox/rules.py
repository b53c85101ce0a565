"""Which way a message may move, and what happens when nobody knows whether it left. No database here."""

from datetime import timedelta
from enum import Enum, auto

from salestrekker_portal.tables.outbox import Channel, Delivery

# The first look waits until the provider has surely written down what it took.
LOOK_FIRST = timedelta(seconds=60)
LOOK_AGAIN = (timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=10))

_ORDER = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 1,
    Delivery.UNKNOWN: 2,
    Delivery.FAILED: 2,
    Delivery.SENT: 3,
    Delivery.DELIVERED: 4,
    Delivery.BOUNCED: 5,
}


class Next(Enum):
    """What to do about a message whose outcome is unknown."""

    ADOPT = auto()
    SEND_AGAIN = auto()
    LOOK_LATER = auto()
    GIVE_UP = auto()  # it did not leave
    LEAVE = auto()  # nobody will ever know


def may_move(now: Delivery, to: Delivery, channel: Channel) -> bool:
    """Callbacks arrive repeatedly and in any order; a message only goes forward.

    An e-mail that was delivered can still come back; an SMS can't.
    """
    if now is Delivery.WITHDRAWN or to not in _ORDER:
        return False
    if now is Delivery.DELIVERED and channel is Channel.SMS:
        return False
    return _ORDER[to] > _ORDER[now]


def carries_pin(kind: str) -> bool:
    """A PIN is never sent a second time on a guess: whoever waits for it asks for a new one."""
    return kind.startswith("portal.pin")


def after_lost_answer(*, found: bool | None, kind: str, channel: Channel, unknowns: int, lookups: int) -> Next:
    """What follows. `found` is the provider's own word, or None when it can't say.

    Sent again at most once: not found, or an e-mail of which nothing was heard for long.
    """
    if found:
        return Next.ADOPT
    once_more = not carries_pin(kind) and unknowns < 2
    if found is False:
        return Next.SEND_AGAIN if once_more else Next.GIVE_UP
    if lookups <= len(LOOK_AGAIN):
        return Next.LOOK_LATER
    return Next.SEND_AGAIN if once_more and channel is Channel.EMAIL else Next.LEAVE
