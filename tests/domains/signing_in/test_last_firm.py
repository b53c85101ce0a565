"""Somebody of several firms begins in the one that they were in last, and never in one that has switched them off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm import members
from salestrekker_portal.domains.firm.own_firms import enter_firm
from salestrekker_portal.domains.partners.own_account import enter_organisation
from salestrekker_portal.domains.signing_in.arriving import Browser, arrive
from salestrekker_portal.domains.signing_in.sign_in import find_account
from salestrekker_portal.domains.signing_in.strangers import wait
from salestrekker_portal.kernel import clock
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Membership, Role
from salestrekker_portal.tables.partners import Partner, PartnerMembership

pytestmark = pytest.mark.usefixtures("database")


async def _begins_in(portal: Portal, email: str):
    async with reading() as session:
        return (await find_account(session, portal, email))[0].organisation_id


async def _sign_in(portal: Portal, email: str, person_id) -> None:
    where = await _begins_in(portal, email)
    async with transaction() as session:
        await arrive(session, portal, person_id, where, Browser())


async def _join(cast) -> None:
    async with transaction() as session:
        await members.invite_member(
            session, cast.mallory, role=Role.ASSISTANT, first_name="A", last_name="R", email="alice@example.com"
        )


async def test_staff_begin_where_they_were_last(cast, frozen_clock):
    mail = "alice@example.com"
    await _join(cast)
    assert await _begins_in(Portal.BROKER, mail) == cast.firm.id, "nothing yet: the first that she joined"
    async with transaction() as session:
        await enter_firm(session, cast.alice, cast.other_firm.id)
    assert await _begins_in(Portal.BROKER, mail) == cast.other_firm.id
    clock.freeze(frozen_clock + timedelta(minutes=1))
    await _sign_in(Portal.BROKER, mail, cast.alice.id)
    assert await _begins_in(Portal.BROKER, mail) == cast.other_firm.id, "signing in there keeps it so"
    async with transaction() as session:
        await members.disable_member(session, cast.mallory, cast.alice.id, None)
    assert await _begins_in(Portal.BROKER, mail) == cast.firm.id, "switched off there"
    async with transaction() as session:
        await members.enable_member(session, cast.mallory, cast.alice.id)
    assert await _begins_in(Portal.BROKER, mail) == cast.other_firm.id


async def test_who_only_typed_her_address_is_not_where_she_begins(cast, frozen_clock):
    await _sign_in(Portal.BROKER, "alice@example.com", cast.alice.id)
    await _join(cast)
    clock.freeze(frozen_clock + timedelta(minutes=1))
    async with transaction() as session:
        place = (await session.scalars(select(Membership).where(
            Membership.user_id == cast.alice.id, Membership.organisation_id == cast.other_firm.id
        ))).one()  # fmt: skip
        wait(place, {"first_name": "Some", "last_name": "Body"})
    assert await _begins_in(Portal.BROKER, "alice@example.com") == cast.firm.id


async def test_it_is_kept_for_each_account(cast, frozen_clock):
    await _join(cast)
    async with transaction() as session:
        await enter_firm(session, cast.alice, cast.other_firm.id)
    assert await _begins_in(Portal.BROKER, "bob@example.com") == cast.firm.id


async def test_partners_begin_where_they_were_last(cast, frozen_clock):
    async with transaction() as session:
        session.add(PartnerMembership(partner_id=cast.priya.id, organisation_id=cast.other_firm.id))
        mail = (await session.get(Partner, cast.priya.id)).email
    async with transaction() as session:
        await arrive(session, Portal.PARTNER, cast.priya.id, cast.firm.id, Browser())
    assert await _begins_in(Portal.PARTNER, mail) == cast.firm.id
    clock.freeze(frozen_clock + timedelta(minutes=1))
    async with transaction() as session:
        await enter_organisation(session, cast.priya, cast.other_firm.id)
    assert await _begins_in(Portal.PARTNER, mail) == cast.other_firm.id
