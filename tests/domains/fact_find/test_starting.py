"""A new entry begins with what was told elsewhere, and is theirs who add it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.ownership import read_ownership
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.seven import SEVEN, started


async def _add(cast, section, **answers):
    async with transaction() as session:
        item = await add_item(session, cast.kim, cast.deal.id, section)
        await session.flush()
        for key, raw in answers.items():
            place = Place(section_id=section, field_key=key, item_id=item.id)
            await save_answer(session, cast.kim, cast.deal.id, place, raw)
        return item.id


async def _names(cast):
    async with reading() as session:
        whole = await read_whole(session, cast.kim, cast.deal.id)
    copy = next(c for c in whole.copies if c.section.key == "salary" and c.subject == cast.kim.id)
    return [item.get("employer_name", "") for item in copy.filled.items]


async def test_the_employer_is_asked_once(database, cast):
    await _add(cast, "applicant.employment", type="salaried", employer_name="Coral Street School")
    await _add(cast, "income.salary")
    assert await _names(cast) == ["Coral Street School"]
    await _add(cast, "income.salary")
    assert await _names(cast) == ["Coral Street School", ""]


async def test_an_employer_of_before_pays_nothing_now(database, cast):
    await _add(cast, "applicant.employment", type="salaried", employer_name="Coral Street School")
    await _add(cast, "applicant.employment", type="salaried", current="previous", employer_name="Night Bakery")
    for _ in range(2):
        await _add(cast, "income.salary")
    assert await _names(cast) == ["Coral Street School", ""]


async def test_of_two_employers_nobody_guesses(database, cast):
    for name in ("Coral Street School", "Night Bakery"):
        await _add(cast, "applicant.employment", type="salaried", employer_name=name)
    await _add(cast, "income.salary")
    assert await _names(cast) == [""]


@pytest.mark.parametrize("section", ["assets.property", "liabilities.home_loans"])
@pytest.mark.parametrize("who", ["gus", "ana"])
async def test_what_a_guarantor_adds_is_theirs_and_what_a_borrower_adds_is_the_borrowers(sqlite, cast, who, section):
    actor, deal_id, ids = await started(cast, next(each for each in SEVEN if each.name == "couple with guarantor"))
    async with transaction() as session:
        access = await session.get(PortalAccess, actor.access_id)
        access.contact_id = ids[who]
        await session.flush()
        item = await add_item(session, replace(actor, id=ids[who]), deal_id, section)
    async with reading() as session:
        raw = await session.scalar(select(Answer.raw).where(Answer.item_id == item.id, Answer.field_key == "ownership"))
    whole = {"gus": {str(ids["gus"]): 100}, "ana": {str(ids["ana"]): 50, str(ids["ben"]): 50}}
    assert read_ownership(raw)[0] == whole[who]
