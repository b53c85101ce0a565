"""A partner's bell: what is new on deals that they follow, of one firm, and how they answer when asked."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import allow_event
from salestrekker_portal.domains.notices.words import path_of, sentence_of
from salestrekker_portal.domains.notifications import bell
from salestrekker_portal.domains.partners.preferences import HOWS, choose_how, own_updates
from salestrekker_portal.domains.partners.queries import home_of
from salestrekker_portal.domains.partners.sharing import stop_sharing_deal
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.partners import Partner
from tests.domains.notifications.test_telling import write
from tests.domains.notifications.world import queued, tell

pytestmark = pytest.mark.usefixtures("database")


async def unread(cast) -> int:
    async with reading() as session:
        return (await home_of(session, cast.priya)).unread


async def test_news_waits_in_the_bell_whatever_is_chosen_and_is_read_with_the_deal(cast):
    await write(cast.alice, cast.deal, "Have a look", with_partner=True)
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    await tell()
    assert await unread(cast) == 2 and await queued("notice.partner_note") == []
    async with reading() as session:
        found = await bell.news_of(session, cast.priya)
        said = {sentence_of(notice): about for notice, about in found}
        assert await bell.deals_with_news(session, cast.priya) == {cast.deal.id}
        assert {path_of(notice) for notice, _ in found} == {f"/partner/deals/{cast.deal.id}"}
    assert set(said) == {"Settled. Thank you for sending them", "Alice O’Rourke wrote to you"}
    assert all("Kim Nguyen" in about for about in said.values())
    async with transaction() as session:
        assert await bell.mark_deal_read(session, cast.priya, cast.deal.id) == 2
    assert await unread(cast) == 0


async def test_nobody_elses_news_and_none_of_a_deal_that_is_followed_no_longer(cast):
    await write(cast.alice, cast.deal, "Have a look", with_partner=True)
    await tell()
    async with transaction() as session:
        await stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
    assert await unread(cast) == 0
    async with reading() as session:
        assert await bell.news_of(session, cast.priya) == []
        with pytest.raises(NotPermitted):
            await bell.news_of(session, cast.kim)


async def test_what_the_firm_turned_off_rings_no_bell_either(cast):
    """P-06: off for the firm is off."""
    async with transaction() as session:
        await allow_event(session, cast.alice, "partner_note", on=False)
    await write(cast.alice, cast.deal, "Have a look", with_partner=True)
    await tell()
    assert await unread(cast) == 0


@pytest.mark.parametrize("how", ["", *HOWS])
async def test_the_first_visit_asks_once_how_to_tell(cast, how):
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = True
        (await session.get(Partner, cast.priya_partner.id)).phone = "+61491570110"
    async with reading() as session:
        assert not (await home_of(session, cast.priya)).asked
    async with transaction() as session:
        await choose_how(session, cast.priya, how)
    async with reading() as session:
        assert (await home_of(session, cast.priya)).asked
        chosen = {each.event.key: each.wanted for each in (await own_updates(session, cast.priya)).choices}
    by_email = {key for key, ways in chosen.items() if ways.email}
    by_text = {key for key, ways in chosen.items() if ways.sms}
    ends = {"partner_settled", "partner_ended"}
    assert by_email == {
        "": {*ends, "partner_deal_shared", "partner_received"},
        "steps": set(chosen) - {"partner_month"},
        "big": {*ends, "partner_deal_shared", "partner_received"},
        "nothing": ends,
    }[how]
    assert by_text == (by_email if how == "big" else set())


async def test_garbage_is_no_answer(cast):
    for how in ("all", 7, None, ["big"], {"how": "big"}):
        with pytest.raises(Invalid):
            async with transaction() as session:
                await choose_how(session, cast.priya, how)
    for actor in (cast.alice, cast.kim):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await choose_how(session, actor, "big")
    async with reading() as session:
        assert not (await home_of(session, cast.priya)).asked
        assert await session.scalar(select(Partner.id).where(Partner.id == cast.priya_partner.id))
