"""P-16, P-09, P-10: one partner's details, what they did, removal; and what the firm lets partners see."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.firm import partner_settings
from salestrekker_portal.domains.partners import attributes, service, sharing
from salestrekker_portal.domains.partners.own_deals import default_view_of
from salestrekker_portal.domains.partners.queries import home_of, partners_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.organisations import PartnerPortalSettings
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from tests import factories as make

pytestmark = pytest.mark.usefixtures("database")
NEW = {"first_name": "Priyanka", "last_name": "Shah", "phone": "03 9000 1234", "firm": "Shah & Co"}


async def change(actor, partner_id, **facts):
    async with transaction() as session:
        return await attributes.change_partner(session, actor, partner_id, {**NEW, **facts})


async def remove(actor, partner_id):
    async with transaction() as session:
        return await attributes.remove_partner(session, actor, partner_id)


async def test_p16_the_firm_changes_a_partners_details(cast):
    partner = await change(cast.alice, cast.priya_partner.id)
    assert (partner.name, partner.phone, partner.firm) == ("Priyanka Shah", "+61390001234", "Shah & Co")
    for wrong in ({"first_name": " ", "last_name": ""}, {"phone": "12"}, {"last_name": "x" * 81}):
        with pytest.raises(Invalid):
            await change(cast.alice, cast.priya_partner.id, **wrong)


async def test_a_partner_may_have_one_name(cast):
    assert (await change(cast.alice, cast.priya_partner.id, first_name="", last_name="Suharto")).name == "Suharto"


async def test_an_account_of_several_firms_is_its_owners_to_change(cast):
    async with transaction() as session:
        session.add(PartnerMembership(partner_id=cast.priya_partner.id, organisation_id=cast.other_firm.id))
    with pytest.raises(Conflict, match="other firms too"):
        await change(cast.alice, cast.priya_partner.id)
    async with reading() as session:
        assert (await session.get(Partner, cast.priya_partner.id)).firm != "Shah & Co"


async def test_p16_activity_tells_what_they_did_and_what_was_done(cast):
    await change(cast.alice, cast.priya_partner.id)
    async with transaction() as session:
        await sharing.stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
        await sharing.share_deal_with_partner(session, cast.alice, cast.deal.id, cast.priya_partner.id)
    async with reading() as session:
        rows = await attributes.activity_of_partner(session, cast.alice, cast.priya_partner.id)
    assert rows[0][0].kind == "partner:shared" and rows[0][1] == cast.deal.name
    assert "partner:changed" in [activity.kind for activity, _ in rows]


async def test_p16_a_removed_partner_is_out_and_off_the_deals_and_may_be_added_again(cast):
    await remove(cast.alice, cast.priya_partner.id)
    async with reading() as session:
        assert cast.priya_partner.id not in [row.id for row in await partners_of(session, cast.alice)]
        assert list(await session.scalars(visible_deals(cast.priya))) == []
    for deed in (service.enable_partner, service.resend_invitation, service.disable_partner):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await deed(session, cast.alice, cast.priya_partner.id)
    async with transaction() as session:
        again = await service.add_partner(
            session, cast.alice, first_name="P", last_name="S", email=cast.priya_partner.email,
            assigned_user_id=cast.alice_user.id,
        )  # fmt: skip
    assert again.id == cast.priya_partner.id, "P-18: an account that is there already is attached"
    async with reading() as session:
        assert cast.priya_partner.id in [row.id for row in await partners_of(session, cast.alice)]
        assert list(await session.scalars(visible_deals(cast.priya))) == [], "a new start: no deal comes back by itself"


@pytest.mark.parametrize(("who", "refusal"), [("bob", NotPermitted), ("kim", NotPermitted), ("mallory", NotFound)])
async def test_only_brokers_of_the_firm(cast, who, refusal):
    actor = getattr(cast, who)
    for deed in (change, remove):
        with pytest.raises((refusal, NotFound)):
            await deed(actor, cast.priya_partner.id)
    with pytest.raises((refusal, NotFound)):
        async with reading() as session:
            await attributes.activity_of_partner(session, actor, cast.priya_partner.id)


async def test_p09_and_p10_the_firm_chooses_the_view_and_the_details(cast):
    async with transaction() as session:
        await partner_settings.choose_view(session, cast.alice, "list")
        for key in ("summary", "reference"):
            await partner_settings.show_detail(session, cast.alice, key, on=True)
        await partner_settings.show_detail(session, cast.alice, "reference", on=False)
    async with reading() as session:
        assert await default_view_of(session, cast.priya) == "list"
        assert (await home_of(session, cast.priya)).details == ("summary",)
    for call in (
        lambda s: partner_settings.choose_view(s, cast.alice, "calendar"),
        lambda s: partner_settings.show_detail(s, cast.alice, "value_cents", on=True),
    ):
        with pytest.raises(Invalid):
            async with transaction() as session:
                await call(session)
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await partner_settings.choose_view(session, cast.bob, "board")


async def test_without_settings_deals_open_as_a_board_and_tell_nothing_more(cast):
    async with transaction() as session:
        rows = await session.scalars(select(PartnerPortalSettings))
        for row in rows:
            await session.delete(row)
        await make.make_label(session, cast.firm, "Refinance")
    async with reading() as session:
        assert await default_view_of(session, cast.priya) == "board"
        assert (await home_of(session, cast.priya)).details == ()
