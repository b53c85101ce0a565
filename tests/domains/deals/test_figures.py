"""The figures on a deal's card follow what happened."""

from uuid import uuid4

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.activity.service import board_topic, publish_with
from salestrekker_portal.domains.deals.changes import changed_elsewhere, changed_since, number_now
from salestrekker_portal.domains.deals.figures import deal_touched, keep_figures
from salestrekker_portal.domains.deals.rules import MoveFacts, portal_state, whose_move
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.workflows import FactFindMode
from tests.cast import Cast
from tests.support.statements import counted

FACTS = {
    "with_lender": False,
    "portal_state": "active",
    "mode": FactFindMode.EDITABLE,
    "profile_pct": 100,
    "asked_open": 0,
    "to_review": 0,
}


@pytest.mark.parametrize(
    ("facts", "move"),
    [
        ({}, Move.US),
        ({"profile_pct": 40}, Move.CLIENT),
        ({"profile_pct": 40, "portal_state": "not_invited"}, Move.US),
        ({"asked_open": 2}, Move.CLIENT),
        ({"asked_open": 2, "to_review": 1}, Move.US),
        ({"with_lender": True, "mode": FactFindMode.READ_ONLY, "profile_pct": 40}, Move.LENDER),
        ({"with_lender": True, "asked_open": 1}, Move.CLIENT),
        ({"asked_open": 1, "portal_state": "revoked"}, Move.US),
    ],
)
def test_whose_move(facts: dict, move: Move) -> None:
    assert whose_move(MoveFacts(**{**FACTS, **facts})) is move


def test_portal_state() -> None:
    assert portal_state(live=2, consented=1, ended=3) == "active"
    assert portal_state(live=1, consented=0, ended=3) == "invited"
    assert portal_state(live=0, consented=0, ended=1) == "revoked"
    assert portal_state(live=0, consented=0, ended=0) == "not_invited"


async def test_figures_follow_requests_and_accesses(database, cast: Cast) -> None:
    def request(state: RequestState, **facts) -> DocumentRequest:
        return DocumentRequest(
            deal_id=cast.deal.id, name=state, state=state, added_by=cast.alice_user.id, sent_at=utc_now(), **facts
        )

    async with transaction() as session:
        session.add_all(
            [
                request(RequestState.REQUESTED),
                request(RequestState.ACCEPTED),
                request(RequestState.NOT_NEEDED),
                request(RequestState.UPLOADED, withdrawn_at=utc_now()),
            ]
        )
        with counted() as seen:
            await session.flush()
            seen.clear()
            deal_touched(session, cast.deal.id, profile_pct=86)
            await keep_figures(session)
        assert len(seen) == 2, str(seen)
        deal = await session.get(Deal, cast.deal.id)
    assert (deal.documents_asked, deal.documents_in, deal.profile_pct) == (2, 1, 86)
    assert (deal.portal_state, deal.move) == ("active", Move.CLIENT)


async def test_boards_hear_of_a_change_once_it_is_kept(sqlite, cast: Cast) -> None:
    before = number_now(cast.firm.id)
    with pytest.raises(ZeroDivisionError):
        async with transaction() as session:
            deal_touched(session, cast.deal.id, profile_pct=10)
            raise ZeroDivisionError
    assert number_now(cast.firm.id) == before
    async with transaction() as session:
        deal_touched(session, cast.deal.id, profile_pct=10)
        deal_touched(session, cast.deal.id, profile_pct=10)
    changed = changed_since(cast.firm.id, before)
    assert changed.redrawn == {cast.deal.id} and not changed.placed
    assert number_now(cast.firm.id) == before + 1


def test_a_board_that_fell_behind_is_told_to_load() -> None:
    firm = uuid4()
    assert changed_since(firm, 0).ids == frozenset()
    assert changed_since(firm, 7) is None


def test_what_another_process_changed_is_asked_for_by_deal() -> None:
    firm, moved, drawn = uuid4(), uuid4(), uuid4()
    before = number_now(firm)
    board = board_topic(firm)
    changed_elsewhere(
        frozenset({board, f"{board}:placed:{moved}", f"{board}:redrawn:{drawn}", f"{board}:redrawn:{moved}"})
    )
    changed = changed_since(firm, before)
    assert (changed.placed, changed.redrawn) == ({moved}, {drawn})


@pytest.mark.parametrize("beside", [(), ("anew",), ("placed:nobody",), ("anew", f"placed:{uuid4()}")])
def test_a_change_elsewhere_that_names_no_deal_has_the_board_read_afresh(beside) -> None:
    firm = uuid4()
    before, board = number_now(firm), board_topic(firm)
    changed_elsewhere(frozenset({board, *(f"{board}:{each}" for each in beside)}))
    assert changed_since(firm, before) is None


async def test_what_one_process_changed_another_hears_by_deal(sqlite, cast: Cast) -> None:
    heard: set[str] = set()

    async def publish(topics: frozenset[str]) -> None:
        heard.update(topics)

    publish_with(publish)
    try:
        async with transaction() as session:
            deal_touched(session, cast.deal.id, profile_pct=10)
    finally:
        publish_with(None)
    before = number_now(cast.firm.id)
    changed_elsewhere(frozenset(heard))
    assert changed_since(cast.firm.id, before).ids == {cast.deal.id}
