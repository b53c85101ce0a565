"""The worker's part: rows enter their chain a moment after they were written.

Not in the transaction that wrote them: each would then wait for the one before in the whole firm, and cost two
statements more. Until a row is sealed it is one of a handful; what is missing among them is what nobody can show.
"""

from uuid import UUID

from sqlalchemy import Select, insert, select, update

from salestrekker_portal.database.session import ReadSession, WriteSession, reading, transaction
from salestrekker_portal.domains.access.throttles import INSERT
from salestrekker_portal.domains.security_log.chain import (
    BEGINNING,
    LOGS,
    NOBODYS,
    ChainedLog,
    digest_of,
    new_salt,
    seal_after,
)
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.security_log import LogHead, LogSeal

AT_ONCE = 200
FIRMS_AT_ONCE = 50


async def seal_logs() -> int:
    """One round over both logs; how many rows were sealed. Safe in several processes at once."""
    sealed = 0
    for log in LOGS:
        async with reading() as session:
            chains = await _waiting_chains(session, log)
        for organisation_id in chains:
            async with transaction() as session:
                sealed += await seal_some(session, log, organisation_id)
    return sealed


async def seal_some(session: WriteSession, log: ChainedLog, organisation_id: UUID | None) -> int:
    """Add what waits to the chain of one firm, at most 200 rows. The chain's head is held meanwhile."""
    head = await _held(session, log, organisation_id or NOBODYS)
    rows = [dict(row) for row in (await session.execute(_unsealed(log, organisation_id))).mappings()]
    if not rows:
        return 0
    now, before, seals = utc_now(), head.seal, []
    for number, row in enumerate(rows, head.number + 1):
        salt = new_salt()
        digest = digest_of(log, salt, row)
        before = seal_after(before, number, digest)
        seals.append({"log": log.name, "chain": head.chain, "number": number, "row_id": row["id"], "salt": salt,
                      "digest": digest, "seal": before, "sealed_at": now})  # fmt: skip
    await session.execute(insert(LogSeal), seals)
    table = log.table
    await session.execute(
        update(table).where(table.id.in_([row["id"] for row in rows])).values(unsealed=None),
        execution_options={"synchronize_session": False},
    )
    head.number, head.seal = head.number + len(rows), before
    return len(rows)


async def _waiting_chains(session: ReadSession, log: ChainedLog) -> list[UUID | None]:
    table = log.table
    waiting = select(table.organisation_id).where(table.unsealed.is_not(None)).distinct().limit(FIRMS_AT_ONCE)
    return list(await session.scalars(waiting))


def _unsealed(log: ChainedLog, organisation_id: UUID | None) -> Select:
    table = log.table
    return (
        select(*[getattr(table, name) for name in log.columns])
        # `is_` of a value is = on both databases, and IS NULL where it is None.
        .where(table.organisation_id.is_not_distinct_from(organisation_id), table.unsealed.is_not(None))
        .order_by(table.created_at, table.id)
        .limit(AT_ONCE)
    )


async def _held(session: WriteSession, log: ChainedLog, chain: UUID) -> LogHead:
    """The head of a chain, made with its first row. Whoever comes second waits here, and then reads what is left."""
    first = INSERT[session.get_bind().dialect.name](LogHead)
    values = {"log": log.name, "chain": chain, "number": 0, "seal": BEGINNING, "mailed": 0}
    await session.execute(first.values(**values).on_conflict_do_nothing())
    held = select(LogHead).where(LogHead.log == log.name, LogHead.chain == chain).with_for_update(key_share=True)
    return (await session.scalars(held.execution_options(populate_existing=True))).one()
