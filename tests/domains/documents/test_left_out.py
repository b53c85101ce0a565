"""A document that an invitation left out stays out, whoever else is invited, until somebody asks this client for it."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import review
from salestrekker_portal.domains.documents.queries import requests_in
from salestrekker_portal.domains.documents.requests import add_request
from salestrekker_portal.domains.documents.sending import send_requests
from salestrekker_portal.domains.documents.telling import tell_what_is_asked
from salestrekker_portal.portals.broker.share.state import ShareState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.domains.portal_access.world import invite, ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def couple(cast):
    """Robin and Sasha of one deal, with a document of Robin's and one of both."""
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        sasha = await make.make_contact(
            session, cast.firm, "Sasha", "Dunn", email="sasha@example.com", mobile="+61491570159"
        )
        await make.add_applicant(session, deal, sasha)
        own = await add_request(session, cast.alice, deal.id, name="Payslips", contact_id=robin.id)
        both = await add_request(session, cast.alice, deal.id, name="Rates notice", contact_id=None)
    return deal, robin, sasha, own, both


async def _sees(cast, contact, access) -> list[str]:
    async with reading() as session:
        kept = await session.get(PortalAccess, access.id)
        actor = replace(
            cast.kim, id=contact.id, access_id=kept.id, deal_id=kept.deal_id,
            sees_other_applicants=kept.sees_other_applicants,
        )  # fmt: skip
        return [each.name for each in await requests_in(session, actor, kept.deal_id)]


@pytest.mark.parametrize("sees", [False, True])
async def test_it_does_not_come_back_with_the_other_ones_invitation(cast, couple, sees):
    deal, robin, sasha, own, both = couple
    first = await invite(cast, deal, robin, request_ids=[], sees_other_applicants=sees)
    assert await _sees(cast, robin, first) == []
    second = await invite(cast, deal, sasha, request_ids=[own.id, both.id], sees_other_applicants=True)
    assert await _sees(cast, sasha, second) == ["Payslips", "Rates notice"]
    assert await _sees(cast, robin, first) == []
    # Nor is Robin reminded of them, or told that they are asked for again.
    async with transaction() as session:
        going = [await session.get(DocumentRequest, each.id) for each in (own, both)]
        accesses = [await session.get(PortalAccess, each.id) for each in (first, second)]
        told = await tell_what_is_asked(
            session, "document_due", await session.get(Deal, deal.id), accesses, going, "", {"due_on": "2026-12-01"}
        )
        assert told == ["Sasha"]
        (await session.get(DocumentRequest, both.id)).state = RequestState.UPLOADED
    async with transaction() as session:
        await review.ask_again(session, cast.alice, both.id, "The second page is missing")
    assert await _sees(cast, robin, first) == []


async def test_leaving_out_by_a_change_counts_and_asking_outright_brings_it_back(cast, couple):
    deal, robin, _, own, both = couple
    access = await invite(cast, deal, robin, request_ids=[own.id, both.id])
    assert await _sees(cast, robin, access) == ["Payslips", "Rates notice"]
    await invite(cast, deal, robin, request_ids=[both.id], only_changes=True)
    assert await _sees(cast, robin, access) == ["Rates notice"]
    await invite(cast, deal, robin, request_ids=[own.id, both.id], only_changes=True)
    assert await _sees(cast, robin, access) == ["Payslips", "Rates notice"]


async def test_what_nobody_was_asked_for_goes_to_all_with_request(cast, couple):
    deal, robin, *_ = couple
    access = await invite(cast, deal, robin, request_ids=[])
    async with transaction() as session:
        assert (await send_requests(session, cast.alice, deal.id)).count == 2
    assert await _sees(cast, robin, access) == ["Payslips", "Rates notice"]


async def test_the_panel_keeps_ticks_and_gaps_apart_for_each(cast, couple):
    """Unticking one keeps the other's default, and a change to Yes begins with the other's documents ticked."""
    deal, robin, sasha, own, both = couple
    seat = {"cookie": cast.cookies["alice"]}
    path = f"/deals/{deal.id}/share?who={sasha.id}"

    def ticks(panel) -> dict[str, tuple[bool, bool]]:
        return {each["name"]: (each["allowed"], each["ticked"]) for each in panel.requests}

    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, **seat)
        assert ticks(panel) == {"Payslips": (False, False), "Rates notice": (True, True)}
        await browser.call(ShareState.tick, path=path, request_id=str(both.id), on=False, **seat)
        await browser.call(ShareState.tick, path=path, request_id=str(own.id), on=False, **seat)
        await browser.call(ShareState.set_sees, path=path, value="yes", **seat)
        panel = await browser.call(ShareState.load, path=path, **seat)
        assert ticks(panel) == {"Payslips": (True, True), "Rates notice": (True, False)}
        await browser.call(ShareState.set_sees, path=path, value="no", **seat)
        await browser.call(ShareState.invite, path=path, **seat)
        assert browser.refusal == ""
        await browser.call(ShareState.change, path=path, **seat)
        await browser.call(ShareState.set_sees, path=path, value="yes", **seat)
        panel = await browser.call(ShareState.load, path=path, **seat)
        assert ticks(panel) == {"Payslips": (True, True), "Rates notice": (True, False)}
        assert robin.id
