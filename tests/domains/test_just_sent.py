"""Five tabs that ask for the same message at once: one leaves, and the others are told that it did."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import LINKS_SENT_PER_ACCESS
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.firm import members
from salestrekker_portal.domains.partners import service as partners
from salestrekker_portal.domains.portal_access import entry
from salestrekker_portal.domains.signing_in.own_password import send_password_link
from salestrekker_portal.kernel.errors import AlreadyDone
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.organisations import Role
from salestrekker_portal.tables.outbox import OutboxMessage
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.domains.portal_access.world import invite, newest_token, ready_deal
from tests.support.later import a_little_later

TABS = 5
ADDRESS = "203.0.113.9"


async def _at_once(do: Callable[..., Awaitable], *about: object, tabs: int = TABS, **more: object) -> list[str]:
    """Press it in five tabs, each with a transaction of its own; what the others were told."""

    async def tab() -> str:
        try:
            async with transaction() as session:
                await do(session, *about, **more)
        except AlreadyDone as done:
            return done.message
        return ""

    return [said for said in await asyncio.gather(*(tab() for _ in range(tabs))) if said]


async def _count() -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(OutboxMessage))


async def _invited(cast) -> tuple[PortalAccess, str]:
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token = await newest_token()
    await a_little_later()
    async with transaction() as session:
        (await session.get(PortalAccess, access.id)).pin_sent_at -= timedelta(minutes=2)
    return access, token


@pytest.mark.parametrize("press", [service.resend, service.send_new_pin, service.email_pin])
async def test_a_link_and_a_pin_leave_once(database, cast, press):
    access, _ = await _invited(cast)
    before = await _count()
    told = await _at_once(press, cast.alice, access.id)
    assert await _count() == before + 1 and len(told) == TABS - 1
    assert all("a moment ago" in said for said in told)


async def test_a_pin_that_was_just_texted_is_not_stopped_by_one_for_the_owner(database, cast):
    access, _ = await _invited(cast)
    async with transaction() as session:
        await service.send_new_pin(session, cast.alice, access.id)
    assert len(await _at_once(service.email_pin, cast.alice, access.id)) == TABS


async def test_what_a_client_asks_for_leaves_once(database, cast):
    access, old = await _invited(cast)
    before = await _count()
    assert len(await _at_once(entry.ask_for_pin, old, address=ADDRESS)) == TABS - 1
    assert await _count() == before + 1
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    before = await _count()
    assert len(await _at_once(entry.send_current_link, old, address=ADDRESS)) == TABS - 1
    assert await _count() == before + 1


async def test_invitations_of_partners_and_staff_leave_once(database, cast):
    before = await _count()
    assert len(await _at_once(partners.resend_invitation, cast.alice, cast.priya_partner.id)) == TABS - 1
    assert await _count() == before + 1
    jo = {"email": "jo@example.com", "first_name": "Jo", "last_name": "Ng", "role": Role.BROKER}
    async with transaction() as session:
        user = await members.invite_member(session, cast.alice, **jo)
    await a_little_later()
    before = await _count()
    assert len(await _at_once(members.resend_link, cast.alice, user.id)) == TABS - 1
    assert await _count() == before + 1


async def test_a_forgotten_password_is_answered_once_and_tells_nobody(database, cast):
    before = await _count()
    asked = (Portal.BROKER, "alice@example.com", ADDRESS)
    assert await _at_once(send_password_link, *asked, tabs=LINKS_SENT_PER_ACCESS) == []
    assert await _count() == before + 1
