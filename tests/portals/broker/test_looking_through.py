"""Approving, sending back and filling in on the phone, through the gate."""

import pytest

from salestrekker_portal.portals.broker.profile.state import BrokerProfileState as S
from salestrekker_portal.portals.client.profile.state import ClientProfileState
from tests.support.harness import Harness


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def test_a_broker_approves_sends_back_and_types_for_a_client_on_the_phone(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}/profile?page=applicant&of={cast.kim.id}"}
    state = await browser.call(S.load, **seat)
    block = next(each["id"] for each in state.blocks if each["title"] == "Personal details")
    state = await browser.call(S.approve, **seat, approved=True)
    assert state.approved.startswith("Approved by Alice")
    state = await browser.call(S.ask_about, **seat, block=block)
    assert state.asking_title == "Personal details"
    state = await browser.call(S.send_back, **seat, form={"block": block, "note": " "})
    assert state.asking_error == "Say what they should look at again." and state.asking_of == block
    state = await browser.call(S.send_back, **seat, form={"block": block, "note": "Both names?"})
    assert state.asking_of == "" and "Both names?" in next(b["asked"] for b in state.blocks if b["id"] == block)
    await browser.call(S.take_call, **seat, on=True)
    field = f"applicant.personal_details:{cast.kim.id}:-:middle_name"
    await browser.call(S.save, **seat, field=field, text="Minh", version=0, number="1")
    await browser.call(S.approve, **seat, approved=False)
    kim = {"cookie": cast.cookies["kim"], "path": "/portal/profile/applicant.personal_details", "tab": "kim"}
    state = await browser.call(ClientProfileState.load, **kim)
    fields = {each["key"]: each for each in state.blocks[0]["fields"]}
    assert fields["middle_name"]["value"] == "Minh" and "on the phone" in fields["middle_name"]["by"]


async def test_what_a_client_changed_is_marked_until_the_broker_has_seen_it(browser, cast):
    """Nothing at the first look; then by field and by page, and each change that comes meanwhile stays news."""
    alice = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}/profile?page=applicant&of={cast.kim.id}"}
    kim = {"cookie": cast.cookies["kim"], "path": "/portal/profile/applicant.personal_details", "tab": "kim"}
    first, last = (f"applicant.personal_details:{cast.kim.id}:-:{key}_name" for key in ("first", "last"))
    assert not (await browser.call(S.load, **alice)).fresh_words
    await browser.call(ClientProfileState.load, **kim)
    await browser.call(ClientProfileState.save, **kim, field=first, text="Kimmy", version=1, number="1")
    state = await browser.call(S.load, **alice)
    assert state.fresh[first].startswith("New since ") and ": Kim Nguyen, " in state.fresh[first]
    assert state.fresh_words.startswith("1 change by others since you looked on ")
    assert [*state.fresh_on.values()] == ["1 new"] and {*state.fresh_on} < {each["path"] for each in state.steps}
    await browser.call(ClientProfileState.save, **kim, field=last, text="Ngo", version=1, number="2")
    state = await browser.call(S.seen, **alice)  # her screen has not shown the second yet
    assert set(state.fresh) == {last}
    state = await browser.call(S.seen, **alice)
    assert (state.fresh, state.fresh_on, state.fresh_words) == ({}, {}, "")
