"""Couples who share an e-mail or a phone, and a client whose number is the broker's own: invited another way."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.portal_access import delivery, entry
from salestrekker_portal.domains.portal_access.channels import Channels, checked_channels
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.domains.notifications.world import tell
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal, sent
from tests.support.later import a_little_later

pytestmark = pytest.mark.usefixtures("sqlite")
ELSE_EMAIL, ELSE_MOBILE = "robin.alone@example.com", "+61491570313"


async def _couple(cast, **shared: str):
    """Robin's deal, and somebody of the firm who has the same e-mail or mobile."""
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        await make.make_contact(session, cast.firm, "Jules", "Ōkere", **shared)
    return deal, robin


async def test_a_shared_mailbox_stops_the_invitation_until_the_broker_says_that_they_know(cast):
    deal, robin = await _couple(cast, email="robin@example.com", mobile="+61491570159")
    with pytest.raises(Conflict, match="E-mail is shared with Jules Ōkere"):
        await invite(cast, deal, robin)
    access = await invite(cast, deal, robin, channels=Channels(shares_knowingly=True))
    assert access.shares_knowingly
    assert (await sent(Channel.EMAIL, "portal.invitation"))[0][0].recipient == "robin@example.com"


async def test_another_e_mail_gets_the_link_and_another_mobile_the_pin(cast):
    deal, robin = await _couple(cast, email="robin@example.com", mobile="+61491570158")
    with pytest.raises(Conflict):
        await invite(cast, deal, robin, channels=Channels(shares_knowingly=True))
    access = await invite(cast, deal, robin, channels=Channels(other_email=ELSE_EMAIL, other_mobile=ELSE_MOBILE))
    ((mail, content),) = await sent(Channel.EMAIL, "portal.invitation")
    ((sms, _),) = await sent(Channel.SMS)
    assert (mail.recipient, sms.recipient) == (ELSE_EMAIL, ELSE_MOBILE)
    assert "•••• 313" in " ".join(content.paragraphs)
    async with reading() as session:
        look = await entry.look_at_link(session, await newest_token())
        kept = await session.get(Contact, robin.id)
    assert look.people.mobile == ELSE_MOBILE and kept.mobile == "+61491570158"
    async with transaction() as session:
        tried = await entry.enter(session, await newest_token(), await newest_pin(), address="203.0.113.9")
    assert tried.access.id == access.id


async def test_one_other_half_is_enough_together_with_knowing(cast):
    deal, robin = await _couple(cast, email="robin@example.com", mobile="+61491570158")
    only = Channels(other_mobile=ELSE_MOBILE)
    with pytest.raises(Conflict, match="E-mail is shared"):
        await invite(cast, deal, robin, channels=only)
    await invite(cast, deal, robin, channels=Channels(other_mobile=ELSE_MOBILE, shares_knowingly=True))


async def test_another_number_that_somebody_else_has_is_shared_too(cast):
    deal, robin = await ready_deal(cast)
    with pytest.raises(Conflict, match="Mobile is shared with Kim Nguyen"):
        await invite(cast, deal, robin, channels=Channels(other_mobile="+61491570156"))


async def test_a_client_with_the_brokers_own_number_is_texted_elsewhere(cast):
    """S0-29, S0-30: the test on oneself works with another number for this one invitation."""
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        (await session.get(Contact, robin.id)).mobile = cast.alice_user.mobile
    with pytest.raises(Conflict, match="Number is the same as yours"):
        await invite(cast, deal, robin)
    await invite(cast, deal, robin, channels=Channels(other_mobile=ELSE_MOBILE))
    assert (await sent(Channel.SMS))[0][0].recipient == ELSE_MOBILE


async def test_a_new_pin_and_the_link_again_go_the_same_way(cast):
    deal, robin = await _couple(cast, email="robin@example.com", mobile="+61491570158")
    access = await invite(cast, deal, robin, channels=Channels(other_email=ELSE_EMAIL, other_mobile=ELSE_MOBILE))
    old = await newest_token()
    await a_little_later()
    async with transaction() as session:
        kept = await session.get(PortalAccess, access.id)
        kept.pin_sent_at -= delivery.PIN_COOL_DOWN
        assert await entry.ask_for_pin(session, old, address="203.0.113.9")
    from salestrekker_portal.domains.clients.sharing import resend

    async with transaction() as session:
        await resend(session, cast.alice, access.id)
    async with transaction() as session:
        await entry.send_current_link(session, old, address="203.0.113.9")
    assert {row.recipient for row, _ in await sent(Channel.SMS)} == {ELSE_MOBILE}
    assert {row.recipient for row, _ in await sent(Channel.EMAIL, "portal.")} == {ELSE_EMAIL}


async def test_what_they_are_told_later_goes_there_too(cast):
    """It carries the link, and whose mailbox is shared might be the one who should not read it."""
    deal, robin = await _couple(cast, email="robin@example.com", mobile="+61491570158")
    access = await invite(cast, deal, robin, channels=Channels(other_email=ELSE_EMAIL, other_mobile=ELSE_MOBILE))
    async with transaction() as session:
        (await session.get(PortalAccess, access.id)).consented_at = access.created_at
        await add_note(session, cast.alice, deal.id, "Please call me", with_client=True)
    await tell()
    heard = {row.recipient for row, _ in await sent(Channel.EMAIL)} | {
        row.recipient for row, _ in await sent(Channel.SMS)
    }
    assert ELSE_EMAIL in heard and not heard & {"robin@example.com", "+61491570158"}


def test_what_is_no_address_is_refused_beside_its_field():
    with pytest.raises(Invalid) as refusal:
        checked_channels(country="AU", other_email="robin", other_mobile="<script>")
    assert set(refusal.value.errors) == {"other_email", "other_mobile"}
    assert checked_channels(country="AU", other_email=" ", other_mobile=None) == Channels()
    assert checked_channels(country="AU", other_email="", other_mobile="0491 570 313").other_mobile == ELSE_MOBILE
