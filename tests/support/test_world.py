"""The supports hold: the cast is in, the counter counts, the harness reaches the gate."""

from sqlalchemy import select

from salestrekker_portal.database.session import close_database, reading, transaction
from salestrekker_portal.portals.events.live import LiveState
from salestrekker_portal.tables.access import Throttle
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.support.harness import Harness
from tests.support.quick import open_quickly
from tests.support.statements import counted, scans
from tests.support.world import NOW, copied


async def test_cast_is_signed_in(database, cast: Cast) -> None:
    assert cast.kim.deal_id == cast.deal.id
    assert cast.priya.is_partner
    assert cast.alice.organisation_id != cast.mallory.organisation_id


async def test_counter_sees_statements_and_scans(sqlite, cast: Cast) -> None:
    with counted() as seen:
        async with reading() as session:
            await session.scalars(select(Deal).where(Deal.name == "anything"))
    assert len(seen) == 1
    assert await scans(seen, "deals")


async def test_harness_drives_a_handler(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        state = await browser.call(LiveState.woke)
    assert state.revision == 1
    assert browser.refusal == ""


async def test_tests_share_what_their_statements_read_and_no_row(empty_sqlite, tmp_path):
    """The second database of a process finds the statements of the first, and nothing of what is in it."""
    found = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        engine = open_quickly(copied(empty_sqlite, tmp_path / name)).sync_engine
        async with transaction() as session:
            known = len(engine._compiled_cache)
            session.add(Throttle(key=name, window_ends_at=NOW))
            await session.flush()
            found.append((list(await session.scalars(select(Throttle.key))), known))
        await close_database()
    (first, _), (second, known) = found
    assert (first, second) == (["first"], ["second"]) and known
