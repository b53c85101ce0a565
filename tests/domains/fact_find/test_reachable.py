"""Each of seven households comes to the end of its fact find and hands it in: nobody is stopped by a question."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.outline import missing, stops
from salestrekker_portal.domains.fact_find.screens import block_of
from salestrekker_portal.domains.fact_find.submission import submit_profile
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.questions.vocabulary import section_id
from salestrekker_portal.portals.shared.profile.screen import fields_in
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support import seven
from tests.support.seven import SEVEN, Seven, answer_for, started

SOLE = Seven(name="sole", people={"kim": "Kim Doe"}, said={}, leave=())
WITH_SPOUSE = Seven(name="spouse outside", people={"kim": "Kim Doe", "sam": "Sam Doe"}, said={}, leave=(),
                    roles={"sam": "non_borrowing_spouse"})  # fmt: skip
WITH_INCOME = Seven(name="servicing guarantor", people={"kim": "Kim Doe", "gus": "Gus Doe"}, said={}, leave=(),
                    roles={"gus": "servicing_guarantor"})  # fmt: skip
READERS = [(case, who) for case in (*SEVEN, SOLE, WITH_SPOUSE, WITH_INCOME) for who in case.people]


@pytest.mark.parametrize("sees", [True, False], ids=["sees everybody", "sees nobody else"])
@pytest.mark.parametrize(("case", "who"), READERS, ids=[f"{case.name}, {who}" for case, who in READERS])
async def test_what_stands_on_somebodys_screens_is_what_they_hand_in(sqlite, cast, monkeypatch, case, who, sees):
    """No question of a screen is left out of the check, and each thing that the check misses is a field of a screen."""
    monkeypatch.setattr(seven, "SEVEN", (*SEVEN, SOLE, WITH_SPOUSE, WITH_INCOME))
    actor, deal_id, ids = await started(cast, case)
    async with transaction() as session:
        access = await session.get(PortalAccess, actor.access_id)
        access.contact_id, access.sees_other_applicants = ids[who], sees
    async with reading() as session:
        whole = await read_whole(session, replace(actor, id=ids[who], sees_other_applicants=sees), deal_id)
    shown = stops(whole)
    copies = [copy for stop in shown for copy in whole.copies_on(stop.page.key, stop.subject)
              if copy.section in stop.sections]  # fmt: skip
    counted = {each.section_id for each in whole.readable_progress.sections}
    assert {section_id(copy.page, copy.section) for copy in copies} <= counted
    there = {field["id"] for copy in copies for field in fields_in([block_of(whole, copy)])}
    fields = [each for each in missing(whole, shown, lambda stop: stop.key) if "#" in each["path"]]
    assert fields and {each["id"] for each in fields} <= there


def alone(case: Seven) -> Seven:
    """The case of somebody who can't see the others: they answer for themselves, and name nobody of them."""
    mine = ("", next(iter(case.people)))
    said = {}
    for key, told in case.said.items():
        if key.partition("@")[2] in mine:
            kept = [{k: raw for k, raw in each.items() if "{" not in raw} for each in told_of(told)]
            said[key] = kept if isinstance(told, list) else kept[0]
    return replace(case, said=said)


def told_of(told):
    return told if isinstance(told, list) else [told]


@pytest.mark.slow
@pytest.mark.parametrize("sees", [True, False], ids=["sees everybody", "sees nobody else"])
@pytest.mark.parametrize("case", SEVEN, ids=[case.name for case in SEVEN])
async def test_a_household_comes_to_its_end(sqlite, cast, case, sees):
    actor, deal_id, ids = await started(cast, case)
    async with transaction() as session:
        (await session.get(PortalAccess, actor.access_id)).sees_other_applicants = sees
    actor = replace(actor, sees_other_applicants=sees)
    if not sees:
        case = alone(case)
    await answer_for(case, actor, deal_id, ids, leave=())
    async with transaction() as session:
        await submit_profile(session, actor, deal_id)
    async with reading() as session:
        whole = await read_whole(session, actor, deal_id)
    assert whole.progress.percent == 100 and whole.progress.required > 25
    # What each fills in by hand in its journey is asked of it.
    asked = {section.section_id for section in whole.progress.sections}
    assert set(case.leave) <= asked
