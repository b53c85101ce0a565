"""The composition root: settings -> adapters -> the domains' ports."""

from functools import cache

from salestrekker_portal.adapters.console import ScreenSender
from salestrekker_portal.adapters.files_local import LocalFiles
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.config import BadSettings, settings
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.documents.ports import FileStore, Scanner
from salestrekker_portal.domains.outbox.models import Channel, OutboxMessage
from salestrekker_portal.domains.outbox.ports import Sender
from salestrekker_portal.domains.portal_access.service import pin_not_delivered
from salestrekker_portal.kernel.tokens import derived_key
from salestrekker_portal.worker import Worker


def senders() -> dict[Channel, Sender]:
    """Who carries e-mail and SMS."""
    if settings().is_local:
        screen = ScreenSender()
        return {Channel.EMAIL: screen, Channel.SMS: screen}
    raise BadSettings("Production needs an e-mail and an SMS provider, which this version does not have yet.")


@cache
def file_store() -> FileStore:
    """Where documents are kept: sealed, in a private folder of this machine."""
    return LocalFiles(settings().data / "files", derived_key(settings().secret, "files"))


@cache
def scanner() -> Scanner:
    """Who looks for viruses: nobody yet, and every file says so."""
    return NoScanner()


async def when_given_up(session: WriteSession, message: OutboxMessage) -> None:
    """What follows when a message can't be delivered, by its kind."""
    if message.kind == "portal.pin":
        await pin_not_delivered(session, message)


def make_worker() -> Worker:
    return Worker(senders(), when_given_up)
