"""A page of the fact find as screens show it, for each person who may look."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.outline import find_stop, missing, stops
from salestrekker_portal.domains.fact_find.places import Spot, field_id, spot_from
from salestrekker_portal.domains.fact_find.screens import block_of, errors_of
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.sums import heads_of, sums_of
from salestrekker_portal.domains.fact_find.way import percents, section_of, way
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from salestrekker_portal.domains.questions.chapters import CHAPTERS, chapter_of, joined_of
from salestrekker_portal.domains.questions.vocabulary import section_id
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.tables.fact_find import NOBODY
from tests.support.seven import SEVEN, started

PERSONAL = "applicant.personal_details"


async def _save(actor, deal, section, key, raw, item=None):
    async with transaction() as session:
        return await save_answer(session, actor, deal.id, Place(section_id=section, field_key=key, item_id=item), raw)


async def _whole(actor, deal):
    async with reading() as session:
        return await read_whole(session, actor, deal.id)


async def _block(actor, deal, section, **how):
    whole = await _whole(actor, deal)
    page, key = section.split(".")
    copy = next(c for c in whole.copies if c.page.key == page and c.section.key == key)
    return block_of(whole, copy, **how), errors_of(whole, copy), whole


async def test_a_question_comes_with_its_reason_once_an_answer_asks_for_it(sqlite, cast):
    block, _, _ = await _block(cast.kim, cast.deal, PERSONAL)
    assert "previous_name" not in [field["key"] for field in block["fields"]]
    await _save(cast.kim, cast.deal, PERSONAL, "has_previous_name", "yes")
    block, _, _ = await _block(cast.kim, cast.deal, PERSONAL)
    asked = {field["key"]: field for field in block["fields"]}
    assert asked["previous_name"]["why"] == "Asked because you said yes"
    assert asked["previous_name_changed"]["revealed"] and not asked["previous_name_changed"]["why"]


async def test_what_cannot_be_read_stands_there_as_typed_with_what_is_wrong(sqlite, cast):
    await _save(cast.kim, cast.deal, PERSONAL, "date_of_birth", "30/02/1990")
    block, errors, _ = await _block(cast.kim, cast.deal, PERSONAL)
    field = next(each for each in block["fields"] if each["key"] == "date_of_birth")
    assert field["value"] == "30/02/1990" and errors[field["id"]]


async def test_an_entry_is_named_summed_and_open_only_when_asked(sqlite, cast):
    async with transaction() as session:
        item = await add_item(session, cast.kim, cast.deal.id, "liabilities.cards")
    for key, raw in (("type", "credit_card"), ("lender", "Southern Gum Bank"), ("balance", "1230"), ("limit", "8000")):
        await _save(cast.kim, cast.deal, "liabilities.cards", key, raw, item.id)
    closed, _, _ = await _block(cast.kim, cast.deal, "liabilities.cards")
    opened, _, whole = await _block(cast.kim, cast.deal, "liabilities.cards", opened=str(item.id))
    assert closed["items"][0]["fields"] == [] and opened["items"][0]["fields"][0]["key"] == "lender"
    assert {f["key"]: f["value"] for f in opened["items"][0]["fields"]}["limit"] == "8,000.00"
    copy = next(c for c in whole.copies if c.section.key == "cards")
    head = heads_of(whole, copy)[str(item.id)]
    assert (head["title"], head["sum"], head["sum_label"]) == ("Credit card, Southern Gum Bank", "$1,230.00", "owed")
    assert sums_of(whole, copy.page)[0]["amount"] == "$1,230.00"


async def test_the_loans_choose_from_the_properties(sqlite, cast):
    async with transaction() as session:
        home = await add_item(session, cast.kim, cast.deal.id, "assets.property")
        loan = await add_item(session, cast.kim, cast.deal.id, "liabilities.home_loans")
    await _save(cast.kim, cast.deal, "liabilities.home_loans", "type", "home_loan", loan.id)
    block, _, _ = await _block(cast.kim, cast.deal, "liabilities.home_loans", opened=str(loan.id))
    choices = {field["key"]: field["options"] for field in block["items"][0]["fields"]}
    assert [each["value"] for each in choices["secured_property"]] == [str(home.id)]


async def test_shares_ask_about_those_whom_the_client_may_know(sqlite, cast):
    async with transaction() as session:
        item = await add_item(session, cast.kim, cast.deal.id, "liabilities.cards")
    block, _, _ = await _block(cast.kim, cast.deal, "liabilities.cards", opened=str(item.id))
    field = next(each for each in block["items"][0]["fields"] if each["kind"] == "ownership")
    assert [each["label"] for each in field["options"]] == ["Kim Nguyen", "Somebody else"]
    half = f'{{"{cast.kim.id}": 50, "somebody_else": 50}}'
    saved = await _save(cast.kim, cast.deal, "liabilities.cards", "ownership", half, item.id)
    assert "ownership" not in saved.checked.errors


async def test_steps_say_what_is_missing_and_lead_there(sqlite, cast):
    await _save(cast.kim, cast.deal, PERSONAL, "first_name", "Kim")
    whole = await _whole(cast.kim, cast.deal)
    every = stops(whole)
    here = find_stop(every, PERSONAL, None)
    steps = way(whole, every, here, lambda stop: f"/{stop.key}")
    assert steps[0]["title"] == "About you" and steps[0]["parts"][0]["current"]
    assert steps[0]["fact"].endswith(" missing") and steps[1]["fact"] == "Not started" and "Sam" not in str(steps)
    lines = missing(whole, every, lambda stop: f"/{stop.key}")
    assert lines[0]["label"] == "Last name" and lines[0]["path"].startswith(f"/{PERSONAL}#{PERSONAL}:{cast.kim.id}:-:")


async def test_with_sight_of_the_others_their_pages_are_there_and_their_sensitive_ones_are_not(sqlite, cast):
    whole = await _whole(replace(cast.sam, sees_other_applicants=True), cast.deal)
    every = stops(whole)
    assert find_stop(every, PERSONAL, cast.kim.id).subject == cast.kim.id
    with pytest.raises(NotFound):
        find_stop(every, "risks.declarations", cast.kim.id)


async def test_the_broker_reads_everybody(sqlite, cast):
    every = stops(await _whole(cast.alice, cast.deal), all_whole=True)
    assert {stop.subject for stop in every} == {cast.kim.id, cast.sam.id, NOBODY}


@pytest.mark.parametrize("garbage", ["", None, 7, {}, "a:b:c", "a:b:c:d", f"a:{'x' * 400}:-:k", ["a", "-", "-", "k"]])
def test_an_address_is_read_back_or_is_none(garbage):
    with pytest.raises(NotFound):
        spot_from(garbage)
    spot = Spot("needs.reasons", NOBODY, NOBODY, "goals")
    assert spot_from(field_id(spot)) == spot


async def test_six_sections_and_the_check_hold_every_screen_of_one_person(sqlite, cast):
    """Seven in all, and few screens; a person's pages are found at the addresses of all their sections."""
    whole = await _whole(cast.kim, cast.deal)
    every = stops(whole)
    steps = way(whole, every, None, lambda stop: f"/{stop.key}")
    assert [step["title"] for step in steps] == [
        "About you", "Where you live", "Work and pay", "Own and owe", "Living costs", "Your loan"
    ]  # fmt: skip
    assert section_of(every, find_stop(every, "income", None)) == (3, 7) and section_of(every, None) == (7, 7)
    assert len(every) <= 19
    shown = [(stop.page.key, section.key) for stop in every for section in stop.sections]
    assert len(shown) == len(set(shown))
    assert find_stop(every, "applicant.contact_details", None) is find_stop(every, PERSONAL, None)


