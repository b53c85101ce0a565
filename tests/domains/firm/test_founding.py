"""A new brokerage is ready for its first deal."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.founding import demand_first_run, found_organisation, is_first_run
from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.tables.organisations import Country, Role, User
from salestrekker_portal.tables.workflows import FactFindMode


async def _found(session, **facts):
    admin = User(email="moana@example.com", first_name="Moana", last_name="Tūhoe")
    facts = {"name": "Tussock Lending", "country": Country.NZ, "time_zone": "Pacific/Auckland", **facts}
    return await found_organisation(session, admin=admin, **facts)


async def test_a_new_brokerage_has_what_a_first_deal_needs(database):
    async with transaction() as session:
        await demand_first_run(session)
        founded = await _found(session)
    assert founded.organisation.short_code == "TL" and founded.organisation.sms_enabled
    assert list(founded.home_loan_stages) == [
        "New enquiry", "Fact find", "Preparing", "Lodged", "Conditional", "Settlement"
    ]  # fmt: skip
    locked = [n for n, stage in founded.home_loan_stages.items() if stage.fact_find is FactFindMode.READ_ONLY]
    assert locked == ["Lodged", "Conditional", "Settlement"]
    assert founded.partner_settings.default_workflow_id == founded.leads.id
    assert {flow.flow_type for flow in founded.flows} == set(Loan)
    full, short = (flow.section_ids for flow in founded.flows[:2])
    assert set(short) < set(full)
    assert all(stage.client_name and stage.client_meaning for stage in founded.home_loan_stages.values())


async def test_the_founder_is_the_admin(sqlite):
    from sqlalchemy import select

    from salestrekker_portal.tables.organisations import Membership

    async with transaction() as session:
        founded = await _found(session)
    async with reading() as session:
        assert await session.scalar(select(Membership.role).where(Membership.user_id == founded.admin.id)) is Role.ADMIN


async def test_the_set_up_page_closes_after_the_first_organisation(sqlite):
    async with transaction() as session:
        await _found(session)
    async with reading() as session:
        assert not await is_first_run(session)
        with pytest.raises(Conflict):
            await demand_first_run(session)


async def test_a_time_zone_that_does_not_exist_is_refused(sqlite):
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await _found(session, time_zone="Moon/Tranquillity")
    assert "time_zone" in refusal.value.errors
    async with reading() as session:
        assert await is_first_run(session)
