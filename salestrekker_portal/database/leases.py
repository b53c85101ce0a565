"""A lease on a row that is looked after outside of a transaction: whoever dies loses the lease, not the row."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_

SHORTEST = timedelta(seconds=10)
LONGEST = timedelta(minutes=30)


def is_free(table, now: datetime) -> ColumnElement[bool]:
    """Rows of a table with `lease_until` that nobody is looking after."""
    return or_(table.lease_until.is_(None), table.lease_until < now)


def pause_after(tries: int) -> timedelta:
    """How long a row waits that has failed so many times in a row: doubled each time, within half an hour."""
    return min(SHORTEST * 2 ** min(tries, 8), LONGEST)
