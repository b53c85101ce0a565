"""The lists of people and of companies: by name or the newest first, narrowed by what somebody types."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor, demand
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.contacts.queries import visible_contacts
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.search.index import subjects_with
from salestrekker_portal.kernel.names import name_needles, search_patterns
from salestrekker_portal.kernel.text import clean
from salestrekker_portal.tables.contacts import Contact, ContactKind
from salestrekker_portal.tables.deals import ApplicantRole, Deal, DealApplicant

# Made once: what SQLAlchemy works out about an alias costs more than the statement.
THERE = aliased(Contact)

PAGE_SIZE = 50
# Somebody who finds more than this types on: the newest of them are shown.
MOST_FOUND = 500
MOST_LETTERS = 80


class ContactSort(StrEnum):
    """What the list is sorted by; the first is the default."""

    NAME = "name"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class ListedContact:
    """A contact, the parts that they play in deals, and the newest of those."""

    contact: Contact
    roles: tuple[ApplicantRole, ...] = ()
    deal: tuple[UUID, str] | None = None


@dataclass(frozen=True, kw_only=True)
class ContactPage:
    """One page; how many there are of each kind; whether more follow. `cut`: more were found than are counted."""

    lines: list[ListedContact] = field(default_factory=list)
    totals: dict[ContactKind, int] = field(default_factory=dict)
    later: bool = False
    cut: bool = False


async def contact_list(
    session: ReadSession,
    actor: Actor,
    kind: ContactKind = ContactKind.PERSON,
    typed: object = "",
    sort: ContactSort = ContactSort.NAME,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
) -> ContactPage:
    """One page of the firm's people or companies: the first, or the one that follows or leads up to a contact of it.

    At most four statements. Raises NotPermitted.
    """
    known, cut = await listed(session, actor, typed)
    counted = await session.execute(known.with_only_columns(Contact.kind, func.count()).group_by(Contact.kind))
    totals = {row[0]: row[1] for row in counted}
    page = _page(known.where(Contact.kind == kind), actor, sort, after, before)
    rows = list(await session.scalars(page))
    back = before is not None
    shown = rows[:PAGE_SIZE][::-1] if back else rows[:PAGE_SIZE]
    lines = await _with_deals(session, actor, shown)
    return ContactPage(lines=lines, totals=totals, later=back or len(rows) > PAGE_SIZE, cut=cut)


async def listed(session: ReadSession, actor: Actor, typed: object) -> tuple[Select, bool]:
    """Whom the lists have for these words, of either kind; and whether there are more. Raises NotPermitted."""
    demand(actor, Permission.CONTACT_READ)
    known = visible_contacts(actor).where(Contact.archived_at.is_(None))
    words = clean(typed)[:MOST_LETTERS]
    if not words:
        return known, False
    found = await _found(session, actor, words)
    # As names begin: the index of the search finds letters anywhere.
    known = known.where(Contact.id.in_(found[:MOST_FOUND]), *map(Contact.search_key.like, search_patterns(words)))
    return known, len(found) > MOST_FOUND


async def _found(session: ReadSession, actor: Actor, words: str) -> list[UUID]:
    wanted = name_needles(words)
    if not wanted:
        return []  # only marks were typed, nothing that could stand in a name
    found = await subjects_with(session, actor.organisation_id, {"contact": wanted}, each=MOST_FOUND + 1)
    return found["contact"]


def _page(found: Select, actor: Actor, sort: ContactSort, after: UUID | None, before: UUID | None) -> Select:
    """A page is found by its neighbour, so that the last one costs what the first does."""
    at, back = before or after, before is not None
    # By name it rises, by age it falls; on the way back the other way round.
    falling = (sort is ContactSort.ADDED) is not back
    by_name = sort is ContactSort.NAME
    if at is not None:
        place = (
            select(THERE.sort_key, THERE.id)
            .where(THERE.id == at, THERE.organisation_id == actor.organisation_id)
            .subquery()
        )
        found = found.join(place, _beyond(place.c, falling, by_name))
    keys = (Contact.sort_key, Contact.id) if by_name else (Contact.id,)
    return found.order_by(*[key.desc() if falling else key.asc() for key in keys]).limit(PAGE_SIZE + 1)


def _beyond(place, falling: bool, by_name: bool) -> ColumnElement[bool]:
    key, contact_id = place
    further = Contact.id < contact_id if falling else Contact.id > contact_id
    if not by_name:
        return further
    name = Contact.sort_key < key if falling else Contact.sort_key > key
    return or_(name, and_(Contact.sort_key == key, further))


async def _with_deals(session: ReadSession, actor: Actor, shown: list[Contact]) -> list[ListedContact]:
    """The newest deal and every part of each. One statement; none for nobody."""
    if not shown:
        return []
    rows = await session.execute(
        visible_deals(actor)
        .join(DealApplicant, DealApplicant.deal_id == Deal.id)
        .where(DealApplicant.contact_id.in_([each.id for each in shown]))
        .with_only_columns(DealApplicant.contact_id, DealApplicant.role, Deal.id, Deal.name)
        .order_by(Deal.id)
    )
    roles: dict[UUID, dict[ApplicantRole, None]] = {}
    deals: dict[UUID, tuple[UUID, str]] = {}
    for contact_id, role, deal_id, name in rows:
        roles.setdefault(contact_id, {})[role] = None
        deals[contact_id] = (deal_id, name)
    order = list(ApplicantRole)
    return [
        ListedContact(
            contact=each, roles=tuple(sorted(roles.get(each.id, ()), key=order.index)), deal=deals.get(each.id)
        )
        for each in shown
    ]
