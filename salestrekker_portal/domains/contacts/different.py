"""Two contacts look like one and are two people: said once, so that nobody is asked again; and taken back."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from salestrekker_portal.database.session import HOLD, WriteSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.contacts.queries import access_contact, both_held
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.tables.contacts import Contact, DifferentContacts

ITSELF = "That is this contact. Choose another one."


def said_different(contact_id: UUID, other: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Whether somebody said that this contact and the one of the row are two. A condition."""
    pair = DifferentContacts
    one = and_(pair.one_id == contact_id, pair.other_id == other)
    return or_(exists().where(one), exists().where(pair.other_id == contact_id, pair.one_id == other))


async def say_different(session: WriteSession, actor: Actor, contact_id: UUID, other_id: UUID) -> DifferentContacts:
    """They are two; said twice it is said once. Raises NotFound, NotPermitted, Conflict (one contact)."""
    if contact_id == other_id:
        raise Conflict(ITSELF)
    # In one order, whoever says it from which side.
    one, other = await both_held(session, actor, *sorted((contact_id, other_id)))
    mine = (DifferentContacts.one_id == one.id, DifferentContacts.other_id == other.id)
    known = (await session.scalars(select(DifferentContacts).where(*mine))).one_or_none()
    if known is not None:
        return known
    pair = DifferentContacts(
        organisation_id=actor.organisation_id, one_id=one.id, other_id=other.id, by_name=actor.name
    )
    session.add(pair)
    _tell(session, actor, "contact:two", one, other)
    await session.flush()
    return pair


async def take_back_different(session: WriteSession, actor: Actor, pair_id: UUID) -> None:
    """They may be one after all, and are offered again. Raises NotFound (never said, or taken back), NotPermitted."""
    demand(actor, Permission.CONTACT_WRITE)
    found = await session.get(DifferentContacts, pair_id, with_for_update=HOLD, populate_existing=True)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound("pair of contacts")
    one = await access_contact(session, actor, found.one_id, Permission.CONTACT_WRITE)
    other = await access_contact(session, actor, found.other_id, Permission.CONTACT_WRITE)
    await session.delete(found)
    _tell(session, actor, "contact:two_taken_back", one, other)


def _tell(session: WriteSession, actor: Actor, kind: str, one: Contact, other: Contact) -> None:
    record(
        session, actor, kind, organisation_id=actor.organisation_id, subject_id=one.id, contact=one.name,
        other=other.name,
    )  # fmt: skip
