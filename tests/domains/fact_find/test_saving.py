"""Saving one answer: kept as typed, seen by the right people, refused to the others."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.domains.fact_find.lists import add_item, remove_item, restore_item
from salestrekker_portal.domains.fact_find.queries import all_copies, open_copy
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.errors import NotFound, NotPermitted
from salestrekker_portal.tables.fact_find import NOBODY
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support.statements import counted

FIRST_NAME = Place(section_id="applicant.personal_details", field_key="first_name")


async def _save(actor, deal, place, raw, seen=None):
    async with transaction() as session:
        return await save_answer(session, actor, deal.id, place, raw, seen)


async def _open(actor, deal, section, wanted=None):
    async with reading() as session:
        return await open_copy(session, await profile_context(session, actor, deal.id), section, wanted)


async def test_an_answer_is_kept_as_typed_and_read_back(database, cast):
    saved = await _save(cast.kim, cast.deal, FIRST_NAME, "Kim")
    assert saved.version == 1 and not saved.held and "first_name" in saved.asked
    again = await _open(cast.kim, cast.deal, "applicant.personal_details")
    assert again.answers["first_name"].raw == "Kim" and again.subject == cast.kim.id


async def test_wrong_input_is_kept_and_explained(database, cast):
    place = Place(section_id="applicant.personal_details", field_key="date_of_birth")
    saved = await _save(cast.kim, cast.deal, place, "30/02/1990")
    assert "date_of_birth" in saved.checked.errors
    assert (await _open(cast.kim, cast.deal, place.section_id)).answers["date_of_birth"].raw == "30/02/1990"


@pytest.mark.parametrize(("who", "refusal"), [("sam", NotFound), ("mallory", NotFound), ("priya", NotPermitted)])
async def test_nobody_else_writes_kims_page(database, cast, who, refusal):
    place = Place(section_id=FIRST_NAME.section_id, field_key="first_name", subject_id=cast.kim.id)
    with pytest.raises(refusal):
        await _save(getattr(cast, who), cast.deal, place, "Mallory")
    assert (await _open(cast.alice, cast.deal, FIRST_NAME.section_id, cast.kim.id)).answers == {}


async def test_with_sight_of_the_others_the_page_can_be_read_but_stays_its_owners(database, cast):
    async with transaction() as session:
        (await session.get(PortalAccess, cast.sam_access.id)).sees_other_applicants = True
    sam = replace(cast.sam, sees_other_applicants=True)
    await _save(cast.kim, cast.deal, FIRST_NAME, "Kim")
    copy = await _open(sam, cast.deal, FIRST_NAME.section_id, cast.kim.id)
    assert copy.answers["first_name"].raw == "Kim" and not copy.may_write
    with pytest.raises(NotPermitted):
        await _save(
            sam, cast.deal, Place(section_id=FIRST_NAME.section_id, field_key="first_name", subject_id=cast.kim.id), "X"
        )
    with pytest.raises(NotFound):
        await _open(sam, cast.deal, "risks.declarations", cast.kim.id)


async def test_shared_questions_stay_apart_without_sight_of_the_others(database, cast):
    async with reading() as session:
        context = await profile_context(session, cast.kim, cast.deal.id)
        shared = next(
            copy for copy in await all_copies(session, context) if copy.page.key == "needs" and not copy.section.repeats
        )
    full_id = f"needs.{shared.section.key}"
    key = shared.section.fields[0].key
    await _save(cast.kim, cast.deal, Place(section_id=full_id, field_key=key), "Kim's own words")
    assert (await _open(cast.sam, cast.deal, full_id)).answers == {}
    async with reading() as session:
        staff = await all_copies(session, await profile_context(session, cast.alice, cast.deal.id))
    said = {copy.subject: copy.answers for copy in staff if copy.page.key == "needs" and key in copy.answers}
    assert said[cast.kim.id][key].raw == "Kim's own words"


async def test_an_item_is_seen_by_who_made_it_and_who_owns_it(database, cast):
    section = "liabilities.debts"
    async with reading() as session:
        context = await profile_context(session, cast.kim, cast.deal.id)
        section = next(
            f"{page.key}.{each.key}" for page in context.pages if page.key == "liabilities" for each in page.sections
        )
    async with transaction() as session:
        item = await add_item(session, cast.kim, cast.deal.id, section)
    assert len((await _open(cast.kim, cast.deal, section)).items) == 1
    assert (await _open(cast.sam, cast.deal, section)).items == []
    place = Place(section_id=section, field_key="ownership", item_id=item.id)
    with pytest.raises(NotFound):
        await _save(cast.sam, cast.deal, place, "{}")
    await _save(cast.kim, cast.deal, place, f'{{"{cast.kim.id}": 50, "{cast.sam.id}": 50}}')
    assert len((await _open(cast.sam, cast.deal, section)).items) == 1
    async with transaction() as session:
        await remove_item(session, cast.kim, cast.deal.id, section, item.id)
    assert (await _open(cast.kim, cast.deal, section)).items == []
    async with transaction() as session:
        await restore_item(session, cast.kim, cast.deal.id, section, item.id)
    assert len((await _open(cast.kim, cast.deal, section)).items) == 1


async def test_a_locked_stage_holds_what_the_client_types(database, cast):
    await _save(cast.kim, cast.deal, FIRST_NAME, "Kim")
    async with transaction() as session:
        deal = await session.get(type(cast.deal), cast.deal.id)
        deal.stage_id = next(stage.id for stage in cast.stages if stage.fact_find == "read_only")
    saved = await _save(cast.kim, cast.deal, FIRST_NAME, "Kimberley")
    assert "locked" in saved.held
    copy = await _open(cast.kim, cast.deal, FIRST_NAME.section_id)
    assert copy.answers["first_name"].raw == "Kim" and not copy.may_write
    assert copy.held[NOBODY, "first_name"].raw == "Kimberley"


async def test_a_field_that_moved_shows_both_values(database, cast):
    place = Place(section_id=FIRST_NAME.section_id, field_key="first_name", subject_id=cast.kim.id)
    first = await _save(cast.kim, cast.deal, FIRST_NAME, "Kim")
    await _save(cast.alice, cast.deal, place, "Kimberly", first.version)
    clash = await _save(cast.kim, cast.deal, FIRST_NAME, "Kimberley", first.version)
    assert clash.theirs.raw == "Kimberly" and clash.theirs.author_name == cast.alice.name
    assert (await _open(cast.kim, cast.deal, FIRST_NAME.section_id)).answers["first_name"].raw == "Kimberly"


@pytest.mark.parametrize(
    "place",
    [
        Place(section_id="nowhere.nothing", field_key="first_name"),
        Place(section_id="applicant.personal_details", field_key="__class__"),
        Place(section_id="applicant.personal_details", field_key="first_name", item_id=NOBODY),
    ],
)
async def test_garbage_places_do_not_exist(database, cast, place):
    with pytest.raises(NotFound):
        await _save(cast.kim, cast.deal, place, "x")


async def test_saving_stays_within_its_statements(database, cast):
    await _save(cast.kim, cast.deal, FIRST_NAME, "Kim")
    with counted() as statements:
        await _save(cast.kim, cast.deal, FIRST_NAME, "Kimmy", 1)
    assert len(statements) <= 5  # and one for the session look-up: six
