"""The only doors to contacts."""

from uuid import UUID

from sqlalchemy import Select, false, select

from salestrekker_portal.database.session import HOLD, ReadSession, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.names import search_patterns
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.contacts import Contact

PAGE_SIZE = 25


def visible_contacts(actor: Actor) -> Select[Contact]:
    """Contacts that this person may know of: the firm's, for its staff; a client's own."""
    mine = select(Contact).where(Contact.organisation_id == actor.organisation_id)
    if actor.is_staff:
        return mine
    # Partners find nobody here: whom the firm knows is not theirs to learn, not even about their own leads.
    return mine.where(Contact.id == actor.id) if actor.is_client else mine.where(false())


async def access_contact(session: ReadSession, actor: Actor, contact_id: UUID, permission: Permission) -> Contact:
    """The contact, if this person may do this to it. Raises NotFound (absent or hidden) or NotPermitted."""
    contact = (await session.scalars(visible_contacts(actor).where(Contact.id == contact_id))).one_or_none()
    if contact is None:
        raise NotFound("contact")
    demand(actor, permission)
    return contact


async def both_held(session: WriteSession, actor: Actor, one_id: UUID, other_id: UUID) -> tuple[Contact, Contact]:
    """Two contacts to be changed, held until the end, always in one order. Raises NotFound, NotPermitted."""
    found = [await access_contact(session, actor, each, Permission.CONTACT_WRITE) for each in (one_id, other_id)]
    for each in sorted({contact.id: contact for contact in found}.values(), key=lambda contact: contact.id):
        await session.refresh(each, with_for_update=HOLD)
    return found[0], found[1]


async def find_contacts(session: ReadSession, actor: Actor, words: object, *, limit: int = 8) -> list[Contact]:
    """Contacts by any part of a name, the beginning of an e-mail, or a phone number; none before two letters."""
    # One letter would find half the firm, at each press of a key.
    if len(clean(words)) < 2:
        return []
    return await contacts_page(session, actor, words, limit=limit)


async def contacts_page(
    session: ReadSession, actor: Actor, words: object = "", *, page: int = 1, limit: int = PAGE_SIZE
) -> list[Contact]:
    """One page of contacts by name, and one more as a sign that there is a next page."""
    found = visible_contacts(actor).where(Contact.archived_at.is_(None))
    patterns = search_patterns(clean(words)[:80])
    # Only marks were typed, nothing that could stand in a name: everybody would be the wrong answer.
    if not patterns and clean(words):
        return []
    found = found.where(*(Contact.search_key.like(pattern) for pattern in patterns))
    found = found.order_by(Contact.sort_key, Contact.id)
    return list(await session.scalars(found.limit(limit + 1).offset((page - 1) * limit)))
