"""A new entry begins with what was told elsewhere."""

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place


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
