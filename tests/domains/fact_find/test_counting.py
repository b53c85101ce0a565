"""A save is counted on the card a moment later: each deal once, after the commit, and never for what was undone."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.fact_find.figures import count_with, profile_touched
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place

NAME = Place(section_id="applicant.personal_details", field_key="first_name")


class Counter:
    """Stands where the process's counter stands."""

    def __init__(self) -> None:
        self.asked: list = []

    def soon(self, deal_id) -> None:
        self.asked.append(deal_id)


@pytest.fixture
def counter():
    one = Counter()
    count_with(one)
    yield one
    count_with(None)


async def test_every_way_to_change_a_profile_has_its_deal_counted_once(sqlite, cast, counter):
    async def twice(session) -> None:
        for raw in ("Kim", "Kimberley"):
            await save_answer(session, cast.kim, cast.deal.id, NAME, raw, None)

    async def item(session) -> None:
        await add_item(session, cast.kim, cast.deal.id, "liabilities.cards")

    async def what_is_asked(session) -> None:
        await profile_touched(session, cast.deal.id)

    for change in (twice, item, what_is_asked):
        counter.asked.clear()
        async with transaction() as session:
            await change(session)
            assert counter.asked == []  # not before it is on disk
        assert counter.asked == [cast.deal.id], change.__name__


async def test_what_was_undone_is_not_counted(sqlite, cast, counter):
    with pytest.raises(RuntimeError):
        async with transaction() as session:
            await save_answer(session, cast.kim, cast.deal.id, NAME, "Kim", None)
            raise RuntimeError
    assert counter.asked == []
