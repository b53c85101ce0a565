"""Flows of a broker's own beside the firm's: who sees, changes and sends them, and where they go with a leaver."""

from functools import partial

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm import members, videos
from salestrekker_portal.domains.organisations import flow_choice
from salestrekker_portal.domains.portal_access.flow_copy import flows_that_fit
from salestrekker_portal.domains.portal_access.invitation import Invitation
from salestrekker_portal.domains.portal_access.preview import open_preview
from salestrekker_portal.kernel.errors import Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Flow, PortalSettings
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.cast import join
from tests.domains.portal_access.world import invite, ready_deal

pytestmark = pytest.mark.usefixtures("database")
SECTIONS = ["applicant.personal_details", "needs.purposes"]


def _facts(name: str, **more) -> dict:
    return {"name": name, "flow_type": "home_loan", "sections": SECTIONS, **more}


async def _do(deed, *args, **more):
    async with transaction() as session:
        return await deed(session, *args, **more)


async def _seen(actor) -> list[str]:
    async with reading() as session:
        return [flow.name for flow in await flow_choice.flows_in_use(session, actor)]


@pytest.fixture
async def firms(cast) -> Flow:
    await _do(flow_choice.save_flow, cast.alice, None, **_facts("Other of the firm"))
    return await _do(flow_choice.save_flow, cast.alice, None, **_facts("Firm"))


@pytest.fixture
async def dana(cast):
    return await _do(join, cast)


async def test_a_broker_makes_copies_orders_and_retires_their_own(cast, firms, dana):
    own = await _do(flow_choice.save_flow, dana, None, **_facts("Mine"))
    assert own.user_id == dana.id and firms.user_id is None
    copy = await _do(flow_choice.duplicate_flow, dana, firms.id)
    assert copy.user_id == dana.id and copy.section_ids == SECTIONS
    await _do(flow_choice.shift_flow, dana, copy.id, up=True)
    assert await _seen(dana) == ["Other of the firm", "Firm", "Firm (copy)", "Mine"]
    await _do(flow_choice.save_flow, dana, own.id, **_facts("Mine too"))
    await _do(flow_choice.retire_flow, dana, copy.id)
    await _do(flow_choice.shift_flow, dana, own.id, up=True)
    assert await _seen(dana) == ["Other of the firm", "Firm", "Mine too"]
    # An admin's own is the admin's; the firm's admin doesn't see a broker's.
    await _do(flow_choice.save_flow, cast.alice, None, **_facts("Alice’s", for_firm=False))
    assert await _seen(cast.alice) == ["Other of the firm", "Firm", "Alice’s"]


async def test_nobody_else_changes_them_and_the_firms_are_its_admins(cast, firms, dana):
    own = await _do(flow_choice.save_flow, dana, None, **_facts("Mine"))
    async with transaction() as session:
        eli = await join(session, cast, name="eli")
    deeds = {
        "change": lambda flow: partial(flow_choice.save_flow, flow_id=flow.id, **_facts("Taken")),
        "shift": lambda flow: partial(flow_choice.shift_flow, flow_id=flow.id, up=True),
        "retire": lambda flow: partial(flow_choice.retire_flow, flow_id=flow.id),
        "copy": lambda flow: partial(flow_choice.duplicate_flow, flow_id=flow.id),
    }
    refusals = [(cast.alice, NotFound), (eli, NotFound), (cast.mallory, NotFound), (cast.bob, NotPermitted),
                (cast.kim, NotPermitted), (cast.priya, NotPermitted)]  # fmt: skip
    for deed in deeds.values():
        for actor, refusal in refusals:
            with pytest.raises(refusal):
                await _do(deed(own), actor)
    for name in ("change", "shift", "retire"):
        with pytest.raises(NotPermitted, match="Only an admin"):
            await _do(deeds[name](firms), dana)
    with pytest.raises(NotPermitted, match="Only an admin"):
        await _do(flow_choice.save_flow, dana, None, **_facts("For all", for_firm=True))
    async with reading() as session:
        names = set(await session.scalars(select(Flow.name).where(Flow.retired_at.is_(None))))
    assert names == {"Other of the firm", "Firm", "Mine"}


