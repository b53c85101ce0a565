"""Refusals become words on screen, bugs become an apology and a log line; once, here."""

import logging
import secrets

from reflex.event import EventSpec

from salestrekker_portal.kernel.errors import DomainError
from salestrekker_portal.portals.shared.notices import Notices

log = logging.getLogger(__name__)


def show_exception(exception: Exception) -> EventSpec:
    """The app-wide handler for what handlers did not catch."""
    if isinstance(exception, DomainError):
        return Notices.refuse(exception.message)
    number = secrets.token_hex(4)
    log.error("unhandled %s", number, exc_info=exception)
    return Notices.refuse(f"Something went wrong on our side. Try again; if it keeps happening, quote {number}.")
