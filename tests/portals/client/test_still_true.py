""" "Still true" on a client's screen, through the gate."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD
from salestrekker_portal.portals.broker.profile.state import BrokerProfileState
from salestrekker_portal.portals.client.profile.state import ClientProfileState as S
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.harness import Harness

PERSONAL = "applicant.personal_details"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


@pytest.fixture
async def known(sqlite, cast):
    """Kim told their name and their mobile for an earlier loan."""
    async with transaction() as session:
        said = ((PERSONAL, "first_name", "Kim"), ("applicant.next_of_kin", "name", "Ana Nguyen"),
                ("applicant.dependants", NOTHING_TO_ADD, "yes"))  # fmt: skip
        for section, key, raw in said:
            place = Place(section_id=section, field_key=key)
            await save_answer(session, cast.kim, cast.deal.id, place, raw)
        access = await session.get(PortalAccess, cast.kim_access.id)
        told = {"told_at": "2023-05-03T01:00:00+00:00"}
        access.told_earlier = {PERSONAL: told, "applicant.next_of_kin": told}
    return {"cookie": cast.cookies["kim"], "path": f"/portal/profile/{PERSONAL}"}


async def test_a_screen_that_asks_nothing_new_leads_on(browser, known):
    seat = known | {"path": "/portal/profile/applicant.dependants"}
    state = await browser.call(S.load, **seat)
    assert state.still_when == "3 May 2023" and "Ana Nguyen" in str(state.still_answers)
    await browser.call(S.still_true, **seat)
    assert not browser.refusal and any("/portal/profile/" in event for event in browser.events if "redirect" in event)
    state = await browser.call(S.load, **seat)
    assert state.still_when == ""


async def test_what_is_missing_there_is_asked_next(browser, known):
    await browser.call(S.load, **known)
    state = await browser.call(S.still_true, **known)
    assert state.still_when == "" and state.left > 0 and not any("redirect" in event for event in browser.events)
    await browser.call(S.still_true, **known)
    assert browser.refusal


async def test_change_something_shows_the_questions(browser, known):
    await browser.call(S.load, **known)
    state = await browser.call(S.change_told, **known)
    assert state.still_when == "" and state.blocks[0]["fields"]


async def test_the_broker_reads_what_is_not_confirmed(browser, known, cast):
    state = await browser.call(
        BrokerProfileState.load, cookie=cast.cookies["alice"], path=f"/deals/{cast.deal.id}/profile?page=applicant"
    )
    notes = {block["title"]: block["note"] for block in state.blocks}
    assert notes["Personal details"] == "Told on 3 May 2023 for an earlier loan. Not confirmed yet."


async def test_a_list_that_nobody_has_spoken_of_keeps_them_there(browser, known, cast):
    seat = known | {"path": "/portal/profile/applicant.dependants"}
    place = Place(section_id="applicant.dependants", field_key=NOTHING_TO_ADD)
    async with transaction() as session:
        await save_answer(session, cast.kim, cast.deal.id, place, "")
    await browser.call(S.load, **seat)
    state = await browser.call(S.still_true, **seat)
    assert state.left == 1 and not any("redirect" in event for event in browser.events)
