"""What is new since a broker looked: by person, by press, and never a flood."""

from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.lists import add_item, remove_item, restore_item
from salestrekker_portal.domains.fact_find.looks import (
    begin_looking,
    look_of,
    marks_of,
    newest_of,
    news_on,
    news_words,
    say_seen,
)
from salestrekker_portal.domains.fact_find.outline import stops
from salestrekker_portal.domains.fact_find.reopening import reopen_section
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.vocabulary import KEEP_PRIVATE
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.workflows import FactFindMode, Stage

PERSONAL, CARDS = "applicant.personal_details", "liabilities.cards"


def _later() -> None:
    clock.freeze(clock.utc_now() + timedelta(minutes=5))


async def _save(actor, cast, key, raw, section=PERSONAL, item=None):
    subject = cast.kim_contact.id if section == PERSONAL else None
    place = Place(section_id=section, field_key=key, subject_id=subject, item_id=item)
    async with transaction() as session:
        await save_answer(session, actor, cast.deal.id, place, raw)


async def _marks(actor, cast) -> dict[str, str]:
    """Words by the end of the id that they stand at, on all pages."""
    async with reading() as session:
        whole, look = await read_whole(session, actor, cast.deal.id), await look_of(session, actor, cast.deal.id)
    news = [new for stop in stops(whole, all_whole=True) for new in news_on(whole, stop, look)]
    assert bool(news) is bool(news_words(whole, len(news), look))
    return {at.rpartition(":")[2] or at.partition(":")[0]: said for at, said in marks_of(whole, news, look).items()}


async def _look(actor, cast, act=say_seen) -> None:
    async with transaction() as session:
        await act(session, actor, cast.deal.id, newest_of(await read_whole(session, actor, cast.deal.id)))
    _later()


async def test_only_what_others_answered_since_is_new_and_for_each_broker_apart(frozen_clock, database, cast):
    await _save(cast.kim, cast, "first_name", "Kim")
    assert await _marks(cast.alice, cast) == {}  # who never looked sees no flood
    _later()
    for who in (cast.alice, cast.bob):
        await _look(who, cast, begin_looking)
    await _save(cast.kim, cast, "first_name", "Kimberley")
    await _save(cast.alice, cast, "last_name", "Nguyen")
    assert set(await _marks(cast.alice, cast)) == {"first_name"}
    assert set(await _marks(cast.bob, cast)) == {"first_name", "last_name"}
    [said] = (await _marks(cast.alice, cast)).values()
    assert said == "New since 9 Mar 2026, 9:46 am: Kim Nguyen, 9 Mar 2026, 9:56 am"
    await _look(cast.alice, cast)
    assert await _marks(cast.alice, cast) == {} and len(await _marks(cast.bob, cast)) == 2
    await _save(cast.kim, cast, "first_name", "")  # what was emptied is news too
    assert set(await _marks(cast.alice, cast)) == {"first_name"}


async def test_entries_added_and_taken_out_are_marked_where_they_are_or_were(frozen_clock, database, cast):
    async with transaction() as session:
        old = await add_item(session, cast.kim, cast.deal.id, CARDS)
    await _save(cast.kim, cast, "limit", "5000", CARDS, old.id)
    await _look(cast.alice, cast)
    async with transaction() as session:
        new = await add_item(session, cast.kim, cast.deal.id, CARDS)
    await _save(cast.kim, cast, "limit", "7000", CARDS, new.id)
    assert (await _marks(cast.alice, cast))[str(new.id)].startswith("Added since 9 Mar 2026, 9:41 am: Kim Nguyen")
    async with transaction() as session:
        await remove_item(session, cast.kim, cast.deal.id, CARDS, old.id)
    assert (await _marks(cast.alice, cast))[CARDS].startswith("Entry taken out since 9 Mar 2026, 9:41 am: Kim Nguyen")
    async with transaction() as session:
        await restore_item(session, cast.kim, cast.deal.id, CARDS, old.id)
        await remove_item(session, cast.alice, cast.deal.id, CARDS, old.id)
    assert set(await _marks(cast.alice, cast)) == {str(new.id)}  # one's own is no news


async def test_a_press_in_an_old_tab_takes_nothing_back(frozen_clock, database, cast):
    first = clock.utc_now()
    _later()
    await _save(cast.kim, cast, "first_name", "Kim")
    await _look(cast.alice, cast)
    async with transaction() as session:
        await say_seen(session, cast.alice, cast.deal.id, first)
    assert await _marks(cast.alice, cast) == {}


@pytest.mark.parametrize("who", ["kim", "priya", "mallory"])
async def test_nobody_else_looks(database, cast, who):
    with pytest.raises(NotFound):
        async with transaction() as session:
            await say_seen(session, getattr(cast, who), cast.deal.id, clock.utc_now())


async def _lock(cast) -> None:
    async with transaction() as session:
        stage = await session.get(Stage, cast.deal.stage_id)
        stage.fact_find = FactFindMode.READ_ONLY


async def test_what_is_held_behind_a_lock_is_no_news_and_is_once_the_section_was_opened(frozen_clock, database, cast):
    await _save(cast.kim, cast, "first_name", "Kim")
    await _look(cast.alice, cast)
    await _lock(cast)
    await _save(cast.kim, cast, "first_name", "Kimberley")
    assert await _marks(cast.alice, cast) == {}, "it is no part of the profile yet"
    async with transaction() as session:
        await reopen_section(session, cast.alice, cast.deal.id, PERSONAL, opened=True)
    assert await _marks(cast.alice, cast) == {}, "to open a section is no answer"
    _later()
    await _save(cast.kim, cast, "first_name", "Kimberley")
    assert set(await _marks(cast.alice, cast)) == {"first_name"}
    async with transaction() as session:
        await reopen_section(session, cast.alice, cast.deal.id, PERSONAL, opened=False)
    assert set(await _marks(cast.alice, cast)) == {"first_name"}, "locked again, it has still not been seen"
    await _look(cast.alice, cast)
    assert await _marks(cast.alice, cast) == {}


async def test_what_a_client_told_in_private_is_news_for_the_team_and_its_words_stay_out_of_the_mark(
    frozen_clock, database, cast
):
    await _save(cast.kim, cast, "first_name", "Kim")
    await _look(cast.alice, cast)
    await _save(cast.kim, cast, KEEP_PRIVATE, "yes")
    await _save(cast.kim, cast, "date_of_birth", "27/3/1986")  # sensitive: others on the loan never see it
    await _save(cast.kim, cast, "mothers_maiden_name", "Winterbottom")
    marks = await _marks(cast.alice, cast)
    assert set(marks) == {"date_of_birth", "mothers_maiden_name"}
    assert not any("1986" in said or "Winterbottom" in said for said in marks.values())
    async with reading() as session:
        theirs = await read_whole(session, cast.sam, cast.deal.id)
    hidden = [each for each in theirs.copies if each.subject == cast.kim_contact.id]
    assert all(each.is_hidden or not each.answers.get("mothers_maiden_name") for each in hidden)
