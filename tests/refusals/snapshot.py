"""What must not change when a stranger has tried."""

import hashlib
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.tables.registry import metadata
from tests.refusals.place import Place

# Bookkeeping that a refused try may touch.
# The security log is where a refused try belongs.
NOT_COUNTED = {
    *("portal_sessions", "passkey_challenges", "throttles", "shown_messages", "thread_reads", "security_events"),
    "profile_looks",  # whoever may read answers has looked: theirs alone, by tests/domains/fact_find/test_looks.py
}

Whose = Literal["anybody", "firm", "deal"]


async def snapshot(place: Place, whose: Whose = "anybody") -> str:
    """A digest of every row that strangers must leave alone: equal digests mean that nothing changed.

    "firm" and "deal" leave out the rows that somebody of another firm, or of another deal, may well change.
    """
    return hashlib.sha256((await rows_of(place, whose)).encode()).hexdigest()


async def rows_of(place: Place, whose: Whose = "anybody") -> str:
    """Those rows as Python writes them."""
    lines = []
    async with reading() as session:
        for table in metadata.sorted_tables:
            owned = _owned(table, place, whose)
            if table.name in NOT_COUNTED or (owned is None and whose != "anybody"):
                continue
            query = select(table) if owned is None else select(table).where(owned)
            lines.append(table.name)
            lines += sorted(repr(tuple(row)) for row in await session.execute(query))
    return "\n".join(lines)


def _owned(table, place: Place, whose: Whose):
    """Which rows of a table belong to the firm, or to the deal; None when the table does not say."""
    columns = table.c
    if whose != "deal" and "organisation_id" in columns:
        return columns.organisation_id == place.firm_id
    if whose == "firm" and "workflow_id" in columns:
        return columns.workflow_id == UUID(place.ids["workflow"])
    if whose != "anybody" and "deal_id" in columns:
        return columns.deal_id == place.deal_id
    return columns.id == place.deal_id if table.name == "deals" else None