async def test_an_invitation_offers_the_firms_the_owners_and_ones_own_and_nobody_elses(cast, firms, dana):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        eli = await join(session, cast, name="eli")
        (await session.get(Deal, deal.id)).owner_id = dana.id
    deal.owner_id = dana.id
    flows = {}
    for actor, name in ((dana, "Dana’s"), (eli, "Eli’s"), (cast.alice, "Alice’s")):
        flows[name] = await _do(flow_choice.save_flow, actor, None, **_facts(name, for_firm=False))
    async with reading() as session:
        offered = [flow.name for flow in await flows_that_fit(session, deal, robin, "AU", cast.alice.id)]
        assert offered[:2] == ["Other of the firm", "Firm"] and set(offered[2:]) == {"Dana’s", "Alice’s"}
        assert "Alice’s" not in [flow.name for flow in await flows_that_fit(session, deal, robin, "AU", dana.id)]
    for refused in (flows["Eli’s"].id, cast.deal.id):
        with pytest.raises(NotFound):
            await invite(cast, deal, robin, flow_id=refused)
        with pytest.raises(NotFound):
            await _do(open_preview, cast.alice, deal.id, robin.id, Invitation(flow_id=refused))
    for name in ("Dana’s", "Alice’s"):
        access = await invite(cast, deal, robin, flow_id=flows[name].id)
        assert (access.flow_name, access.section_ids) == (name, SECTIONS)
        await _do(open_preview, cast.alice, deal.id, robin.id, Invitation(flow_id=flows[name].id))


async def test_a_deal_that_changes_hands_keeps_what_was_shared_and_offers_the_new_owners(cast, firms, dana):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        (await session.get(Deal, deal.id)).owner_id = dana.id
    own = await _do(flow_choice.save_flow, dana, None, **_facts("Mine"))
    access = await invite(cast, deal, robin, flow_id=own.id)
    async with transaction() as session:
        moved = await session.get(Deal, deal.id)
        moved.owner_id = cast.alice.id
    async with reading() as session:
        assert (await session.get(PortalAccess, access.id)).section_ids == SECTIONS
        assert "Mine" not in [flow.name for flow in await flows_that_fit(session, moved, robin, "AU", cast.alice.id)]


async def test_a_leavers_flows_go_with_their_deals(cast, firms, dana):
    own = await _do(flow_choice.save_flow, dana, None, **_facts("Mine"))
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).owner_id = dana.id
    with pytest.raises(Invalid):
        await _do(members.disable_member, cast.alice, dana.id, None)
    with pytest.raises(Invalid):
        await _do(members.disable_member, cast.alice, dana.id, cast.mallory_user.id)
    assert await _do(members.disable_member, cast.alice, dana.id, cast.alice.id) == 1
    assert await _seen(cast.alice) == ["Other of the firm", "Firm", "Mine (Dana)"]
    await _do(flow_choice.save_flow, cast.alice, own.id, **_facts("Alice’s now"))


async def test_a_leaver_without_deals_keeps_their_flows_for_a_return(cast, firms, dana):
    await _do(flow_choice.save_flow, dana, None, **_facts("Mine"))
    assert await _do(members.disable_member, cast.alice, dana.id, None) == 0
    await _do(members.enable_member, cast.alice, dana.id)
    assert await _seen(dana) == ["Other of the firm", "Firm", "Mine"]


async def test_videos_of_an_own_flow_are_ones_own(cast, firms, dana):
    own = await _do(flow_choice.save_flow, dana, None, **_facts("Mine"))
    link = {"url": "https://vimeo.com/76979871", "text": "Who you are"}
    with pytest.raises(NotFound):
        await _do(videos.keep_flow_video, cast.alice, own.id, "applicant", for_firm=True, **link)
    await _do(videos.keep_flow_video, dana, own.id, "applicant", for_firm=False, **link)
    async with reading() as session:
        kept = await session.scalar(select(PortalSettings).where(PortalSettings.user_id == dana.id))
    assert str(own.id) in kept.flow_videos
