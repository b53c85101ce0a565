"""What somebody of the team types while a client says it on the phone is marked so, in the name beside it."""

from dataclasses import replace

from salestrekker_portal.domains.access.actor import Actor

ON_THE_PHONE = " on the phone"
_LONGEST = 160  # of a name beside an answer


def on_the_phone(actor: Actor) -> Actor:
    """The same person, whose answers say that a client told them; the longest names have no room for it."""
    marked = actor.name + ON_THE_PHONE
    return replace(actor, name=marked) if len(marked) <= _LONGEST else actor


def short_name(author: str) -> str:
    """The first name of whoever typed an answer, with how."""
    first = author.split(" ")[0]
    return first + ON_THE_PHONE if author.endswith(ON_THE_PHONE) else first
