""" "Same as Clara": one press takes over where another applicant lives."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.outline import find_stop, stops
from salestrekker_portal.domains.fact_find.same_as import ADDRESSES, ALREADY, live_with, who_lives_somewhere
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.errors import Conflict, NotFound


@pytest.fixture
async def sam(database, cast):
    """Sam, who may see Kim's answers; Kim has said where they live."""
    for key, raw in (("current_street_name", "Banksia Street"), ("current_suburb", "Newcastle"),
                     ("living_arrangement", "renting"), ("moved_in", "02/2019")):  # fmt: skip
        async with transaction() as session:
            await save_answer(session, cast.kim, cast.deal.id, Place(section_id=ADDRESSES, field_key=key), raw)
    return replace(cast.sam, sees_other_applicants=True)


async def _press(who, cast):
    async with transaction() as session:
        await live_with(session, who, cast.deal.id, ADDRESSES, None, cast.kim.id)


async def _offered(who, cast):
    async with reading() as session:
        whole = await read_whole(session, who, cast.deal.id)
    stop = find_stop(stops(whole), ADDRESSES, who.id)
    said = next(c.answers for c in whole.copies_on("applicant", who.id) if c.section.key == "addresses")
    return who_lives_somewhere(whole, stop), {key: answer.raw for key, answer in said.items()}


async def test_one_press_takes_the_address_and_leaves_since_when(sam, cast):
    offered, _ = await _offered(sam, cast)
    assert [each["id"] for each in offered] == [str(cast.kim.id)]
    await _press(sam, cast)
    offered, said = await _offered(sam, cast)
    assert said == {"current_street_name": "Banksia Street", "current_suburb": "Newcastle",
                    "living_arrangement": "renting"} and offered == []  # fmt: skip
    with pytest.raises(Conflict, match=ALREADY[:20]):
        await _press(sam, cast)


async def test_nobody_takes_over_what_they_may_not_read(sam, cast):
    assert (await _offered(cast.sam, cast))[0] == []
    for who in (cast.sam, cast.mallory):
        with pytest.raises(NotFound):
            await _press(who, cast)
    with pytest.raises((Conflict, NotFound)):
        await _press(cast.kim, cast)
