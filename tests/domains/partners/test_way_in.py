"""How a partner comes in: invited once they are somebody's, and never let in by a firm that isn't their only one."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import switch_for_partners
from salestrekker_portal.domains.partners.service import (
    add_partner,
    assign_partner,
    disable_partner,
    resend_invitation,
)
from salestrekker_portal.domains.partners.sign_in_link import sign_in_link
from salestrekker_portal.kernel.errors import Conflict, NotFound, NotPermitted
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.partners import Partner, PartnerMembership

pytestmark = pytest.mark.usefixtures("database")
DEV = {"first_name": "Dev", "last_name": "Patel", "email": "dev@example.com"}


async def _invitations():
    async with reading() as session:
        found = select(OutboxMessage.recipient).where(OutboxMessage.kind == "partner.invitation")
        return list(await session.scalars(found))


async def _add(cast):
    async with transaction() as session:
        return await add_partner(session, cast.alice, **DEV, assigned_user_id=cast.alice_user.id)


async def _link(actor, partner):
    async with transaction() as session:
        return await sign_in_link(session, actor, partner.id)


async def test_without_the_account_mail_nothing_leaves_until_it_is_sent_by_hand(cast):
    """P-04, L32."""
    async with transaction() as session:
        await switch_for_partners(session, cast.alice, "tells_partner_added", on=False)
    dev = await _add(cast)
    assert await _invitations() == []
    assert "/partner/set-password?token=" in await _link(cast.alice, dev)
    async with transaction() as session:
        await resend_invitation(session, cast.alice, dev.id)
    assert await _invitations() == ["dev@example.com"]


async def test_a_partner_of_nobody_is_invited_when_somebody_looks_after_them(cast):
    """P-13."""
    async with transaction() as session:
        dev = Partner(**DEV)
        session.add(dev)
        await session.flush()
        session.add(PartnerMembership(partner_id=dev.id, organisation_id=cast.firm.id))
    for way_in in (resend_invitation, sign_in_link):
        with pytest.raises(Conflict, match="looks after Dev Patel"):
            async with transaction() as session:
                await way_in(session, cast.alice, dev.id)
    assert await _invitations() == []
    async with transaction() as session:
        await assign_partner(session, cast.alice, dev.id, cast.alice_user.id)
    assert await _invitations() == ["dev@example.com"]
    async with transaction() as session:
        await assign_partner(session, cast.alice, dev.id, cast.alice_user.id)
    assert await _invitations() == ["dev@example.com"]


async def test_a_firm_never_gets_a_link_into_an_account_that_others_share(cast):
    dev = await _add(cast)
    async with transaction() as session:
        session.add(PartnerMembership(partner_id=dev.id, organisation_id=cast.other_firm.id))
    assert (await _link(cast.alice, dev)).endswith("/partner/sign-in")


async def test_whoever_has_a_password_gets_the_sign_in_page(cast):
    assert (await _link(cast.alice, cast.priya_partner)).endswith("/partner/sign-in")


async def test_nobody_else_gets_a_way_in(cast):
    dev = await _add(cast)
    for actor in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await _link(actor, dev)
    with pytest.raises(NotFound):
        await _link(cast.mallory, dev)
    async with transaction() as session:
        await disable_partner(session, cast.alice, dev.id)
    with pytest.raises(Conflict):
        await _link(cast.alice, dev)
