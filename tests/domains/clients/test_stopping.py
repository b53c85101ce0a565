"""Another e-mail or mobile stops link and PIN, and a link goes only where it was sent: no assistant comes in."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.clients.contacts import change_contact
from salestrekker_portal.domains.notices.catalogue import CATALOGUE
from salestrekker_portal.domains.notifications.recipients import recipient_of
from salestrekker_portal.domains.portal_access import delivery, entry
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, NotPermitted
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal, sent

pytestmark = pytest.mark.usefixtures("database")
NEW = {"email": {"email": "thief@example.com"}, "mobile": {"mobile": "0491 570 110"}}


async def _change(actor, contact, **typed) -> None:
    async with transaction() as session:
        await change_contact(session, actor, contact.id, **typed)


@pytest.mark.parametrize("what", NEW)
async def test_an_assistant_cannot_change_where_an_invited_client_is_reached(cast, what):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    with pytest.raises(NotPermitted, match="link and PIN"):
        await _change(cast.bob, robin, **NEW[what])
    async with reading() as session:
        kept = await session.get(Contact, robin.id)
    assert (kept.email, kept.mobile) == ("robin@example.com", "+61491570158")
    await _change(cast.bob, robin, last_name="Ōkere-Smith")


async def test_an_assistant_still_corrects_somebody_who_is_not_invited(cast):
    _, robin = await ready_deal(cast)
    await _change(cast.bob, robin, **NEW["email"])


@pytest.mark.parametrize("what", NEW)
async def test_a_broker_who_changes_it_stops_link_and_pin_and_the_old_address_hears(cast, frozen_clock, what):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    await _change(cast.alice, robin, **NEW[what])
    ((mail, content),) = await sent(Channel.EMAIL, "portal.stopped")
    assert mail.recipient == "robin@example.com" and not content.link
    clock.freeze(frozen_clock.replace(minute=frozen_clock.minute + 2))
    for ask in (entry.ask_for_pin, entry.send_current_link):
        with pytest.raises(Conflict):
            async with transaction() as session:
                await ask(session, token, address="203.0.113.9")
    async with transaction() as session:
        assert (await entry.enter(session, token, pin, address="203.0.113.9")).access is None
    assert not [mail for mail, _ in await sent(Channel.EMAIL) if mail.recipient == "thief@example.com"]
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    newer, fresh = await newest_token(), await newest_pin()
    async with transaction() as session:
        entered = await entry.enter(session, newer, fresh, address="203.0.113.9")
    assert entered.access.id == access.id


async def test_a_live_link_goes_only_to_the_address_that_was_invited(cast, frozen_clock):
    """Whatever else changes a contact: notices carry no link to another address, and no PIN goes to another mobile."""
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    async with transaction() as session:
        contact = await session.get(Contact, robin.id)
        contact.email, contact.mobile = "thief@example.com", "+61491570110"
    clock.freeze(frozen_clock.replace(minute=frozen_clock.minute + 2))
    async with transaction() as session:
        firm = await session.get(Organisation, cast.firm.id)
        event = next(event for event in CATALOGUE if event.audience == "client")
        found = await recipient_of(session, event, firm, deal, access.id)
        assert found.link == ""
        token = delivery.token_of(await service.queries.live_link(session, access.id))
        assert await entry.ask_for_pin(session, token, address="203.0.113.9") is False
    assert {mail.recipient for mail, _ in await sent(Channel.SMS)} == {"+61491570158"}
    async with reading() as session:
        kept = (await session.scalars(select(PortalAccess).where(PortalAccess.id == access.id))).one()
    assert (kept.invited_email, kept.invited_mobile) == ("robin@example.com", "+61491570158")
