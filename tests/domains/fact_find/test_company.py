"""Oracle 16: a company is reached as 2.13 says. Its contact person answers its own pages, and nobody else's."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.fact_find.context import profile_context
from salestrekker_portal.domains.fact_find.lists import add_item
from salestrekker_portal.domains.fact_find.outline import stops, title_of
from salestrekker_portal.domains.fact_find.prefill import prefill
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.sums import sums_of
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import Answer
from tests import factories as make


@pytest.fixture
async def grace(sqlite, cast):
    """The contact person of a company that applies together with kim and sam."""
    async with transaction() as session:
        company = await make.make_contact(
            session, cast.firm, "Grace", "Lim", company_name="Wattle & Rye Pty Ltd", email="grace@example.com",
            mobile="+61491570159",
        )  # fmt: skip
        await make.add_applicant(session, cast.deal, company, position=2)
        access = await make.make_access(session, cast.deal, company, cast.alice_user)
        (await session.get(Deal, cast.deal.id)).loan_kind = "commercial_loan"
        await prefill(session, cast.alice, cast.deal.id, company)
    return Actor(
        portal=Portal.CLIENT, session_id=new_id(), organisation_id=cast.firm.id, id=company.id, name=company.name,
        country="AU", time_zone="Australia/Sydney", deal_id=cast.deal.id, access_id=access.id,
    )  # fmt: skip


async def _whole(actor, cast):
    async with reading() as session:
        return await read_whole(session, actor, cast.deal.id)


async def _save(actor, cast, section, key, raw, item=None):
    place = Place(section_id=section, field_key=key, item_id=item)
    async with transaction() as session:
        return await save_answer(session, actor, cast.deal.id, place, raw)


async def test_oracle_16_the_contact_person_meets_the_pages_of_the_company(grace, cast):
    whole = await _whole(grace, cast)
    every = stops(whole)
    titles = list(dict.fromkeys(title_of(whole, stop.page, stop.subject) for stop in every))
    assert titles[:5] == [
        "Wattle & Rye Pty Ltd", "Financials", "Tax and obligations", "What the business owns", "What the business owes"
    ]  # fmt: skip
    assert {"applicant", "expenses", "income"}.isdisjoint({stop.page.key for stop in every})
    known = {copy.section.key: copy for copy in whole.copies}
    assert known["details"].answers["legal_name"].raw == "Wattle & Rye Pty Ltd"
    assert known["contact_person"].answers["first_name"].raw == "Grace"


async def test_neither_side_reaches_the_other(grace, cast):
    with pytest.raises(NotFound):
        await _save(grace, cast, "applicant.personal_details", "first_name", "X")
    with pytest.raises(NotFound):
        await _save(cast.kim, cast, "entity.details", "legal_name", "X")
    kim = replace(cast.kim, sees_other_applicants=True)
    async with reading() as session:
        context = await profile_context(session, kim, cast.deal.id)
    assert "compliance" in {page.key for page in context.pages}
    assert not [c for c in (await _whole(kim, cast)).copies if c.page.key == "compliance"]


async def test_what_the_business_is_decides_which_sections_it_is_asked(grace, cast):
    def sections(whole):
        return {copy.section.key for copy in whole.copies_on("entity", grace.id)}

    assert "trust" not in sections(await _whole(grace, cast))
    await _save(grace, cast, "entity.details", "entity_type", "trust")
    assert {"trust", "trustees"} <= sections(await _whole(grace, cast))
    wrong = await _save(grace, cast, "entity.details", "abn", "51 824 753 557")
    assert wrong.checked.errors["abn"] == "Check the ABN. One of its digits is not right."
    assert "acn" not in wrong.asked
    await _save(grace, cast, "entity.details", "entity_type", "private_company")
    asked = await _save(grace, cast, "entity.details", "acn", "004 085 616")
    assert "acn" in asked.asked and "acn" not in asked.checked.errors


async def test_its_figures_are_its_own_and_people_split_theirs_between_people(grace, cast):
    async with transaction() as session:
        van = await add_item(session, grace, cast.deal.id, "business_assets.things")
    await _save(grace, cast, "business_assets.things", "type", "vehicle", van.id)
    await _save(grace, cast, "business_assets.things", "value", "40,000", van.id)
    whole = await _whole(cast.alice, cast)
    page = next(page for page in whole.context.pages if page.key == "business_assets")
    assert sums_of(whole, page)[0]["amount"] == "$40,000.00"
    async with transaction() as session:
        home = await add_item(session, cast.alice, cast.deal.id, "assets.property")
    await _save(cast.alice, cast, "assets.property", "value", "800,000", home.id)
    whole = await _whole(cast.alice, cast)
    [owned] = sums_of(whole, next(page for page in whole.context.pages if page.key == "assets"))
    assert owned["parts"] == "Kim $400,000.00\nSam $400,000.00"


async def test_answers_of_a_company_are_kept_under_the_company(grace, cast):
    await _save(grace, cast, "entity.addresses", "registered_suburb", "Hamilton")
    async with reading() as session:
        rows = (await session.execute(Answer.__table__.select().where(Answer.author_id == grace.id))).all()
    assert {row.subject_id for row in rows} == {grace.id}
