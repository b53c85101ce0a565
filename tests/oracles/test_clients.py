"""What the product promises about clients, each seen through the screens that keep the promise."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.portals.client.messages.state import MessagesState
from salestrekker_portal.portals.client.profile.state import ClientProfileState
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.harness import Harness

PERSONAL, CARDS = "applicant.personal_details", "liabilities.cards"
AT = f"/portal/profile/{PERSONAL}"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


def _first_name(cast):
    return field_id(Spot(PERSONAL, cast.kim.id, NOBODY, "first_name"))


async def _stage(cast, name):
    async with transaction() as session:
        stage = next(each for each in cast.stages if each.name == name)
        await move_deal(session, cast.alice, cast.deal.id, stage.id)


async def test_oracle_5_a_read_only_stage_greys_the_fields_and_leaves_values_and_notes(browser, cast):
    """S2-20..S2-25: the mode is the stage's, it takes effect on the page that is open, and back again."""
    kim, field = {"cookie": cast.cookies["kim"], "path": AT}, _first_name(cast)
    await browser.call(ClientProfileState.load, **kim)
    await browser.call(ClientProfileState.save, field=field, text="Kimberley", version=0, number="1", **kim)
    await _stage(cast, "Lodged")
    page = await browser.call(ClientProfileState.refresh, **kim)
    shown = {each["id"]: each for each in page.blocks[0]["fields"]}
    assert page.blocks[0]["locked"] and shown[field]["value"] == "Kimberley" and page.lock_reason
    thread = await browser.call(
        MessagesState.send, cookie=kim["cookie"], path="/portal/messages", form={"text": "How is it going?"}
    )
    assert [row["text"] for row in thread.messages] == ["How is it going?"]
    await _stage(cast, "Fact find")
    page = await browser.call(ClientProfileState.load, **kim)
    assert not page.blocks[0]["locked"] and page.lock_reason == ""
    await browser.call(ClientProfileState.save, field=field, text="Kim", version=1, number="2", **kim)
    page = await browser.call(ClientProfileState.load, **kim)
    assert {each["id"]: each for each in page.blocks[0]["fields"]}[field]["value"] == "Kim"


async def test_oracle_10_a_flow_without_liabilities_has_neither_page_nor_address(browser, cast):
    """S1-12, S1-17: what the flow leaves out is in no step, at no address and behind no event."""
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).section_ids = [PERSONAL]
    kim = {"cookie": cast.cookies["kim"], "path": f"/portal/profile/{CARDS}"}
    page = await browser.call(ClientProfileState.load, **kim)
    assert page.blocks == [] and any(event.startswith("_redirect") for event in browser.events)
    page = await browser.call(ClientProfileState.load, cookie=kim["cookie"], path=AT)
    assert "iabilit" not in str(page.steps)
    block = field_id(Spot(CARDS, NOBODY, NOBODY, ""))
    await browser.call(ClientProfileState.add, block=block, kind="credit_card", **kim)
    assert browser.refusal
