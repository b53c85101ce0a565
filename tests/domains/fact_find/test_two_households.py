"""Two who borrow and live apart: each household has its own spending, and neither is asked about the other's."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.exporting import fact_find_document
from salestrekker_portal.domains.fact_find.figure_views import figures_of
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.outline import stops, title_of
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.visibility_change import carry_over
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.questions.vocabulary import Tally
from salestrekker_portal.tables.deals import ApplicantRole, DealApplicant


async def _save(actor, cast, section, field, raw, subject=None):
    place = Place(section_id=section, field_key=field, subject_id=subject)
    async with transaction() as session:
        return await save_answer(session, actor, cast.deal.id, place, raw)


async def _whole(actor, cast):
    async with reading() as session:
        return await read_whole(session, actor, cast.deal.id)


@pytest.fixture
async def apart(database, cast):
    """Kim alone is ticked as the deal's household: Sam has another."""
    await _save(cast.alice, cast, "expenses.household", "members", str(cast.kim.id))
    await _save(cast.alice, cast, "expenses.general", "groceries", "1,000")
    await _save(cast.alice, cast, "expenses.general", "groceries", "400", cast.sam.id)
    return cast


def _steps(whole):
    return [
        title_of(whole, stop.page, stop.subject) for stop in stops(whole, all_whole=True) if stop.page.key == "expenses"
    ]


async def test_each_spends_for_themselves_and_both_add_up(apart):
    whole = await _whole(apart.alice, apart)
    spent = {line.subject: line.parts for line in whole.lines if line.tally is Tally.EXPENSE}
    assert spent == {"": {str(apart.kim.id): 100_000}, str(apart.sam.id): {str(apart.sam.id): 40_000}}
    assert whole.position["expenses_living"].value == 140_000
    assert _steps(whole) == ["Expenses", "Expenses, Sam"]
    of_each = {c.subject for c in whole.copies_on("expenses", apart.sam.id)}
    assert of_each == {apart.sam.id}
    asked = {c.section.key for c in whole.copies_on("expenses", apart.sam.id)}
    assert "general" in asked and "household" not in asked


async def test_what_is_taken_of_one_has_nothing_that_the_other_household_spends_or_earns(apart):
    async with transaction() as session:
        flat = await add_item(session, apart.alice, apart.deal.id, "income.rental")
    for field, raw in (("description", "4/22 Darby Street"), ("amount", "600"),
                       ("ownership", json.dumps({str(apart.kim.id): 100}))):  # fmt: skip
        place = Place(section_id="income.rental", field_key=field, item_id=flat.id)
        async with transaction() as session:
            await save_answer(session, apart.alice, apart.deal.id, place, raw)
    whole = await _whole(apart.alice, apart)
    for who, spent, flats in ((apart.sam, "$400.00 a month", 0), (apart.kim, "$1,000.00 a month", 1)):
        made, _ = fact_find_document(whole, str(who.id))
        assert [row["words"] for row in made["answers"] if row["field_key"] == "groceries"] == [spent]
        assert len({row["item_id"] for row in made["answers"] if row["section_id"] == "income.rental"}) == flats


async def test_a_figure_leads_to_the_household_that_it_is_of(apart):
    [living] = [each for each in figures_of(await _whole(apart.alice, apart))[1] if each["key"] == "expenses_living"]
    assert [row["path"].partition("page=")[2] for row in living["rows"]] == ["expenses", f"expenses&of={apart.sam.id}"]


async def test_whoever_lives_apart_meets_their_own_household(apart):
    sam = replace(apart.sam, sees_other_applicants=True)
    whole = await _whole(sam, apart)
    assert _steps(whole) == ["Living expenses"]
    assert {c.subject for c in whole.copies if c.page.key == "expenses"} == {apart.sam.id}
    await _save(sam, apart, "expenses.general", "groceries", "450")
    assert (await _whole(apart.alice, apart)).position["expenses_living"].value == 145_000
    kim = await _whole(replace(apart.kim, sees_other_applicants=True), apart)
    assert {line.subject for line in kim.lines if line.tally is Tally.EXPENSE} == {""}


async def test_their_spending_stays_theirs_when_what_they_see_changes(apart):
    async with transaction() as session:
        await carry_over(session, apart.deal.id, apart.sam.id, sees_others=True)
    assert (await _whole(apart.alice, apart)).position["expenses_living"].value == 140_000


async def test_a_servicing_guarantor_has_a_household_of_their_own(database, cast):
    async with transaction() as session:
        await session.execute(
            update(DealApplicant)
            .where(DealApplicant.contact_id == cast.sam.id)
            .values(role=ApplicantRole.SERVICING_GUARANTOR)
        )
    assert _steps(await _whole(cast.alice, cast)) == ["Expenses", "Expenses, Sam"]
    await _save(cast.alice, cast, "expenses.household", "members", f"{cast.kim.id},{cast.sam.id}")
    assert _steps(await _whole(cast.alice, cast)) == ["Expenses"]


async def test_directors_who_guarantee_their_companys_loan_have_each_a_household_and_none_between_them(database, cast):
    async with transaction() as session:
        both = update(DealApplicant).where(DealApplicant.contact_id.in_([cast.sam.id, cast.kim.id]))
        await session.execute(both.values(role=ApplicantRole.SERVICING_GUARANTOR))
    assert _steps(await _whole(cast.alice, cast)) == ["Expenses, Kim", "Expenses, Sam"]


async def test_rent_of_a_guarantor_who_sees_nobody_else_is_not_asked_again(database, cast):
    async with transaction() as session:
        guarantor = update(DealApplicant).where(DealApplicant.contact_id == cast.sam.id)
        await session.execute(guarantor.values(role=ApplicantRole.SERVICING_GUARANTOR))
    for key, raw in (("living_arrangement", "renting"), ("rent", "300"), ("rent_frequency", "weekly")):
        await _save(cast.sam, cast, "applicant.addresses", key, raw)
    assert not cast.sam.sees_other_applicants
    assert [line.cents for line in (await _whole(cast.alice, cast)).lines if line.field_key == "rent"] == [130_000]
    assert [line.cents for line in (await _whole(cast.sam, cast)).lines if line.field_key == "rent"] == [130_000]


async def test_each_household_has_its_own_dependants(apart):
    async with transaction() as session:
        child = await add_item(session, apart.alice, apart.deal.id, "applicant.dependants")
        other = await add_item(session, apart.alice, apart.deal.id, "applicant.dependants")
    for item, name, home in ((child, "Ari", "household"), (other, "Bea", str(apart.sam.id))):
        for field, raw in (("name", name), ("household", home)):
            place = Place(section_id="applicant.dependants", field_key=field, item_id=item.id)
            async with transaction() as session:
                await save_answer(session, apart.alice, apart.deal.id, place, raw)
    made, _ = fact_find_document(await _whole(apart.alice, apart))
    assert [[each["name"] for each in home["dependants"]] for home in made["households"]] == [["Ari"], ["Bea"]]
