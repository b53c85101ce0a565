"""The composition root: settings -> adapters -> the domains' ports."""

from salestrekker_portal.adapters.console import ScreenSender
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.outbox.models import Channel, OutboxMessage
from salestrekker_portal.domains.outbox.ports import Sender
from salestrekker_portal.worker import Worker


def senders() -> dict[Channel, Sender]:
    """Who carries e-mail and SMS."""
    if settings().is_local:
        screen = ScreenSender()
        return {Channel.EMAIL: screen, Channel.SMS: screen}
    raise BadSettings("Production needs an e-mail and an SMS provider, which this version does not have yet.")


async def when_given_up(session: WriteSession, message: OutboxMessage) -> None:
    """What follows when a message can't be delivered, by its kind."""


def make_worker() -> Worker:
    return Worker(senders(), when_given_up)
