"""What the outbox needs of the outside world."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from salestrekker_portal.domains.outbox.service import Envelope
from salestrekker_portal.tables.outbox import Delivery


class Reason(StrEnum):
    """Why a message was refused, as far as the portal does something about it."""

    ADDRESS = "address"  # not a mobile, or no such mailbox: somebody has to correct it
    OPTED_OUT = "opted_out"  # the recipient answered STOP
    CONFIGURATION = "configuration"  # an administrator has to act
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The provider took the message. `segments` is what an SMS was counted as; None when not said (yet)."""

    ref: str = ""
    segments: int | None = None


class SendFailed(Exception):
    """It did not leave. `permanent` means that trying again would not help; `problem` fits into a sentence."""

    def __init__(self, problem: str, *, permanent: bool, reason: Reason = Reason.OTHER) -> None:
        super().__init__(problem)
        self.problem = problem
        self.permanent = permanent
        self.reason = reason


class OutcomeUnknown(Exception):
    """It was handed over and no answer came: it may have left."""


class ChannelDown(Exception):
    """It did not leave, and no other message will until an administrator acts. The queue is kept."""


class Sender(Protocol):
    """Carries messages of one channel."""

    async def send(self, envelope: Envelope) -> Receipt:
        """Hand it over. Raises SendFailed, OutcomeUnknown, ChannelDown."""
        ...

    async def find(self, envelope: Envelope, since: datetime) -> list[Receipt] | None:
        """What the provider knows of messages like this one that it took after `since`; None if it can't say.

        Raises like `send`.
        """
        ...

    async def ask(self, ref: str) -> "Report | None":
        """What became of a message that was sent; None when the provider has nothing new, or can't be asked."""
        ...


class CallbackRefused(Exception):
    """Not signed, not fresh, or not what this provider sends."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a provider says became of a message. `never_left`: it was taken, and then not sent or billed."""

    status: Delivery
    ref: str = ""
    problem: str = ""
    reason: Reason = Reason.OTHER
    never_left: bool = False
