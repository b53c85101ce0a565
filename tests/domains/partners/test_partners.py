"""Adding partners, sharing deals with them, and everybody who may not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.deals.queries import visible_deals
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners import own_account, service, sharing
from salestrekker_portal.domains.partners.queries import home_of, partners_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.access import OneTimeLink
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from salestrekker_portal.tables.partners import DealPartner, Partner, PartnerMembership
from tests import factories as make
from tests.domains.notifications.world import tell
from tests.support.later import a_little_later

DEV = {"first_name": "Dev", "last_name": "Patel", "email": "Dev@Example.com", "phone": "0491 570 156"}


async def _add(actor, user, **facts):
    async with transaction() as session:
        return await service.add_partner(session, actor, **{**DEV, **facts}, assigned_user_id=user and user.id)


async def _count(model) -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(model))


async def _messages():
    await tell()
    async with reading() as session:
        return [opened(each) for each in await session.scalars(select(OutboxMessage))]


async def test_a_new_partner_is_invited_by_email_only(database, cast):
    partner = await _add(cast.alice, cast.alice_user)
    assert partner.email == "dev@example.com" and partner.password_hash is None
    [message] = await _messages()
    assert message.channel is Channel.EMAIL and message.recipient == "dev@example.com"
    assert "/partner/set-password?token=" in message.content.link


async def test_a_partner_must_be_assigned_to_a_broker_of_the_firm(sqlite, cast):
    for user in (None, cast.bob_user, cast.mallory_user):
        with pytest.raises(Invalid) as refusal:
            await _add(cast.alice, user)
        assert "assigned" in refusal.value.errors
    assert await _count(Partner) == 1 and await _messages() == []


async def test_everything_wrong_is_said_at_once_and_nothing_is_kept(sqlite, cast):
    wrong = {"first_name": "x" * 10_000, "last_name": "y" * 81, "email": ["a"], "phone": "12"}
    with pytest.raises(Invalid) as refusal:
        await _add(cast.alice, None, **wrong)
    assert set(refusal.value.errors) == {"first_name", "last_name", "email", "phone", "assigned"}
    assert await _count(Partner) == 1


async def test_an_account_that_exists_joins_the_firm_and_keeps_its_name(sqlite, cast):
    partner = await _add(cast.mallory, cast.mallory_user, email="priya@example.com", phone="")
    assert partner.id == cast.priya_partner.id and partner.first_name == "Dev", "hers is shown once she comes in"
    async with reading() as session:
        assert (await session.get(Partner, partner.id)).first_name == "Priya"
    [message] = await _messages()
    assert message.content.link.endswith("/partner/sign-in"), "they have a password already"
    async with reading() as session:
        home = await home_of(session, cast.priya)
        assert [name for _, name in home.firms] == ["Harbour Finance", "Tussock Lending"]


async def test_a_partner_is_added_once(sqlite, cast):
    with pytest.raises(Conflict):
        await _add(cast.alice, cast.alice_user, email="priya@example.com")


async def test_a_new_link_ends_one_of_more_than_half_an_hour_ago(sqlite, cast):
    partner = await _add(cast.alice, cast.alice_user)
    await a_little_later()
    async with transaction() as session:
        for link in await session.scalars(select(OneTimeLink)):
            link.created_at -= timedelta(minutes=31)
    async with transaction() as session:
        await service.resend_invitation(session, cast.alice, partner.id)
    async with reading() as session:
        unused = await session.scalar(
            select(func.count()).select_from(OneTimeLink).where(OneTimeLink.used_at.is_(None))
        )
    assert unused == 1 and len(await _messages()) == 2


async def test_sharing_tells_the_partner_once_and_stopping_ends_it(database, cast):
    async with transaction() as session:
        second = await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, name="Rossi")
    for _ in range(2):
        async with transaction() as session:
            await sharing.share_deal_with_partner(session, cast.alice, second.id, cast.priya_partner.id)
    [message] = await _messages()
    assert message.content.link.endswith(f"/partner/deals/{second.id}")
    async with transaction() as session:
        assert len(list(await session.scalars(visible_deals(cast.priya)))) == 2
        await sharing.stop_sharing_deal(session, cast.alice, second.id, cast.priya_partner.id)
        assert len(list(await session.scalars(visible_deals(cast.priya)))) == 1


REFUSED = [
    ("bob", NotPermitted), ("kim", NotPermitted), ("priya", NotPermitted), ("mallory", NotFound),
]  # fmt: skip


@pytest.mark.parametrize(("who", "refusal"), REFUSED)
@pytest.mark.parametrize("deed", ["disable_partner", "enable_partner", "resend_invitation"])
async def test_only_a_broker_of_the_firm_manages_its_partners(sqlite, cast, who, refusal, deed):
    with pytest.raises(refusal):
        async with transaction() as session:
            await getattr(service, deed)(session, getattr(cast, who), cast.priya_partner.id)
    assert await _messages() == []


@pytest.mark.parametrize(("who", "refusal"), REFUSED)
@pytest.mark.parametrize("deed", ["share_deal_with_partner", "stop_sharing_deal"])
async def test_only_a_broker_of_the_firm_decides_who_follows_a_deal(sqlite, cast, who, refusal, deed):
    with pytest.raises((refusal, NotFound)):
        async with transaction() as session:
            await getattr(sharing, deed)(session, getattr(cast, who), cast.deal.id, cast.priya_partner.id)
    assert await _count(DealPartner) == 1


@pytest.mark.parametrize("who", ["bob", "kim", "priya"])
async def test_only_a_broker_adds_partners(sqlite, cast, who):
    with pytest.raises(NotPermitted):
        await _add(getattr(cast, who), cast.alice_user)
    assert await _count(PartnerMembership) == 1


async def test_a_partner_of_another_firm_is_not_there(sqlite, cast):
    async with transaction() as session:
        stranger = await make.make_partner(
            session, cast.other_firm, email="x@example.com", first_name="X", last_name="Y"
        )
    for deed in (sharing.share_deal_with_partner, sharing.stop_sharing_deal):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await deed(session, cast.alice, cast.deal.id, stranger.id)
    async with reading() as session:
        assert [row.name for row in await partners_of(session, cast.alice)] == ["Priya Rao"]


async def test_a_disabled_partner_cannot_be_shown_a_deal(sqlite, cast):
    async with transaction() as session:
        await service.disable_partner(session, cast.alice, cast.priya_partner.id)
        deal = await make.make_deal(session, cast.firm, cast.stages[0], cast.alice_user, name="Rossi")
    with pytest.raises(Conflict):
        async with transaction() as session:
            await sharing.share_deal_with_partner(session, cast.alice, deal.id, cast.priya_partner.id)


async def test_a_partner_enters_only_firms_that_have_them(sqlite, cast):
    for firm in (cast.other_firm.id, uuid4()):
        with pytest.raises(NotFound):
            async with transaction() as session:
                await own_account.enter_organisation(session, cast.priya, firm)


async def test_a_partner_changes_their_account_but_not_the_email(sqlite, cast):
    facts = {"first_name": "Priyā", "last_name": "Rao-Smith", "phone": "021 123 4567", "country": "NZ"}
    async with transaction() as session:
        partner = await own_account.change_own_account(session, cast.priya, facts)
        assert (partner.phone, partner.email) == ("+64211234567", "priya@example.com")
    for wrong in ({"country": "XX"}, {"first_name": "", "last_name": ""}, {"phone": "99"}, {"last_name": {"a": 1}}):
        with pytest.raises(Invalid):
            async with transaction() as session:
                await own_account.change_own_account(session, cast.priya, {**facts, **wrong})
