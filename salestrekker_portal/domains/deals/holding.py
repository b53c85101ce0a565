"""Whoever writes to a deal holds it: two use cases on one deal take turns, and the second sees what the first wrote.

On PostgreSQL the row is locked, without stopping inserts that only point at it; on SQLite the transaction has the
database to itself from its beginning. Reading sessions hold nothing.

Locks are taken in one order: deals (several of them by their id), then a client's access, then what hangs on either
(requests, files, messages), then the firm. docs/architecture.md says why.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update

from salestrekker_portal.database.session import ReadSession, WriteSession, is_writing
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal


def holding(session: ReadSession, found: Select[Deal]) -> Select[Deal]:
    """A statement that reads a deal; in a transaction it waits for its turn and reads what holds then."""
    if not is_writing(session):
        return found
    # populate_existing: a deal that this session read before it waited is read again, as it is now.
    return found.with_for_update(of=Deal, key_share=True).execution_options(populate_existing=True)


async def hold_deal(session: ReadSession, deal_id: Any) -> None:
    """Wait for one's turn with this deal, before reading what hangs on it.

    `deal_id` may be a statement that finds it: `select(Document.deal_id).where(...)`.
    """
    if not is_writing(session) or _has_database_to_itself(session):
        return
    wanted = deal_id.scalar_subquery() if isinstance(deal_id, Select) else deal_id
    await session.execute(select(Deal.id).where(Deal.id == wanted).with_for_update(key_share=True))


async def hold_deals(session: WriteSession, deal_ids: Any) -> list[UUID]:
    """Hold several deals, by their id; `deal_ids` may be a statement. Returns those that there are."""
    if _has_database_to_itself(session) and isinstance(deal_ids, Select):
        # There is no lock to take, so the ids are enough: SQLite would look for them through every deal.
        return sorted({each for each in await session.scalars(deal_ids) if each is not None})
    # In one order, or two who hold the same two deals wait for each other.
    held = select(Deal.id).where(Deal.id.in_(deal_ids)).order_by(Deal.id)
    return list(await session.scalars(held.with_for_update(key_share=True)))


async def hold_for_answers(session: WriteSession, mine: Select[Deal]) -> None:
    """Hold the deal among `mine` and mark its profile as to be counted, in one statement."""
    found = mine.with_only_columns(Deal.id).scalar_subquery()
    marked = update(Deal).where(Deal.id == found).values(profile_due_at=utc_now())
    # The rows that this session holds are not changed in memory: nobody reads the mark in the same transaction.
    await session.execute(marked.execution_options(synchronize_session=False))


def _has_database_to_itself(session: ReadSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
