"""Removing what came in of a file, as long as nobody has built on it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select

from salestrekker_portal.database.pointing import pointing_at
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.deals.changes import board_remade
from salestrekker_portal.domains.deals.holding import hold_deals
from salestrekker_portal.domains.imports.prints import contact_print, deal_print
from salestrekker_portal.tables.contacts import Contact, DifferentContacts
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.fact_find import ProfileLook
from salestrekker_portal.tables.imports import DataImport, ImportRow, RowState
from salestrekker_portal.tables.notes import ThreadRead

DEAL_STAYS = "The deal {reference} stays, and who is in it: something happened on it since."
CONTACT_STAYS = "{name} stays: they were changed, or are in something else by now."

# Rows that come with a deal; later ones of the same tables were added by somebody.
_CAME_WITH_IT = ("deal_applicants", "documents")
# That somebody looked at the notes or the answers is nothing that was built.
_NOT_COUNTED = ("thread_reads", "profile_looks")


async def take_rows_back(session: WriteSession, file: DataImport, rows: Sequence[ImportRow]) -> None:
    """Remove the deals and contacts of these rows; a row of which something stays says what."""
    says: dict[UUID, list[str]] = {row.id: [] for row in rows}
    await _deals_back(session, rows, says)
    await _contacts_back(session, rows, says)
    for row in rows:
        row.state, row.says = (RowState.STAYS if says[row.id] else RowState.GONE), says[row.id]
    board_remade(session, file.organisation_id)


async def _deals_back(session: WriteSession, rows: Sequence[ImportRow], says: Mapping[UUID, list[str]]) -> None:
    came: dict[UUID, ImportRow] = {}
    for row in rows:
        # The last one that came into a deal knows how it was when all were in.
        if row.deal_id is not None:
            came.setdefault(row.deal_id, row)
    mine = select(Deal.id).where(Deal.id.in_(list(came)))
    await hold_deals(session, mine)
    found = select(Deal).where(Deal.id.in_(list(came))).execution_options(populate_existing=True)
    deals = {deal.id: deal for deal in await session.scalars(found)}
    built_on = await _built_on(session, {deal_id: came[deal_id].came_at for deal_id in deals})
    free = [key for key, deal in deals.items() if key not in built_on and deal_print(deal) == came[key].deal_print]
    for key in deals.keys() - set(free):
        says[came[key].id].append(DEAL_STAYS.format(reference=deals[key].reference))
    for table in (ThreadRead, ProfileLook, DealApplicant, Document):
        await session.execute(delete(table).where(table.deal_id.in_(free)))
    await session.execute(delete(Deal).where(Deal.id.in_(free)))


async def _built_on(session: WriteSession, came: Mapping[UUID, datetime | None]) -> set[UUID]:
    """Deals that anything else hangs on by now: whatever points at a deal counts, in whichever table."""
    built_on: set[UUID] = set()
    for column in pointing_at("deals"):
        name = column.table.name
        if name in _CAME_WITH_IT:
            latest = select(column, func.max(column.table.c.created_at)).where(column.in_(list(came))).group_by(column)
            for deal_id, at in await session.execute(latest):
                since = came[deal_id]
                built_on |= {deal_id} if since is None or at > since else set()
        elif name not in _NOT_COUNTED:
            built_on |= set(await session.scalars(select(column).where(column.in_(list(came))).distinct()))
    return built_on


async def _contacts_back(session: WriteSession, rows: Sequence[ImportRow], says: Mapping[UUID, list[str]]) -> None:
    came = {row.contact_id: row for row in rows if row.contact_id is not None and row.contact_print}
    found = select(Contact).where(Contact.id.in_(list(came))).order_by(Contact.id).with_for_update(key_share=True)
    contacts = {each.id: each for each in await session.scalars(found.execution_options(populate_existing=True))}
    pointed_at: set[UUID] = set()
    for column in pointing_at("contacts"):
        if column.table.name == DifferentContacts.__tablename__:
            continue  # goes with them: whom they are not means nothing without them
        pointed_at |= set(await session.scalars(select(column).where(column.in_(list(contacts))).distinct()))
    free = [
        key
        for key, each in contacts.items()
        if key not in pointed_at and contact_print(each) == came[key].contact_print
    ]
    for key in contacts.keys() - set(free):
        # Whose deal stays is told of with the deal.
        if not says[came[key].id]:
            says[came[key].id].append(CONTACT_STAYS.format(name=contacts[key].name))
    pairs = or_(DifferentContacts.one_id.in_(free), DifferentContacts.other_id.in_(free))
    await session.execute(delete(DifferentContacts).where(pairs))
    await session.execute(delete(Contact).where(Contact.id.in_(free)))
