"""Counting statements, and asking the database how it would run them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from salestrekker_portal.database.session import engine, reading

_SILENT = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


class Statements(list):
    """The statements seen, in order, each with its parameters."""

    def __str__(self) -> str:
        return "\n".join(f"{number}. {sql}" for number, (sql, _) in enumerate(self, 1))


@contextmanager
def counted() -> Iterator[Statements]:
    """Collects every statement of this process's database: `with counted() as seen: ...; len(seen)`."""
    seen = Statements()

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, _many: bool) -> None:
        if not sql.lstrip().upper().startswith(_SILENT):
            seen.append((sql, parameters))

    event.listen(engine().sync_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine().sync_engine, "before_cursor_execute", note)


async def scans(seen: Statements, table: str) -> list[str]:
    """The plans of the collected statements that would read all of `table`, on either database."""
    found = []
    async with reading() as session:
        connection = await session.connection()
        for sql, parameters in seen:
            if sql.lstrip().upper().startswith("INSERT"):
                continue
            explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
            rows = await connection.exec_driver_sql(f"{explain} {sql}", parameters)
            # An alias reads as deals_1; a scan of an index is a scan too.
            scanned = re.compile(rf"SCAN {table}(_\d+)?\b|.*Seq Scan on {table}\b")
            found += [f"{row[-1]}\n  in {sql}" for row in rows if scanned.match(row[-1])]
    return found
