"""What clients let partners see: board, deal, notes, papers, bell and messages obey at once; the strictest counts."""

from datetime import date, timedelta

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.domains.deals.queries import access_deal
from salestrekker_portal.domains.documents.queries import visible_documents
from salestrekker_portal.domains.documents.service import FilePlace, check_upload
from salestrekker_portal.domains.notes.queries import notes_of
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notifications import bell
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners.own_deals import board_of, followed_deal, private_deals_of, workflows_of
from salestrekker_portal.domains.partners.queries import home_of
from salestrekker_portal.domains.partners.reach import let_partners_see, own_reach
from salestrekker_portal.domains.partners.sharing import share_deal_with_partner
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notifications import Why
from salestrekker_portal.tables.outbox import Delivery, OutboxMessage
from salestrekker_portal.tables.partners import DealPartner
from tests import factories as make
from tests.domains.notifications.test_telling import write
from tests.domains.notifications.world import queued, skipped, tell

pytestmark = pytest.mark.usefixtures("database")


async def choose(actor, level: PartnersSee) -> PartnersSee:
    async with transaction() as session:
        return await let_partners_see(session, actor, str(level.value))


async def board(cast):
    async with reading() as session:
        places = await workflows_of(session, cast.priya)
        seen = [each for place in places for each in await board_of(session, cast.priya, place, with_closed=True)]
        return seen, await private_deals_of(session, cast.priya), sum(each.open + each.closed for each in places)


async def test_each_step_shows_what_it_says_and_the_strictest_of_a_couple_counts(cast):
    async with reading() as session:
        reach = await own_reach(session, cast.kim)
    assert (reach.chosen, reach.said, reach.counts) == (PartnersSee.DATES, False, PartnersSee.DATES)
    assert [each.name for each in reach.referrers] == [cast.priya.name]
    [deal], _, _ = await board(cast)
    assert deal.stage and deal.stage_entered_at is not None and deal.papers_open is None
    assert await choose(cast.kim, PartnersSee.PAPERS) is PartnersSee.DATES  # sam has agreed to no such thing
    assert await choose(cast.sam, PartnersSee.PAPERS) is PartnersSee.PAPERS
    [deal], _, _ = await board(cast)
    assert deal.papers_open is not None
    assert await choose(cast.sam, PartnersSee.STAGE) is PartnersSee.STAGE
    [deal], _, _ = await board(cast)
    assert deal.stage and deal.stage_entered_at is None and deal.papers_open is None


async def test_nothing_is_nothing_on_every_screen_and_in_every_message(cast):
    await write(cast.alice, cast.deal, "They are nearly there", with_partner=True)
    await tell()
    async with transaction() as session:
        document = await make.make_document(session, cast.deal, cast.alice_user, shared_with_partner_at=utc_now())
    async with reading() as session:
        seen = visible_documents(cast.priya).where(Document.deal_id == cast.deal.id)
        assert [each.id for each in await session.scalars(seen)] == [document.id]
    async with reading() as session:
        assert len(await bell.news_of(session, cast.priya)) == 1 and (await home_of(session, cast.priya)).unread == 1
    await choose(cast.kim, PartnersSee.NOTHING)
    before = len(await queued("notice.partner"))
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    await tell()
    shown, private, counted = await board(cast)
    assert shown == [] and counted == 0 and [each.id for each in private] == [cast.deal.id]
    assert (private[0].stage, private[0].stage_id, private[0].settled, private[0].labels) == ("", None, False, "")
    assert private[0].promised_for is None
    async with reading() as session:
        assert await bell.news_of(session, cast.priya) == [] and (await home_of(session, cast.priya)).unread == 0
        assert await notes_of(session, cast.priya, cast.deal.id) == []
        assert list(await session.scalars(seen)) == []
    assert {each.why for each in await skipped() if each.event == "partner_settled"} == {Why.KEPT_PRIVATE}
    assert len(await queued("notice.partner")) == before
    await choose(cast.kim, PartnersSee.DATES)
    async with reading() as session:
        assert [each.text for each in await notes_of(session, cast.priya, cast.deal.id)] == ["They are nearly there"]


