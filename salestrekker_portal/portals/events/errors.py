"""Refusals become words on screen, bugs become an apology and a log line; once, here."""

import logging
import secrets
from dataclasses import asdict

from reflex.event import EventSpec

from salestrekker_portal.kernel.errors import AlreadyDone, DomainError, Faster, ProofNeeded
from salestrekker_portal.portals.events.asking import ask_who
from salestrekker_portal.portals.events.deeds import do
from salestrekker_portal.portals.events.gate import ACTOR
from salestrekker_portal.portals.events.notices import Notices

log = logging.getLogger(__name__)


def show_exception(exception: Exception) -> list[EventSpec]:
    """The app-wide handler for what handlers did not catch."""
    if isinstance(exception, Faster):
        clashes = {name: asdict(clash) for name, clash in exception.clashes.items()}
        # The form is in the browser with all that was typed; assets/faster.js asks beside each of its fields.
        return [do("faster", clashes), Notices.refuse(exception.message)]
    if isinstance(exception, ProofNeeded):
        return [ask_who(ACTOR.get(), exception.press)]
    if isinstance(exception, AlreadyDone):
        return [Notices.tell(exception.message)]
    if isinstance(exception, DomainError):
        return [Notices.refuse(exception.message)]
    number = secrets.token_hex(4)
    log.error("unhandled %s", number, exc_info=exception)
    return [Notices.refuse(f"Something went wrong on our side. Try again; if it keeps happening, quote {number}.")]
