"""A deal's kept figures are those from scratch: counted after a crash, repaired at night, right after every change."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.requests import add_request
from salestrekker_portal.domains.documents.service import move_document
from salestrekker_portal.domains.fact_find import reconciling
from salestrekker_portal.domains.fact_find.figures import OVERDUE, count_overdue
from salestrekker_portal.domains.fact_find.reconciling import reconcile_figures
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.pipeline.adding import Part, add_applicant
from salestrekker_portal.domains.pipeline.settling import DealFacts, change_deal
from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.domains.workflows.service import change_stage
from salestrekker_portal.kernel import clock
from salestrekker_portal.tables.deals import Deal, Move
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.workflows import Stage
from tests import factories as make
from tests.cast import Cast

FIRST_NAME = Place(section_id="applicant.personal_details", field_key="first_name")
LATER = OVERDUE + timedelta(seconds=1)
WRONG = {
    "portal_state": "revoked", "profile_pct": 99, "documents_asked": 7, "documents_in": 5, "move": Move.LENDER,
    "clients_line": "Nobody", "labels_line": "None", "written_lvr": "1.0 %",
}  # fmt: skip


@pytest.fixture(autouse=True)
async def _settled(database, cast, frozen_clock):
    """On both databases, at a known moment; what the factories wrote by hand is put right first."""
    await reconcile_figures()


async def _deal(cast: Cast) -> Deal:
    async with reading() as session:
        return await session.get(Deal, cast.deal.id)


async def _answer(cast: Cast, text: str = "Kim") -> None:
    async with transaction() as session:
        await save_answer(session, cast.kim, cast.deal.id, FIRST_NAME, text)


async def test_a_restart_before_the_count_loses_nothing(cast, frozen_clock):
    """Nobody counts in this process, as after a kill: the mark in the database brings the worker to it."""
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).profile_pct = 42
    await _answer(cast)
    assert await count_overdue() == 0
    clock.freeze(frozen_clock + LATER)
    assert await count_overdue() == 1
    deal = await _deal(cast)
    assert deal.profile_pct < 42 and deal.profile_due_at is None
    assert await count_overdue() == 0


def test_every_figure_that_a_card_keeps_is_reconciled():
    assert set(WRONG) | {"told_figures"} == set(reconciling.KEPT)


async def test_what_clients_told_is_added_up_as_of_tonight_and_is_no_fault(cast, caplog):
    right = (await _deal(cast)).told_figures
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).told_figures = {"lvr": "1.0 %"}
    assert await reconcile_figures() == {} and not caplog.records
    assert (await _deal(cast)).told_figures == right


@pytest.mark.parametrize("name", WRONG)
async def test_a_figure_that_drifted_is_repaired_and_logged_as_a_fault(cast, name, caplog):
    right = getattr(await _deal(cast), name)
    async with transaction() as session:
        setattr(await session.get(Deal, cast.deal.id), name, WRONG[name])
    assert right != WRONG[name]
    assert await reconcile_figures() == {cast.deal.id: [name]}
    assert name in caplog.text and getattr(await _deal(cast), name) == right
    assert await reconcile_figures() == {}


async def _never_drifts(frozen_clock) -> None:
    """What was touched is counted in its time, and the night finds no fault."""
    clock.freeze(frozen_clock + LATER)
    await count_overdue()
    assert await reconcile_figures() == {}


async def test_another_applicant_and_another_loan_count_anew(cast, frozen_clock):
    await _answer(cast)
    await _never_drifts(frozen_clock)
    before = (await _deal(cast)).profile_pct
    async with transaction() as session:
        typed = {"first_name": "Lee", "last_name": "Nguyen"}
        await add_applicant(session, cast.alice, cast.deal.id, Part(typed=typed))
    await _never_drifts(frozen_clock + LATER)
    assert (await _deal(cast)).profile_pct <= before
    async with transaction() as session:
        facts = DealFacts(name="Loan", value_cents=1, owner_id=cast.alice_user.id, loan_kind=Loan.ASSET_CONSUMER)
        await change_deal(session, cast.alice, cast.deal.id, facts)
    await _never_drifts(frozen_clock + 2 * LATER)


async def test_a_stage_that_goes_to_the_lender_takes_its_deals_along(cast, frozen_clock):
    await _never_drifts(frozen_clock)
    async with reading() as session:
        stage = await session.get(Stage, cast.deal.stage_id)
    names = ("name", "client_name", "client_meaning", "probability_pct", "stale_days", "fact_find")
    facts = {each: str(getattr(stage, each)) for each in names} | {"with_lender": not stage.with_lender}
    async with transaction() as session:
        await change_stage(session, cast.alice, stage.id, facts)
    await _never_drifts(frozen_clock)


async def test_an_accepted_request_whose_only_file_is_moved_away_is_open_again(cast):
    async with transaction() as session:
        asked = await add_request(session, cast.alice, cast.deal.id, name="Payslips", contact_id=cast.kim_contact.id)
        other = await add_request(session, cast.alice, cast.deal.id, name="Lease", contact_id=cast.kim_contact.id)
        paper = await make.make_document(session, cast.deal, cast.alice_user, "a.pdf", request_id=asked.id)
        asked.state = RequestState.ACCEPTED
    async with transaction() as session:
        await move_document(session, cast.alice, paper.id, other.id)
    async with reading() as session:
        assert (await session.get(DocumentRequest, asked.id)).state is RequestState.REQUESTED
        assert (await session.get(DocumentRequest, other.id)).state is RequestState.UPLOADED
    assert (await _deal(cast)).documents_in == 1
