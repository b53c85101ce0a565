"""What is known already is filled in, and the broker sees what clients answer, in words."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.domains.fact_find.latest import latest_answers
from salestrekker_portal.domains.fact_find.prefill import prefill
from salestrekker_portal.domains.fact_find.queries import open_copy
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.contacts import Contact

FIRST_NAME = Place(section_id="applicant.personal_details", field_key="first_name")


async def _prefilled(cast) -> dict[str, str]:
    async with transaction() as session:
        kim = await session.get(Contact, cast.kim_contact.id)
        await prefill(session, cast.alice, cast.deal.id, kim)
    async with reading() as session:
        context = await profile_context(session, cast.kim, cast.deal.id)
        said = {}
        for section in ("applicant.personal_details", "applicant.contact_details"):
            copy = await open_copy(session, context, section)
            said |= {key: answer.raw for key, answer in copy.answers.items()}
    return said


async def test_the_clients_page_knows_their_name_and_numbers(database, cast):
    assert await _prefilled(cast) == {
        "first_name": "Kim", "last_name": "Nguyen", "mobile": "0491 570 156", "email": "kim@example.com",
    }  # fmt: skip


async def test_an_answer_that_is_there_stays(database, cast):
    async with transaction() as session:
        await save_answer(session, cast.kim, cast.deal.id, FIRST_NAME, "Kimberley")
    assert (await _prefilled(cast))["first_name"] == "Kimberley"
    assert (await _prefilled(cast))["last_name"] == "Nguyen"


async def test_the_broker_reads_what_the_client_answered_last(database, cast):
    await _prefilled(cast)
    async with transaction() as session:
        await save_answer(session, cast.kim, cast.deal.id, FIRST_NAME, "Kimberley")
    async with reading() as session:
        [latest] = latest_answers(await read_whole(session, cast.alice, cast.deal.id))
    assert (latest["label"], latest["words"], latest["by"]) == ("First name", "Kimberley", "Kim Nguyen")


@pytest.mark.parametrize("who", ["sam", "kim", "mallory"])
async def test_nobody_else_reads_the_latest_answers(database, cast, who):
    async with reading() as session:
        with pytest.raises(NotFound):
            latest_answers(await read_whole(session, getattr(cast, who), cast.deal.id))
