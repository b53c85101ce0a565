"""Whether a log is what was written: every seal is worked out again, and every row that differs is named."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.security_log.chain import (
    BEGINNING,
    LOGS,
    NOBODYS,
    ChainedLog,
    digest_of,
    seal_after,
)
from salestrekker_portal.kernel.text import counted
from salestrekker_portal.tables.security_log import LogHead, LogSeal, SecurityEvent

A_PAGE = 2_000
ERASED = "log:erased"


@dataclass
class LogChecked:
    """What was found in one log, or in both: rows in the chains, rows that wait to enter, rows that were erased."""

    rows: int = 0
    waiting: int = 0
    erased: int = 0
    broken: list[str] = field(default_factory=list)
    # The number in its chain, where a seal that was asked for was met.
    met: str = ""

    def add(self, other: "LogChecked") -> None:
        self.rows += other.rows
        self.waiting += other.waiting
        self.erased += other.erased
        self.broken += other.broken
        self.met = self.met or other.met


async def check_logs(session: ReadSession, organisation_id: UUID | None = None, *, seal: str = "") -> LogChecked:
    """Both logs, of one firm or of all. `seal`: where that one stands, as it was mailed."""
    found = LogChecked()
    for log in LOGS:
        for head in await _heads(session, log, organisation_id):
            found.add(await _chain(session, log, head, seal))
        found.add(await _beside(session, log, organisation_id))
    return found


async def _heads(session: ReadSession, log: ChainedLog, organisation_id: UUID | None) -> list[LogHead]:
    """Where chains should end. One whose head was removed is known by its seals."""
    heads = select(LogHead).where(LogHead.log == log.name)
    chains = select(LogSeal.chain).where(LogSeal.log == log.name, LogSeal.number == 1)
    if organisation_id is not None:
        heads, chains = heads.where(LogHead.chain == organisation_id), chains.where(LogSeal.chain == organisation_id)
    # Before the heads: a chain that begins meanwhile has one.
    begun = list(await session.scalars(chains))
    found = {head.chain: head for head in await session.scalars(heads)}
    for chain in begun:
        found.setdefault(chain, LogHead(log=log.name, chain=chain, number=-1, seal=""))
    return list(found.values())


async def _chain(session: ReadSession, log: ChainedLog, head: LogHead, wanted: str) -> LogChecked:
    found, before, number = LogChecked(), BEGINNING, 0
    async for row in _links(session, log, head):
        number += 1
        found.rows += 1
        if row["number"] != number:
            missing = f"{log.name} log, rows {number} to {row['number'] - 1} of {_firm(head.chain)}: the seals are gone"
            found.broken.append(missing)
            number = row["number"]
        elif seal_after(before, number, row["digest"]) != row["seal"]:
            found.broken.append(f"{_where(log, head.chain, row)}: its seal does not follow from the one before")
        if problem := _problem(log, row):
            found.broken.append(f"{_where(log, head.chain, row)}: {problem}")
        found.erased += row["salt"] is None
        before = row["seal"]
        if wanted and before.startswith(wanted):
            found.met = f"{log.name} log, row {number} of {_firm(head.chain)}"
    if (head.number, head.seal) != (number, before):
        found.broken.append(
            f"{log.name} log of {_firm(head.chain)}: it ends at row {number}, and should at {head.number}"
        )
    if beyond := await _beyond(session, log, head.chain):
        found.broken.append(f"{log.name} log of {_firm(head.chain)}: {counted(beyond, 'seal')} beyond its end")
    told = await _told_erased(session, log, head.chain)
    if found.erased > told:
        erased = f"{counted(found.erased, 'row')} erased, and {told} of them on the record"
        found.broken.append(f"{log.name} log of {_firm(head.chain)}: {erased}")
    return found


async def _beyond(session: ReadSession, log: ChainedLog, chain: UUID) -> int:
    """How many seals stand after the one that ends their chain, asked in one statement: rows may enter meanwhile."""
    head = (LogHead.log == LogSeal.log) & (LogHead.chain == LogSeal.chain) & (LogHead.number < LogSeal.number)
    found = select(func.count()).select_from(LogSeal).join(LogHead, head)
    return await session.scalar(found.where(LogSeal.log == log.name, LogSeal.chain == chain)) or 0


async def _links(session: ReadSession, log: ChainedLog, head: LogHead) -> AsyncIterator[Mapping[str, Any]]:
    """Every seal up to the head in its order, with the row that it is of; a row's columns are None where it is gone."""
    last = 0
    while True:
        rows = (await session.execute(_page(log, head, last))).mappings().all()
        for row in rows:
            yield dict(row)
        if len(rows) < A_PAGE:
            return
        last = rows[-1]["number"]


def _page(log: ChainedLog, head: LogHead, last: int) -> Select:
    table = log.table
    # What entered since the head was read is left to the next check, or the chain would seem too long.
    upto = [LogSeal.number <= head.number] if head.number >= 0 else []
    links = (LogSeal.number, LogSeal.row_id, LogSeal.salt, LogSeal.digest, LogSeal.seal)
    return (
        select(*links, *[getattr(table, name) for name in log.columns])
        .outerjoin(table, table.id == LogSeal.row_id)
        .where(LogSeal.log == log.name, LogSeal.chain == head.chain, LogSeal.number > last, *upto)
        .order_by(LogSeal.number)
        .limit(A_PAGE)
    )


def _problem(log: ChainedLog, row: Mapping[str, Any]) -> str:
    """What is wrong with the row of a seal, or ""."""
    if row["salt"] is None:
        return "" if row["id"] is None else "it was marked as erased, and is still there"
    if row["id"] is None:
        return "the row was removed"
    return "" if digest_of(log, row["salt"], row) == row["digest"] else "the row was changed after it was written"


async def _beside(session: ReadSession, log: ChainedLog, organisation_id: UUID | None) -> LogChecked:
    """Rows that are in no chain: those that wait, and those that say that they are in one."""
    table, found = log.table, LogChecked()
    mine = [table.organisation_id == organisation_id] if organisation_id is not None else []
    found.waiting = await session.scalar(select(func.count(table.id)).where(table.unsealed.is_not(None), *mine)) or 0
    link = (LogSeal.row_id == table.id) & (LogSeal.log == log.name)
    alone = select(table.id).outerjoin(LogSeal, link).where(table.unsealed.is_(None), LogSeal.row_id.is_(None), *mine)
    for row_id in await session.scalars(alone.limit(A_PAGE)):
        found.broken.append(f"{log.name} log, row {row_id}: it was put in beside the chain")
    return found


async def _told_erased(session: ReadSession, log: ChainedLog, chain: UUID) -> int:
    """How many rows were removed because of their age, as the log itself says."""
    whose = SecurityEvent.organisation_id.is_not_distinct_from(None if chain == NOBODYS else chain)
    told = await session.scalars(select(SecurityEvent.facts).where(whose, SecurityEvent.kind == ERASED))
    return sum(int(facts.get("rows") or 0) for facts in told if facts.get("log") == log.name)


def _where(log: ChainedLog, chain: UUID, row: Mapping[str, Any]) -> str:
    at = f", of {row['created_at']:%Y-%m-%d %H:%M:%S} UTC" if row["created_at"] else ""
    return f"{log.name} log, row {row['number']} of {_firm(chain)} ({row['row_id']}{at})"


def _firm(chain: UUID) -> str:
    return "no firm" if chain == NOBODYS else f"firm {chain}"
