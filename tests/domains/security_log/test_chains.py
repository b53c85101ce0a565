"""The chains of both logs: in order, whole under two at once, and broken by every kind of tampering."""

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, update

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.activity.service import record
from salestrekker_portal.domains.security_log.chain import SECURITY
from salestrekker_portal.domains.security_log.checking import LogChecked, _chain, check_logs
from salestrekker_portal.domains.security_log.sealing import seal_logs, seal_some
from salestrekker_portal.domains.security_log.service import note
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.security_log import LogHead, LogSeal, SecurityEvent
from salestrekker_portal.verify import told


async def looked() -> LogChecked:
    async with reading() as session:
        return await check_logs(session)


async def all_sealed() -> None:
    while await seal_logs():
        pass


@pytest.fixture
async def written(database, cast) -> list:
    """Ten rows of each log, sealed; the ids of the activity's."""
    async with transaction() as session:
        for number in range(10):
            record(session, cast.alice, "settings:details", organisation_id=cast.firm.id, fields=f"nämé {number}")
        record(session, cast.mallory, "deal:added", organisation_id=cast.other_firm.id)
        note(session, "sign_in:refused", organisation_id=None, refused=True, why="nobody’s")
    await all_sealed()
    assert (await looked()).broken == []
    async with reading() as session:
        mine = select(Activity.id).where(Activity.organisation_id == cast.firm.id).order_by(Activity.created_at)
        return list(await session.scalars(mine))


async def test_both_logs_are_whole_and_nothing_waits(written):
    found = await looked()
    assert (found.broken, found.waiting, found.erased) == ([], 0, 0) and found.rows >= 22
    assert told(found)[-1] == "Both logs are what was written."
    async with reading() as session:
        heads = list(await session.scalars(select(LogHead)))
        seals = select(LogSeal.number).where(LogSeal.log == "security", LogSeal.chain == heads[0].chain)
        numbers = list(await session.scalars(seals.order_by(LogSeal.number)))
        meets = await check_logs(session, seal=heads[0].seal[:16])
    assert len(heads) == 4 and numbers == list(range(1, len(numbers) + 1))
    assert f"row {heads[0].number} of" in meets.met


TAMPERED = {
    "a name": (update(Activity).values(actor_name="Somebody else"), "the row was changed"),
    "a fact": (update(Activity).values(facts={"fields": "nothing"}), "the row was changed"),
    "a time": (update(Activity).values(created_at=utc_now() - timedelta(days=9)), "the row was changed"),
    "removed": (delete(Activity), "the row was removed"),
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_any_row_that_was_tampered_with_is_named(written, how):
    statement, words = TAMPERED[how]
    for row_id in (written[0], written[5], written[-1]):
        async with transaction() as session:
            kept = dict((await session.execute(select(Activity).where(Activity.id == row_id))).scalar_one())
            await session.execute(statement.where(Activity.id == row_id))
        found = await looked()
        assert [words in each and str(row_id) in each for each in found.broken] == [True], found.broken
        assert told(found)[-1].startswith("NOT what was written")
        async with transaction() as session:
            await session.execute(delete(Activity).where(Activity.id == row_id))
            await session.execute(insert(Activity).values(**kept))
        assert (await looked()).broken == []


async def test_the_same_of_the_security_log(written):
    async with transaction() as session:
        row = (await session.scalars(select(SecurityEvent).where(SecurityEvent.refused.is_(True)))).first()
        row.refused = False
    [broken] = (await looked()).broken
    assert str(row.id) in broken and "security log" in broken


async def test_a_row_put_in_beside_the_chain_is_named(written, cast):
    async with transaction() as session:
        row = record(session, cast.alice, "deal:added", organisation_id=cast.firm.id)
        await session.flush()
        row.unsealed = None
    [broken] = (await looked()).broken
    assert str(row.id) in broken and "beside the chain" in broken


async def test_seals_that_were_cut_off_or_made_anew_are_noticed(written, cast):
    async with transaction() as session:
        mine = (LogSeal.log == "activity", LogSeal.chain == cast.firm.id)
        await session.execute(delete(LogSeal).where(*mine, LogSeal.number == 4))
    assert any("the seals are gone" in each for each in (await looked()).broken)
    async with transaction() as session:
        await session.execute(delete(LogSeal).where(*mine))
        await session.execute(delete(Activity).where(Activity.organisation_id == cast.firm.id))
    assert any("it ends at row 0" in each for each in (await looked()).broken)


async def test_rows_that_enter_while_it_is_checked_are_no_fault_and_seals_beyond_the_end_are(written, cast):
    async with reading() as session:
        head = await session.get(LogHead, ("security", cast.firm.id))
        before = await session.get(LogSeal, ("security", cast.firm.id, head.number - 1))
        as_read = LogHead(log="security", chain=cast.firm.id, number=before.number, seal=before.seal)
        assert (await _chain(session, SECURITY, as_read, "")).broken == []
    async with transaction() as session:
        await session.execute(
            update(LogHead).where(LogHead.log == "security", LogHead.chain == cast.firm.id)
            .values(number=before.number, seal=before.seal)
        )  # fmt: skip
    assert any("1 seal beyond its end" in each for each in (await looked()).broken)


async def test_an_erased_row_leaves_the_chain_whole_and_only_when_the_log_says_so(written, cast):
    gone = written[3]
    async with transaction() as session:
        await session.execute(delete(Activity).where(Activity.id == gone))
        await session.execute(
            update(LogSeal).where(LogSeal.row_id == gone, LogSeal.log == "activity")
            .values(salt=None, erased_at=utc_now())
        )  # fmt: skip
    assert any("1 row erased, and 0 of them on the record" in each for each in (await looked()).broken)
    async with transaction() as session:
        note(session, "log:erased", organisation_id=cast.firm.id, log="activity", rows=1, years=7)
    await all_sealed()
    found = await looked()
    assert (found.broken, found.erased) == ([], 1)


async def test_two_who_seal_at_once_make_one_chain(written, cast):
    async with transaction() as session:
        for number in range(40):
            note(session, "settings:sms", organisation_id=cast.firm.id, by=cast.alice, on=bool(number % 2))

    async def one() -> int:
        async with transaction() as session:
            return await seal_some(session, SECURITY, cast.firm.id)

    counts = await asyncio.gather(*[one() for _ in range(4)])
    assert sorted(counts) == [0, 0, 0, 40] and (await looked()).broken == []


@pytest.mark.slow
async def test_a_hundred_thousand_rows_would_be_checked_within_half_a_minute(sqlite, cast):
    base = {"organisation_id": cast.firm.id, "kind": "sign_in:password", "area": "sign_in", "actor_kind": "broker",
            "actor_id": cast.alice.id, "actor_name": cast.alice.name, "refused": False, "unsealed": True,
            "place": "203.0.113.24", "device": "Chrome on Android", "facts": {"way": "with a password"}}  # fmt: skip
    async with transaction() as session:
        many = [{"id": uuid4(), "created_at": utc_now(), **base} for _ in range(5_000)]
        await session.execute(insert(SecurityEvent), many)
    await all_sealed()
    # The time of this thread and not of the clock, the best of three: other tests run beside it, and a process that ran
    # thousands before clears up after them whenever it likes.
    times = []
    for _ in range(3):
        began = time.thread_time()
        found = await looked()
        times.append(time.thread_time() - began)
        assert (found.broken, found.rows) == ([], 5_000)
    assert min(times) * 20 < 30, f"{min(times) * 20:.1f} s for a hundred thousand"
