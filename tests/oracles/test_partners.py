"""What the product promises about partners, each seen through the screens that keep the promise."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.partners.sharing import stop_sharing_deal
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.portals.broker.board.state import BoardState
from salestrekker_portal.portals.partner.board.state import PartnerBoardState
from salestrekker_portal.portals.partner.here import PartnerHere
from salestrekker_portal.portals.partner.refer.state import PartnerReferState
from salestrekker_portal.portals.partner.settings.state import PartnerAccountState
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from tests import factories as make
from tests.support.harness import Harness

ERIN = {"first_name_1": "Erin", "last_name_1": "Kearney", "phone_1": "0491 570 110", "email_1": "erin@example.com",
        "summary": "Buying in Thornbury."}  # fmt: skip


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def _settings(cast, **facts):
    async with transaction() as session:
        query = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
        row = (await session.scalars(query)).one()
        for name, value in facts.items():
            setattr(row, name, value)


async def test_oracle_17_the_first_login_is_empty_and_adding_is_hidden_when_it_is_off(browser, cast):
    """S4-02: nothing is on the board, and the way to add a deal goes with the firm's switch."""
    async with transaction() as session:
        await stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
    priya = {"cookie": cast.cookies["priya"], "path": "/partner"}
    board = await browser.call(PartnerBoardState.load, **priya)
    assert board.none_at_all and not any(column["tiles"] for column in board.columns)
    assert (await browser.call(PartnerHere.load, **priya)).can_add_deals
    await _settings(cast, can_add_deals=False)
    assert not (await browser.call(PartnerHere.load, **priya)).can_add_deals
    await browser.call(PartnerReferState.save, cookie=priya["cookie"], path="/partner/refer", form=ERIN)
    assert "has not switched on" in browser.refusal


async def test_oracle_18_a_lead_lands_in_the_default_workflow_named_with_its_partner(browser, cast):
    """S4-05, S4-09, P-03, P-20: the chosen broker owns it and finds it on the board of that workflow."""
    async with transaction() as session:
        leads, stages = await make.make_workflow(session, cast.firm, "Leads")
    await _settings(cast, default_workflow_id=leads.id)
    form = ERIN | {"broker": str(cast.alice_user.id)}
    await browser.call(PartnerReferState.load, cookie=cast.cookies["priya"], path="/partner/refer")
    await browser.call(PartnerReferState.save, cookie=cast.cookies["priya"], path="/partner/refer", form=form)
    assert browser.refusal == ""
    async with reading() as session:
        deal = (await session.scalars(select(Deal).where(Deal.partner_id == cast.priya_partner.id))).one()
    assert (deal.stage_id, deal.owner_id) == (stages[0].id, cast.alice_user.id) and "Priya Rao" in deal.name
    board = await browser.call(
        BoardState.load, cookie=cast.cookies["alice"], path=f"/board?workflow={leads.id}", tab="alice"
    )
    assert deal.name in str(board.page["cards"])


async def test_oracle_19_a_partner_changes_name_country_and_phone_and_never_the_email(browser, cast):
    """S4-19, S4-20."""
    form = {"first_name": "Priyanka", "last_name": "Rao", "phone": "021 123 4567", "country": "NZ",
            "email": "other@example.com"}  # fmt: skip
    priya = {"cookie": cast.cookies["priya"], "path": "/partner/settings"}
    await browser.call(PartnerAccountState.save, form=form, **priya)
    assert browser.refusal == ""
    page = await browser.call(PartnerAccountState.load, **priya)
    assert page.account["email"] == "priya@example.com"
    async with reading() as session:
        kept = await session.get(Partner, cast.priya_partner.id)
    assert (kept.first_name, kept.country, kept.phone) == ("Priyanka", "NZ", "+64211234567")
    assert kept.email == "priya@example.com"


async def test_oracle_21_a_partner_of_two_firms_switches_and_sees_each_ones_own(browser, cast):
    """S4-15: never a deal of the firm that is not in front."""
    async with transaction() as session:
        session.add(PartnerMembership(partner_id=cast.priya_partner.id, organisation_id=cast.other_firm.id))
        await make.let_partner_follow(session, cast.other_deal, cast.priya_partner)
    priya = {"cookie": cast.cookies["priya"], "path": "/partner"}
    here = await browser.call(PartnerHere.load, **priya)
    assert [firm["name"] for firm in here.firms] == ["Harbour Finance", "Tussock Lending"]
    first = str((await browser.call(PartnerBoardState.load, **priya)).columns)
    await browser.call(PartnerHere.switch, organisation_id=str(cast.other_firm.id), **priya)
    assert browser.refusal == ""
    # The other firm's board is a page that is loaded anew.
    assert '["go", "/partner"]' in "".join(browser.events).replace("\\", "")
    second = str((await browser.call(PartnerBoardState.load, **priya)).columns)
    assert cast.deal.name in first and cast.other_deal.name not in first
    assert cast.other_deal.name in second and cast.deal.name not in second


async def test_oracle_22_closed_deals_the_list_and_workflows_when_there_are_several(browser, cast):
    """S4-16..S4-18."""
    priya = {"cookie": cast.cookies["priya"]}
    board = await browser.call(PartnerBoardState.load, path="/partner", **priya)
    assert len(board.workflows) == 1
    async with transaction() as session:
        _, stages = await make.make_workflow(session, cast.firm, "Refinances")
        second = await make.make_deal(session, cast.firm, stages[0], cast.alice_user, name="Rao refinance")
        await make.let_partner_follow(session, second, cast.priya_partner)
        await settle_deal(session, cast.alice, cast.deal.id)
    board = await browser.call(PartnerBoardState.load, path="/partner", **priya)
    assert len(board.workflows) == 2
    path = f"/partner?view=list&workflow={cast.workflow.id}"
    assert (await browser.call(PartnerBoardState.load, path=path, **priya)).rows == []
    rows = (await browser.call(PartnerBoardState.load, path=f"{path}&closed=1", **priya)).rows
    assert [row["name"] for row in rows] == [cast.deal.name] and rows[0]["closed"]