async def test_a_stage_without_dates_settles_without_its_day(cast):
    await choose(cast.kim, PartnersSee.STAGE)
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    await tell()
    [mail] = await queued("notice.partner_settled")
    assert "settled on a day that they keep to themselves." in " ".join(opened(mail).content.paragraphs)


async def test_only_clients_choose_and_nobody_else_is_let_in_meanwhile(cast):
    for actor in (cast.alice, cast.priya):
        with pytest.raises(NotPermitted):
            await choose(actor, PartnersSee.PAPERS)
        async with reading() as session:
            with pytest.raises(NotPermitted):
                await own_reach(session, actor)
    for wrong in ("4", "-1", "", 2, None, "nothing"):
        async with transaction() as session:
            with pytest.raises(Invalid):
                await let_partners_see(session, cast.kim, wrong)
    await choose(cast.kim, PartnersSee.NOTHING)
    async with transaction() as session:
        facts = {"email": "dev@example.com", "first_name": "Dev", "last_name": "Patel"}
        other = await make.make_partner(session, cast.firm, **facts)
        with pytest.raises(Conflict, match="Ask them first"):
            await share_deal_with_partner(session, cast.alice, cast.deal.id, other.id)


async def test_what_is_kept_private_ends_without_a_sign(cast):
    """It neither goes from the board, nor takes files until the day it settles, nor loses its promise on that day."""
    async with transaction() as session:
        tie = await session.get(DealPartner, (cast.deal.id, cast.priya.id))
        tie.promised_for = utc_now() + timedelta(days=1)
    async with reading() as session:
        [place] = await workflows_of(session, cast.priya)
    await choose(cast.kim, PartnersSee.NOTHING)
    for end in ({}, {"settled_on": date(2026, 3, 9), "locked_at": utc_now()}, {"archived_at": utc_now()}):
        async with transaction() as session:
            deal = await session.get(Deal, cast.deal.id)
            for name, value in end.items():
                setattr(deal, name, value)
        async with reading() as session:
            seen = await board_of(session, cast.priya, place, with_closed=False)
            kept = [each for each in seen if each.id == cast.deal.id]
            assert [(each.promised_for, each.settled, each.stage) for each in kept] == [(None, False, "")], end
            assert (await followed_deal(session, cast.priya, cast.deal.id)).deal.id == cast.deal.id
            with pytest.raises(Conflict, match="keeps this deal private"):
                await check_upload(session, cast.priya, FilePlace(deal_id=cast.deal.id))
        async with transaction() as session:
            await add_note(session, cast.priya, cast.deal.id, "How are they?")
    async with reading() as session:
        with pytest.raises(NotFound):
            await access_deal(session, cast.kim, cast.deal.id, Permission.DEAL_READ)
        assert [each.id for each in await private_deals_of(session, cast.priya)] == [cast.deal.id]


@pytest.mark.parametrize("level", [PartnersSee.STAGE, PartnersSee.NOTHING])
async def test_what_waits_to_leave_is_not_sent_after_a_client_forbade_it(cast, level):
    """It says the day of settlement, which neither of the two lets them see."""
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    await tell()
    [mail] = await queued("notice.partner_settled")
    to_clients = [each.id for each in await queued("notice.") if "partner" not in each.kind]
    await choose(cast.kim, PartnersSee.PAPERS)
    assert (await queued("notice.partner_settled"))[0].status is Delivery.QUEUED
    await choose(cast.kim, level)
    async with reading() as session:
        kept = await session.get(OutboxMessage, mail.id)
        assert (kept.status, kept.sealed) == (Delivery.WITHDRAWN, "")
        assert [(await session.get(OutboxMessage, each)).status for each in to_clients] == [
            Delivery.QUEUED for _ in to_clients
        ]
