"""The list as a file: what it shows, all pages of it, and nobody else's."""

import re
from base64 import b64decode

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.security_log import words_of
from salestrekker_portal.domains.insights.deal_list import PAGE_SIZE
from salestrekker_portal.portals.broker.board.list_state import FILE_COLUMNS, DealListState
from salestrekker_portal.tables.security_log import SecurityEvent
from tests import factories as make
from tests.cast import Cast
from tests.support.harness import Harness


def _file(browser: Harness) -> str:
    """What the browser is told to keep as a file."""
    return b64decode(re.search(r"base64,([\w+/=]*)", repr(browser.events))[1]).decode()


async def test_the_file_has_every_deal_of_the_list(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        for number in range(PAGE_SIZE + 3):
            name = "=Formula" if number == 0 else f"Deal {number}"
            await make.make_deal(session, cast.firm, cast.stages[0], cast.bob_user, name=name)
    path = f"/board?workflow={cast.workflow.id}&view=list&owner=me"
    async with Harness() as browser:
        await browser.call(DealListState.download, cookie=cast.cookies["bob"], path=path)
        sent = _file(browser)
        assert ",".join(FILE_COLUMNS[:3]) in sent and sent.count("Deal ") >= PAGE_SIZE + 2
        assert "'=Formula" in sent and "Nguyen purchase" not in sent
        await browser.call(DealListState.download, cookie=cast.cookies["mallory"], path=path, tab="m")
        # Another firm's person is given their own deals, whatever the address says.
        assert not re.search(r"Deal \d|Nguyen", _file(browser))
    async with reading() as session:
        taken = select(SecurityEvent).where(SecurityEvent.kind == "export:deals")
        rows = {each.actor_id: each for each in await session.scalars(taken)}
    assert set(rows) == {cast.bob.id, cast.mallory.id} and rows[cast.mallory.id].organisation_id != cast.firm.id
    assert words_of(rows[cast.bob.id]) == f"Took {PAGE_SIZE + 3} deals along in a file"
