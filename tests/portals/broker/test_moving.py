"""Moving a deal to another workflow, taking a move back, and asking before a client who types is locked."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.pipeline.settling import move_deal
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.broker.deal.frame_state import DealFrameState
from salestrekker_portal.portals.broker.moving.state import MovingState
from salestrekker_portal.portals.shared.profile.presence import presence
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.workflows import FactFindMode
from tests import factories as make
from tests.cast import Cast
from tests.support.harness import Harness


async def where(cast: Cast) -> tuple:
    async with reading() as session:
        deal = await session.get(Deal, cast.deal.id)
        return deal.workflow_id, deal.stage_id


def alice(cast: Cast, path: str = "/board") -> dict:
    return {"cookie": cast.cookies["alice"], "path": path}


@pytest.fixture
def kim_types(cast: Cast):
    presence.enter(cast.deal.id, "kim's tab", cast.kim_contact.id, "Kim Nguyen", "applicant.first_name")
    yield
    presence.enter(cast.deal.id, "kim's tab", cast.kim_contact.id, "Kim Nguyen", "")


async def test_a_lead_goes_to_another_workflow_and_back(sqlite, cast: Cast) -> None:
    async with transaction() as session:
        other, stages = await make.make_workflow(session, cast.firm, "Home loans")
    before = await where(cast)
    async with Harness() as browser:
        asked = await browser.call(MovingState.show, deal_id=str(cast.deal.id), **alice(cast))
        assert asked.shown and asked.workflow == str(other.id) and asked.stage == str(stages[0].id)
        asked = await browser.call(MovingState.choose_stage, stage_id=str(stages[3].id), **alice(cast))
        assert "Kim" in asked.meaning[0] and any("Priya" in each for each in asked.meaning)
        done = await browser.call(MovingState.go, **alice(cast))
        assert not done.shown and stages[3].name in done.told and done.undoable
        assert await where(cast) == (other.id, stages[3].id)
        back = await browser.call(MovingState.undo, **alice(cast))
        assert await where(cast) == before and not back.undoable


async def test_a_move_is_taken_back_only_while_it_stands(sqlite, cast: Cast) -> None:
    async with Harness() as browser:
        path = f"/deals/{cast.deal.id}"
        await browser.call(DealFrameState.move, stage_id=str(cast.stages[2].id), **alice(cast, path))
        async with transaction() as session:
            await move_deal(session, cast.bob, cast.deal.id, cast.stages[4].id)
        await browser.call(MovingState.undo, **alice(cast, path))
        assert "since" in browser.refusal
    assert (await where(cast))[1] == cast.stages[4].id


@pytest.mark.parametrize("screen", ["board", "deal"])
async def test_locking_somebody_who_types_asks_first(sqlite, cast: Cast, kim_types, screen: str) -> None:
    locks = next(stage for stage in cast.stages if stage.fact_find is FactFindMode.READ_ONLY)
    before = await where(cast)
    async with Harness() as browser:
        if screen == "board":
            payload = {"deal_id": str(cast.deal.id), "stage_id": str(locks.id), "after_id": ""}
            await browser.call(BoardState.move, **payload, **alice(cast))
        else:
            path = f"/deals/{cast.deal.id}"
            await browser.call(DealFrameState.move, stage_id=str(locks.id), **alice(cast, path))
        assert await where(cast) == before
        done = await browser.call(MovingState.go, **alice(cast))
        assert done.told and not done.shown
    assert (await where(cast))[1] == locks.id


async def test_what_does_not_lock_asks_nothing(sqlite, cast: Cast, kim_types) -> None:
    free = next(s for s in cast.stages if s.fact_find is FactFindMode.EDITABLE and s.id != cast.deal.stage_id)
    async with Harness() as browser:
        payload = {"deal_id": str(cast.deal.id), "stage_id": str(free.id), "after_id": ""}
        await browser.call(BoardState.move, **payload, **alice(cast))
    assert (await where(cast))[1] == free.id
