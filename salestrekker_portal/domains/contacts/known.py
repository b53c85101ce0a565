"""Somebody typed who may be known already: offered, so that nobody becomes two contacts unnoticed."""

from typing import Any, Protocol

from sqlalchemy import or_

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.contacts.queries import visible_contacts
from salestrekker_portal.domains.contacts.rules import ContactFacts, checked_contact
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.names import sort_key
from salestrekker_portal.kernel.text import joined
from salestrekker_portal.tables.contacts import Contact

MOST = 8
# One mark alone says little: couples share an address, offices a number, and names come twice.
ENOUGH = 2


class Marked(Protocol):
    """Somebody by what tells people apart: a contact, or a row of a file. `sort_key` is that of the name."""

    email: str | None
    mobile: str | None
    sort_key: str


async def known_like(session: ReadSession, actor: Actor, typed: list[dict[str, object]]) -> list[Contact]:
    """Contacts of the firm with the e-mail and the mobile of one of these people, or with the name and one of them.

    What can't be read yet is left for the refusal that follows. One statement; none when nothing can be compared.
    """
    people = [facts for each in typed if (facts := _read(each, actor.country)) and (facts.email or facts.mobile)]
    if not people:
        return []
    emails = [each.email for each in people if each.email]
    mobiles = [each.mobile for each in people if each.mobile]
    found = await session.scalars(
        visible_contacts(actor)
        .where(Contact.archived_at.is_(None), or_(Contact.email.in_(emails), Contact.mobile.in_(mobiles)))
        .order_by(Contact.sort_key, Contact.id)
        # A switchboard's number can be that of many; eight of them are offered, and the closest come by two marks.
        .limit(50)
    )
    return [contact for contact in found if any(is_like(each, contact) for each in people)][:MOST]


def is_like(typed: ContactFacts, contact: Marked) -> bool:
    """Two of e-mail, mobile and name are the same, in whatever spelling."""
    key = sort_key(typed.first_name, typed.last_name, typed.company_name)
    return len(_shared(typed.email, typed.mobile, key, contact)) >= ENOUGH


def same_marks(one: Marked, other: Marked) -> list[str]:
    """Which of e-mail, mobile and name two have in common; from `ENOUGH` on they look like one."""
    return _shared(one.email, one.mobile, one.sort_key, other)


def _shared(email: str | None, mobile: str | None, key: str, other: Marked) -> list[str]:
    pairs = {"e-mail": (email, other.email), "mobile": (mobile, other.mobile), "name": (key, other.sort_key)}
    return [mark for mark, (mine, theirs) in pairs.items() if mine and mine == theirs]


def question(known: list[Contact], use: str = "Use them, in the list of contacts below") -> str:
    """What is asked beside the name; `use` says how to take them instead."""
    names = joined(list(dict.fromkeys(each.name for each in known)))
    return f"Is this the {names} you know? {use}; or save again to add another."


def _read(typed: dict[str, Any], country: str) -> ContactFacts | None:
    try:
        return checked_contact(**typed, country=country)
    except Invalid:
        return None
