"""Rent begins as a week's: kept with the amount that was typed beside it, and never put beside one that was there."""

from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.questions import fields_of
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.tables.fact_find import NOBODY, Answer

HOME = "applicant.addresses"


async def _say(cast, key, raw, seen=None):
    async with transaction() as session:
        place = Place(section_id=HOME, field_key=key)
        return await save_answer(session, cast.kim, cast.deal.id, place, raw, seen)


async def _shown(cast) -> str:
    """What stands in the box on Kim's own screen."""
    async with reading() as session:
        whole = await read_whole(session, cast.kim, cast.deal.id)
        copy = next(each for each in whole.copies if each.section.key == "addresses" and each.subject == cast.kim.id)
        views = fields_of(whole, copy, NOBODY, dict(copy.answers), whole.context.facts(cast.kim.id))
        return next(each["value"] for each in views if each["key"] == "rent_frequency")


async def test_what_stood_beside_the_amount_is_kept_with_it(database, cast):
    await _say(cast, "living_arrangement", "renting")
    assert await _shown(cast) == "weekly"
    saved = await _say(cast, "rent", "540")
    assert saved.answers["rent_frequency"] == "weekly" and "rent_frequency" not in saved.checked.missing
    # The screen still has the version of an answer that isn't there: the same person's next one counts.
    changed = await _say(cast, "rent_frequency", "monthly", 0)
    assert changed.theirs is None and (changed.answers["rent_frequency"], changed.version) == ("monthly", 2)
    again = await _say(cast, "rent", "560")
    assert again.answers["rent_frequency"] == "monthly"


async def test_an_amount_from_before_is_asked_how_often_and_not_given_one(database, cast):
    await _say(cast, "living_arrangement", "renting")
    await _say(cast, "rent", "2,340")
    async with transaction() as session:
        often = await session.scalars(select(Answer).where(Answer.field_key == "rent_frequency"))
        await session.delete(often.one())
    assert await _shown(cast) == ""
    saved = await _say(cast, "rent", "2,400")
    assert "rent_frequency" not in saved.answers and "rent_frequency" in saved.checked.missing


async def test_what_was_chosen_first_stays_and_nothing_comes_with_an_emptied_amount(database, cast):
    await _say(cast, "living_arrangement", "renting")
    assert "rent_frequency" not in (await _say(cast, "rent", " ")).answers
    await _say(cast, "rent_frequency", "fortnightly")
    assert (await _say(cast, "rent", "1,080")).answers["rent_frequency"] == "fortnightly"
