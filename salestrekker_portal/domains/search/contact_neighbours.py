"""Where a contact stands in the list that somebody came from: who is before and after them, and how many there are."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.search.contact_list import ContactSort, listed
from salestrekker_portal.tables.contacts import Contact


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The contact is number `place` of `total`."""

    place: int
    total: int
    before: UUID | None
    after: UUID | None


async def neighbours_of(
    session: ReadSession, actor: Actor, contact: Contact, typed: object, sort: ContactSort
) -> Neighbours | None:
    """None when the list doesn't have them: the words are of somebody else, or they are merged away.

    One statement, or two with words. Raises NotPermitted.
    """
    known, _ = await listed(session, actor, typed)
    known = known.where(Contact.kind == contact.kind)
    ahead, behind = _ahead(contact, sort), _ahead(contact, sort, turned=True)
    # The list runs upwards by name and downwards by age.
    nearest = [Contact.sort_key, Contact.id] if sort is ContactSort.NAME else [Contact.id]
    up = [key.asc() for key in nearest]
    down = [key.desc() for key in nearest]
    to_before, to_after = (down, up) if sort is ContactSort.NAME else (up, down)
    how_many = known.with_only_columns(func.count())
    one = known.with_only_columns(Contact.id)
    row = (
        await session.execute(
            select(
                how_many.where(ahead).scalar_subquery(),
                how_many.scalar_subquery(),
                how_many.where(Contact.id == contact.id).scalar_subquery(),
                one.where(ahead).order_by(*to_before).limit(1).scalar_subquery(),
                one.where(behind).order_by(*to_after).limit(1).scalar_subquery(),
            )
        )
    ).one()
    place, total, here, before, after = row
    return Neighbours(place=place + 1, total=total, before=before, after=after) if here else None


def _ahead(contact: Contact, sort: ContactSort, *, turned: bool = False) -> ColumnElement[bool]:
    """Who stands before the contact in the list; `turned`: who stands after."""
    if sort is ContactSort.ADDED:
        return Contact.id < contact.id if turned else Contact.id > contact.id
    name = Contact.sort_key > contact.sort_key if turned else Contact.sort_key < contact.sort_key
    same = Contact.id > contact.id if turned else Contact.id < contact.id
    return or_(name, and_(Contact.sort_key == contact.sort_key, same))