async def test_what_decides_a_question_comes_before_it(sqlite, cast):
    """Who goes forward meets the questions of a first home: what the money is for was asked before them."""
    actor, deal_id, _ = await started(cast, next(each for each in SEVEN if each.name == "expat"))
    async with transaction() as session:
        item = await add_item(session, actor, deal_id, "needs.purposes")
        place = Place(section_id="needs.purposes", field_key="type", item_id=item.id)
        await save_answer(session, actor, deal_id, place, "purchase")
    async with reading() as session:
        order = [stop.key for stop in stops(await read_whole(session, actor, deal_id))]
    of_loan = ["needs.reasons", "needs.property", "needs.borrowing", "applicant.first_home", "product_requirements"]
    assert [key for key in order if key in of_loan] == of_loan


async def test_each_section_says_how_much_of_it_is_answered(sqlite, cast):
    before = percents(await _whole(cast.kim, cast.deal), stops(await _whole(cast.kim, cast.deal)))
    for key, raw in (("first_name", "Kim"), ("last_name", "Nguyen")):
        await _save(cast.kim, cast.deal, PERSONAL, key, raw)
    whole = await _whole(cast.kim, cast.deal)
    after = percents(whole, stops(whole))
    assert len(after) == 6 and after[0] > before[0] and after[1:] == before[1:]


async def test_what_another_applicant_shows_says_whose_it_is(sqlite, cast):
    whole = await _whole(replace(cast.sam, sees_other_applicants=True), cast.deal)
    every = stops(whole)
    steps = way(whole, every, find_stop(every, PERSONAL, cast.kim.id), lambda stop: f"/{stop.key}/{stop.subject}")
    assert len(steps) == 6 and "You, and how to reach you, Kim" in [part["title"] for part in steps[0]["parts"]]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_section_has_a_chapter(country):
    """And what stands on one screen together is of one page, in one chapter."""
    pages = every_page(country)
    held = {held for chapter in CHAPTERS for held in chapter.holds}
    for page in pages:
        chapters = {section.key: chapter_of(page, section) for section in page.sections}
        assert page.key in held and set(chapters.values()) <= set(CHAPTERS)
        for section in page.sections:
            if joined := joined_of(page, section):
                together = [s for s in page.sections if section_id(page, s) in joined.section_ids]
                assert len({chapters[s.key] for s in together}) == 1
