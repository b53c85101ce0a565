"""A notice is spoken once: a page that is loaded anew doesn't show it again."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.loans.queries import loans_of
from salestrekker_portal.domains.loans.service import save_loan
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.broker.deal.closing_state import StopDealState
from salestrekker_portal.portals.broker.documents.all_state import DealDocumentsState
from salestrekker_portal.portals.broker.loans.form_state import LoanFormState
from salestrekker_portal.portals.events.gate import Gate
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.tables.deals import Deal
from tests import factories as make
from tests.domains.documents.world import upload
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


async def test_a_page_that_is_loaded_anew_has_forgotten_the_notice():
    async with Harness() as browser:
        notices = await browser.call(Notices.refuse, text="We can't find that page.")
        assert notices.text == "We can't find that page."
        await Gate()._rebind(notices._get_root_state(), "")
        assert (await browser.state(Notices)).text == ""


async def test_a_long_notice_says_that_it_goes_on():
    async with Harness() as browser:
        notices = await browser.call(Notices.tell, text="x" * 5_000)
        assert notices.text.endswith("…") and len(notices.text) == 400


async def test_what_a_notice_tells_of_is_taken_back_once_and_by_nobody_else(cast):
    document = await upload(cast.kim, cast.deal, None)
    alice = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}/documents"}
    priya = {"cookie": cast.cookies["priya"], "path": "/partner"}
    async with Harness() as browser:
        await browser.call(DealDocumentsState.load, **alice)
        await browser.call(DealDocumentsState.remove, **alice, document_id=str(document.id))
        notice = await browser.state(Notices)
        assert (notice.text, notice.undoable) == ("Removed Payslip.pdf.", True)
        # An offer that somebody makes up for themselves gives them no right.
        made_up = {"text": "x", "what": "document", "about": str(document.id)}
        await browser.call(Notices.offer_undo, made_up, **priya, tab="theirs")
        await browser.call(Notices.undo, **priya, tab="theirs")
        assert browser.was_stopped
        assert (await browser.call(DealDocumentsState.load, **alice)).rows == []
        await browser.call(Notices.undo, **alice)
        assert [row["name"] for row in (await browser.state(DealDocumentsState)).rows] == ["Payslip.pdf"]
        notice = await browser.call(Notices.undo, **alice)
        assert not notice.undoable and not browser.errors
        nonsense = await browser.call(Notices.offer_undo, {"text": "x", "what": "nonsense", "about": ""}, **alice)
        assert not nonsense.undoable


async def test_what_was_done_to_a_deal_is_taken_back_from_wherever_its_person_has_gone(cast):
    async with transaction() as session:
        other = await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, name="Put away before")
        other.archived_at = utc_now()
        await save_loan(session, cast.alice, cast.deal.id, None, {"amount": "500,000"})
        loan = (await loans_of(session, cast.deal.id))[0]
    here = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}/loans"}
    theirs = {"cookie": cast.cookies["mallory"], "path": "/board", "tab": "theirs"}
    for elsewhere in ("/board", f"/deals/{other.id}"):
        there = {**here, "path": elsewhere}
        async with Harness() as browser:
            await browser.call(LoanFormState.remove_loan, **here, loan_id=str(loan.id))
            await browser.call(Notices.undo, **there)
            await browser.call(StopDealState.stop, {"form": {"outcome": "lost", "reason": "bank"}}, **here)
            for what, about in (("loan", loan.id), ("stopped", cast.deal.id)):
                await browser.call(Notices.offer_undo, {"text": "x", "what": what, "about": str(about)}, **theirs)
                await browser.call(Notices.undo, **theirs)
                assert browser.refusal
            assert (await _closed(cast.deal.id), await _closed(other.id)) == (True, True)
            await browser.call(Notices.undo, **there)
        assert (await _closed(cast.deal.id), await _closed(other.id)) == (False, True)
        async with reading() as session:
            assert [each.id for each in await loans_of(session, cast.deal.id)] == [loan.id]


async def _closed(deal_id) -> bool:
    async with reading() as session:
        return (await session.get(Deal, deal_id)).archived_at is not None
