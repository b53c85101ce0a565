"""Contacts in a list that is read on and on, as other programs do."""

from uuid import UUID

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.contacts.queries import visible_contacts
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.contacts import Contact

MOST = 100


async def contacts_after(
    session: ReadSession, actor: Actor, *, after: UUID | None = None, email: object = "", limit: int = 50
) -> list[Contact]:
    """At most `limit` contacts that came before the contact `after`, the newest first, and one more as a sign that
    there is a next page. Raises NotPermitted."""
    demand(actor, Permission.CONTACT_READ)
    found = visible_contacts(actor).where(Contact.archived_at.is_(None))
    if after is not None:
        found = found.where(Contact.id < after)
    if clean(email):
        found = found.where(Contact.email == clean(email).lower())
    return list(await session.scalars(found.order_by(Contact.id.desc()).limit(min(limit, MOST) + 1)))
