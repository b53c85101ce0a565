"""Typing an e-mail address tells a firm nothing of whose it is, until its owner comes in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing.upkeep import admins_of
from salestrekker_portal.domains.firm.members import invite_member, members_of
from salestrekker_portal.domains.firm.second_step import reset_factor
from salestrekker_portal.domains.insights.choices import called, choices_for
from salestrekker_portal.domains.insights.chosen import BoardFilter
from salestrekker_portal.domains.insights.everything import gather_everything
from salestrekker_portal.domains.notifications.partner_days import promises_due
from salestrekker_portal.domains.organisations.people import working_here
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners import attributes, service, sharing
from salestrekker_portal.domains.partners.own_account import enter_organisation, greet
from salestrekker_portal.domains.partners.promises import promise_update
from salestrekker_portal.domains.partners.queries import brokers_of, partners_by_following, partners_of
from salestrekker_portal.domains.partners.sign_in_link import sign_in_link
from salestrekker_portal.domains.search.finding import find_everything
from salestrekker_portal.domains.signing_in.arriving import Browser, arrive
from salestrekker_portal.domains.signing_in.sign_in import find_account
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.organisations import Role
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import Partner
from tests.domains.signing_in.test_second_step import set_up

pytestmark = pytest.mark.usefixtures("database")

TYPED = {"first_name": "Some", "last_name": "Body", "phone": "", "firm": ""}
SECRETS = ("Priya", "Rao", "Rao Property", "+61491570110")


@pytest.fixture
async def typed(cast) -> Partner:
    """Mallory's firm types the address of alice's partner."""
    async with transaction() as session:
        account = await session.get(Partner, cast.priya_partner.id)
        account.firm, account.phone, account.password_hash = "Rao Property", "+61491570110", "a hash"
    async with transaction() as session:
        return await service.add_partner(
            session, cast.mallory, email="priya@example.com", assigned_user_id=cast.mallory_user.id, **TYPED
        )


async def all_that_mallory_reads(cast) -> str:
    """Everything that her firm can read of this partner, in one text."""
    key = cast.priya_partner.id
    async with reading() as session:
        rows = [row for row in await partners_of(session, cast.mallory) if row.id == key]
        partner, why = await attributes.partner_to_edit(session, cast.mallory, key)
        following, free, *_ = await partners_by_following(session, cast.mallory, cast.other_deal.id)
        ours = Activity.organisation_id == cast.other_firm.id
        said = [(each.actor_name, each.facts) for each in await session.scalars(select(Activity).where(ours))]
        mine = select(OutboxMessage).where(OutboxMessage.organisation_id == cast.other_firm.id)
        sent = [(each.recipient_name, opened(each).content.paragraphs) for each in await session.scalars(mine)]
        choices = (await choices_for(session, cast.mallory, [])).partners
        filtered = await called(session, cast.mallory, BoardFilter(partner_id=key))
        hits = [await find_everything(session, cast.mallory, word) for word in ("priya@", "rao", "body")]
    async with transaction() as session:
        taken = (await gather_everything(session, cast.mallory)).sheets
    return str([rows, attributes.partner_form(partner), partner.name, why, [each.name for each, _ in following],
                [each.name for each in free], said, sent, choices, filtered, hits, taken])  # fmt: skip


async def test_a_firm_reads_what_it_typed_and_nothing_of_the_account(cast, typed):
    assert typed.id == cast.priya_partner.id and typed.name == "Some Body"
    async with transaction() as session:
        await sharing.share_deal_with_partner(session, cast.mallory, cast.other_deal.id, typed.id)
        await promise_update(session, cast.mallory, cast.other_deal.id, typed.id, "1")
        tomorrow = local(utc_now(), cast.mallory.time_zone).date() + timedelta(days=1)
        await promises_due(session, cast.other_firm.id, cast.mallory.time_zone, tomorrow)
        changed = await attributes.change_partner(session, cast.mallory, typed.id, {**TYPED, "last_name": "Else"})
        assert (await sign_in_link(session, cast.mallory, typed.id)).endswith("/partner/sign-in")
    assert changed.name == "Some Else"
    found = await all_that_mallory_reads(cast)
    assert "Some Else" in found and not [each for each in SECRETS if each in found]
    assert "has_password=False" in found and "first_seen_at=None" in found
    async with reading() as session:
        account = await session.get(Partner, typed.id)
        assert (account.name, account.firm) == ("Priya Rao", "Rao Property"), "typing changes nobody's account"
        assert not (await attributes.partner_to_edit(session, cast.alice, typed.id))[1], "nor whose it is to change"


async def test_coming_in_is_agreeing(cast, typed):
    async with transaction() as session:
        await greet(session, typed.id)
        await enter_organisation(session, cast.priya, cast.other_firm.id)
    found = await all_that_mallory_reads(cast)
    assert "Priya Rao" in found and "Rao Property" in found
    async with transaction() as session:
        await enter_organisation(session, cast.priya, cast.other_firm.id)
    async with reading() as session:
        first = select(Activity.organisation_id).where(Activity.kind == "partner:first_seen")
        assert sorted(await session.scalars(first)) == sorted([cast.firm.id, cast.other_firm.id]), "each is told once"


async def test_signing_in_leads_to_a_firm_that_they_know(cast, typed):
    async with reading() as session:
        who, _ = await find_account(session, Portal.PARTNER, "priya@example.com")
    assert who.organisation_id == cast.firm.id
    async with transaction() as session:
        await attributes.remove_partner(session, cast.alice, typed.id)
        who, _ = await find_account(session, Portal.PARTNER, "priya@example.com")
        await arrive(session, Portal.PARTNER, typed.id, who.organisation_id, Browser())
    assert who.organisation_id == cast.other_firm.id and "Priya Rao" in await all_that_mallory_reads(cast)


async def test_of_a_colleague_too(cast):
    facts = {"first_name": "Some", "last_name": "Body", "email": "alice@example.com", "role": Role.ADMIN}
    async with transaction() as session:
        invited = await invite_member(session, cast.mallory, **facts)
    assert invited.id == cast.alice_user.id and invited.name == "Some Body"

    async def read() -> str:
        async with reading() as session:
            members = [(each.user.name, each.has_signed_up) for each in await members_of(session, cast.mallory)]
            ours = Activity.organisation_id == cast.other_firm.id
            said = [each.facts for each in await session.scalars(select(Activity).where(ours))]
            working = [each.name for each in await working_here(session, cast.other_firm.id)]
            brokers = [each.name for each in await brokers_of(session, cast.other_firm.id)]
            admins = [each.name for each in await admins_of(session, cast.other_firm.id)]
            filtered = await called(session, cast.mallory, BoardFilter(owner_id=invited.id))
        with pytest.raises(Conflict) as refused:
            async with transaction() as session:
                await reset_factor(session, cast.mallory, invited.id)
        return str([members, said, working, brokers, admins, filtered, refused.value.message])

    await set_up(cast.alice)
    found = await read()
    assert "Some Body has no second step" in found and "('Some Body', False)" in found
    assert cast.alice_user.name not in found
    async with transaction() as session:
        await arrive(session, Portal.BROKER, invited.id, cast.other_firm.id, Browser())
    assert (await read()).count(cast.alice_user.name) == 6
