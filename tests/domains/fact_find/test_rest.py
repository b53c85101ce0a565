"""One press for none of the rest, the check with the answers themselves, and handing in again only what changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.outline import find_stop, stops
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.rest import rest_of, say_none_of_the_rest
from salestrekker_portal.domains.fact_find.review import gist, said
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.submission import NOTHING_NEW, TRUTH_VERSION, has_changed, submit_profile
from salestrekker_portal.domains.fact_find.way import section_of
from salestrekker_portal.domains.fact_find.whole import Whole, read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.support import seven
from tests.support.seven import SEVEN

CONTACT = "applicant.contact_details"


async def _whole(cast) -> Whole:
    async with reading() as session:
        return await read_whole(session, cast.kim, cast.deal.id)


async def _save(cast, section, key, raw, item=None):
    async with transaction() as session:
        await save_answer(session, cast.kim, cast.deal.id, Place(section_id=section, field_key=key, item_id=item), raw)


def _on(whole: Whole, key: str) -> list[Copy]:
    stop = find_stop(stops(whole), key, None)
    return [c for c in whole.copies_on(stop.page.key, stop.subject) if stop.shows(c.section.key)]


async def _rest(cast, key: str) -> int:
    async with transaction() as session:
        return await say_none_of_the_rest(session, cast.kim, cast.deal.id, key)


async def test_one_press_says_that_there_is_nothing_more_and_leaves_what_is_there(database, cast):
    async with transaction() as session:
        await add_item(session, cast.kim, cast.deal.id, "liabilities.cards")
    offered = rest_of(await _whole(cast), _on(await _whole(cast), "liabilities"))
    assert (offered.label, offered.count) == ("None of the rest", 5)
    assert await _rest(cast, "liabilities") == 5
    whole = await _whole(cast)
    states = {c.section.key: (len(c.items), c.answers.get("nothing_to_add")) for c in _on(whole, "liabilities")}
    assert states["cards"] == (1, None) and all(
        said.raw == "yes" for key, (_, said) in states.items() if key != "cards"
    )
    assert rest_of(whole, _on(whole, "liabilities")).count == 0
    with pytest.raises(Conflict):
        await _rest(cast, "liabilities")


async def test_rows_of_living_expenses_that_are_open_become_none(database, cast):
    await _save(cast, "expenses.general", "groceries", "820")
    await _rest(cast, "expenses")
    [general] = [c for c in _on(await _whole(cast), "expenses") if c.section.key == "general"]
    assert general.answers["groceries"].raw == "820" and "groceries_none" not in general.answers
    assert general.answers["pets_none"].raw == "yes"


async def test_questions_about_the_past_are_answered_with_no(database, cast):
    await _save(cast, "risks.declarations", "problems", "yes")
    offered = rest_of(await _whole(cast), _on(await _whole(cast), "risks"))
    assert offered.label == "No to the rest"
    await _rest(cast, "risks")
    [past] = [c for c in _on(await _whole(cast), "risks") if c.section.key == "declarations"]
    assert past.answers["problems"].raw == "yes" and past.answers["bankrupt"].raw == "no"


async def test_the_check_shows_each_answer_with_the_way_to_it(database, cast):
    await _save(cast, CONTACT, "email", "kim@example.com")
    async with transaction() as session:
        item = await add_item(session, cast.kim, cast.deal.id, "liabilities.cards")
    await _save(cast, "liabilities.cards", "lender", "Southern Gum Bank", item.id)
    whole = await _whole(cast)
    pages = {page["title"]: page for page in said(whole, stops(whole), lambda stop: f"/{stop.key}?from=review")}
    [email] = [each for each in pages["About you"]["answers"] if each["label"] == "Email"]
    assert email["words"] == "kim@example.com"
    assert email["path"] == f"/applicant.personal_details?from=review#{CONTACT}:{cast.kim.id}:-:email"
    [card] = [each for each in pages["Own and owe"]["answers"] if each["label"] == "Who is it with?"]
    assert f"&open={item.id}#" in card["path"] and pages["Own and owe"]["line"] == "2 answers"
    assert section_of(stops(whole), None) == (len(pages) + 1, len(pages) + 1)


@pytest.mark.parametrize("sees", [True, False])
async def test_the_check_shows_what_a_guarantor_spends_at_home(sqlite, cast, monkeypatch, sees):
    case = replace(
        SEVEN[0], name="served by Gil", people={"gil": "Gil Ortiz", "ana": "Ana Ortiz"},
        roles={"gil": "servicing_guarantor"},
    )  # fmt: skip
    monkeypatch.setattr(seven, "SEVEN", (*SEVEN, case))
    gil, deal_id, _ = await seven.started(cast, case)
    gil = replace(gil, sees_other_applicants=sees)
    async with transaction() as session:
        await save_answer(session, gil, deal_id, Place(section_id="expenses.general", field_key="groceries"), "820")
    async with reading() as session:
        whole = await read_whole(session, gil, deal_id)
    pages = said(whole, stops(whole), lambda stop: f"/{stop.key}")
    costs = [each for page in pages if page["title"].startswith("Living costs") for each in page["answers"]]
    assert "Groceries" in [each["label"] for each in costs]


def test_a_folded_chapter_says_what_it_is_about():
    def one(label, words, item=""):
        return {"id": "", "label": label, "words": words, "item": item, "path": ""}

    told = [one("First name", "Kim"), one("Do you smoke?", "No"), one("Groceries", "$820 a week"),
            one("Lender", "Gum Bank", "Gum Bank card"), one("Limit", "$5,000", "Gum Bank card"),
            one("Work", "Nurse at " + "a very long name of a hospital " * 3), one("Other", "fifth")]  # fmt: skip
    said_of = gist(told)
    assert said_of.startswith("Kim · Groceries $820 a week · Gum Bank card · Nurse at")
    assert said_of.endswith("…") and len(said_of.split(" · ")) == 4 and gist([]) == ""


async def test_handed_in_again_only_when_something_changed(database, cast):
    async with transaction() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.section_ids, access.submitted_at = [CONTACT], utc_now() - timedelta(days=1)
    await _save(cast, CONTACT, "mobile", "0491 570 157")
    await _save(cast, CONTACT, "email", "kim@example.com")
    async with transaction() as session:
        await submit_profile(session, cast.kim, cast.deal.id)
    async with reading() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
    assert (access.submissions, access.declared) == (1, TRUTH_VERSION)
    with pytest.raises(Conflict, match=NOTHING_NEW):
        async with transaction() as session:
            await submit_profile(session, cast.kim, cast.deal.id)
    await _save(cast, CONTACT, "email", "kim.nguyen@example.com")
    async with reading() as session:
        assert await has_changed(session, await read_whole(session, cast.kim, cast.deal.id), access.submitted_at)
