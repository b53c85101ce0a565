"""Refusals are written down where every handler and route passes, not by each of them."""

from salestrekker_portal.domains.security_log.service import note_apart
from salestrekker_portal.domains.security_log.whence import asking, missed
from salestrekker_portal.kernel.errors import DomainError, NotFound, NotPermitted


async def note_refusal(refusal: DomainError, at: str) -> None:
    """Write down that somebody asked for what they may not do or see; `at` is the handler or route, by its name.

    What is wrong in a form is no refusal in this sense, nor is what a preview may not do.
    """
    actor = asking()
    missed()
    if actor is None or actor.is_preview or not isinstance(refusal, NotPermitted | NotFound):
        return
    kind = "refused:permission" if isinstance(refusal, NotPermitted) else "refused:hidden"
    await note_apart(kind, organisation_id=actor.organisation_id, by=actor, what=refusal.message, at=at)


async def note_missed(at: str) -> None:
    """The same for a screen that said itself that something is not there, and went on."""
    what = missed()
    if what:
        await note_refusal(NotFound(what), at)
