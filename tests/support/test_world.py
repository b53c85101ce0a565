"""The supports hold: the cast is in, the counter counts, the harness reaches the gate."""

from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.portals.events.live import LiveState
from salestrekker_portal.tables.deals import Deal
from tests.cast import Cast
from tests.support.harness import Harness
from tests.support.statements import counted, scans


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
