"""Whom a page was shown to: a person in a firm, and for clients in an application."""

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.kernel.tokens import token_hash

# What assets/once.js says with a form: the mark that stands in its page.
FIELD = "_whose"
SOMEBODY_ELSE = (
    "Since this page was opened you went to another of your firms in another tab, or somebody else signed in. Nothing "
    "was done. Load the page again."
)


def mark_of(actor: Actor | None) -> str:
    """A mark for the person in this firm and application, the same at each sign-in; "" for nobody and in a preview."""
    if actor is None or actor.is_preview:
        return ""
    about = f"{actor.id}:{actor.organisation_id}:{actor.deal_id or ''}"
    # A hash, because it stands in the page for scripts to read; ids of people and firms don't have to.
    return token_hash(f"typed:{actor.portal.value}:{about}")[:16]


def demand_shown_to(actor: Actor, said: object) -> None:
    """Raises Conflict where the form's page was shown to somebody else, or in another firm. No mark, no question."""
    if said and said != mark_of(actor):
        raise Conflict(SOMEBODY_ELSE)
