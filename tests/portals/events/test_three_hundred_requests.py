"""Three hundred required documents on one deal: every screen opens, nothing grows with them but the page."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.documents.sending import send_requests
from salestrekker_portal.portals.broker.documents.required_state import RequiredState
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.client.documents.state import ClientDocumentsState
from salestrekker_portal.tables.documents import DocumentRequest
from tests.domains.documents.world import give_links, messages
from tests.support.harness import Harness
from tests.support.statements import counted

MANY = 300
pytestmark = pytest.mark.usefixtures("sqlite")


async def _ask_for(cast, count: int) -> None:
    async with transaction() as session:
        session.add_all(
            DocumentRequest(
                deal_id=cast.deal.id, name=f"Statement {number}", contact_id=cast.kim_contact.id, added_by=cast.alice.id
            )
            for number in range(count)
        )
    async with transaction() as session:
        await send_requests(session, cast.alice, cast.deal.id)


async def _statements(cast) -> list[int]:
    """How many statements each screen takes now."""
    counts = []
    kim, alice = cast.cookies["kim"], cast.cookies["alice"]
    async with Harness() as browser:
        for handler, cookie, path in (
            (ClientDocumentsState.load, kim, "/portal/documents"),
            (DashboardState.load, kim, "/portal"),
            (RequiredState.load, alice, f"/deals/{cast.deal.id}/required-documents"),
        ):
            with counted() as seen:
                await browser.call(handler, cookie=cookie, path=path)
            assert browser.refusal == ""
            counts.append(len(seen))
    return counts


async def test_three_hundred_requests_take_as_many_statements_as_three(cast):
    await give_links(cast)
    await _ask_for(cast, 3)
    few = await _statements(cast)
    await _ask_for(cast, MANY - 3)
    assert await _statements(cast) == few
    async with Harness() as browser:
        page = await browser.call(ClientDocumentsState.load, cookie=cast.cookies["kim"], path="/portal/documents")
        assert len(page.to_do) == MANY
        home = await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
        assert home.to_do == MANY and len(home.requests) == 4


async def test_three_hundred_requests_are_one_message(cast):
    await give_links(cast)
    await _ask_for(cast, MANY)
    assert len(await messages("notice.documents_requested")) == 1
