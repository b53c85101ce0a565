"""An update that a partner was promised, in amber where the broker looks: the board's card and the deal's head."""

from datetime import datetime

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.partners.promises import promise_update
from salestrekker_portal.kernel import clock
from salestrekker_portal.portals.broker.board.reading import board_at_once
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.deal.partners_words import owed_words
from salestrekker_portal.tables.partners import DealPartner
from tests.domains.notifications.world import tell
from tests.support.harness import Harness

SYDNEY, DUE = "Australia/Sydney", datetime.fromisoformat("2026-03-12T16:00+11:00")  # a Thursday


@pytest.fixture(autouse=True)
def monday():
    clock.freeze(datetime.fromisoformat("2026-03-09T09:41+11:00"))
    yield
    clock.freeze(None)


@pytest.mark.parametrize(
    ("now", "zone", "word"),
    [
        ("2026-03-11T23:59+11:00", SYDNEY, None),
        ("2026-03-12T00:00+11:00", SYDNEY, "Update due 4 pm"),
        ("2026-03-12T15:59+11:00", "Australia/Perth", "Update due 1 pm"),
        ("2026-03-12T16:00+11:00", SYDNEY, "Update was due 4 pm"),
        ("2026-03-13T09:00+11:00", SYDNEY, "Update was due Thu 4 pm"),
        ("2026-03-18T09:00+11:00", SYDNEY, "Update was due Thu 4 pm"),
        ("2026-03-19T09:00+11:00", SYDNEY, "Update was due 12 Mar 4 pm"),
    ],
)
def test_it_is_said_from_the_morning_of_its_day(now, zone, word):
    clock.freeze(datetime.fromisoformat(now))
    said = owed_words(DUE, zone)
    assert (said and said["word"]) == word and owed_words(None, zone) is None


async def promise(cast, due) -> None:
    async with transaction() as session:
        (await session.get(DealPartner, (cast.deal.id, cast.priya_partner.id))).promised_for = due


async def test_board_and_deal_say_it_until_the_partner_has_heard(sqlite, cast):
    board = {"cookie": cast.cookies["alice"], "path": f"/board?workflow={cast.workflow.id}", "tab": "board"}
    deal = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}", "tab": "deal"}
    key = str(cast.deal.id)
    async with Harness() as browser:
        await browser.call(BoardState.load, **board)
        async with transaction() as session:
            await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "3")
        [card] = (await browser.call(BoardState.refresh, **board)).patch["cards"]
        assert card["id"] == key and "promise" not in card
        assert (await browser.call(DealFrameState.load, **deal)).owed == ""
        await promise(cast, datetime.fromisoformat("2026-03-09T16:00+11:00"))
        page = (await browser.call(BoardState.load, **board)).page
        assert page["cards"][key]["promise"]["word"] == "Update due 4 pm"
        await promise(cast, datetime.fromisoformat("2026-03-06T16:00+11:00"))
        head = await browser.call(DealFrameState.load, **deal)
        assert head.owed == "Update was due Fri 4 pm" and "Friday 6 March" in head.owed_what
        other = await browser.call(DealFrameState.load, **{**deal, "cookie": cast.cookies["mallory"], "tab": "m"})
        assert other.missing and other.owed == ""
        async with transaction() as session:
            assert "Update was due Fri 4 pm" in await board_at_once(session, cast.alice, lambda name: "")
        await browser.call(BoardState.load, **board)
        async with transaction() as session:
            await add_note(session, cast.alice, cast.deal.id, "The lender said yes", with_partner=True)
        await tell()
        patch = (await browser.call(BoardState.refresh, **board)).patch
        assert [each["id"] for each in patch["cards"]] == [key] and "promise" not in patch["cards"][0]
        assert (await browser.call(DealFrameState.load, **deal)).owed == ""
