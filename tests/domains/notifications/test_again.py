"""What was sent is read again without its secrets and sent again to whoever may still be told; and tests to oneself."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients import revoking, sharing
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.texts import MESSAGES, PIN
from salestrekker_portal.domains.notifications import choosing
from salestrekker_portal.domains.notifications.again import (
    BY_TEXT,
    ONLY_NEWS,
    message_again,
    send_again,
    why_not_again,
)
from salestrekker_portal.domains.notifications.stopping import stop_address, stop_or_resume
from salestrekker_portal.domains.outbox import settling
from salestrekker_portal.domains.outbox.content import HIDDEN
from salestrekker_portal.domains.outbox.ports import Receipt
from salestrekker_portal.domains.outbox.service import opened, read_again
from salestrekker_portal.domains.partners.sharing import stop_sharing_deal
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import AlreadyDone, Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from tests.domains.documents.world import give_links
from tests.domains.notifications.test_telling import choose_for_clients, partner_wants, sms, write
from tests.domains.notifications.world import queued, taken, tell
from tests.support.later import a_little_later

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def clock_runs():
    yield
    clock.freeze(None)


async def sent_note(cast):
    """News to kim that has left, a minute ago."""
    await give_links(cast)
    await write(cast.alice, cast.deal, "Have a look", with_client=True, contact_id=cast.kim_contact.id)
    await tell()
    was = opened((await queued("notice.note_shared"))[0]).content
    for message in await taken():
        async with transaction() as session:
            await settling.settle_sent(session, message.id, "worker", Receipt(ref=f"E{message.id}"))
    await a_little_later(600)
    [message] = await queued("notice.note_shared")
    assert message.sealed == ""
    return message, was


async def test_it_is_read_as_it_was_and_sent_again_with_the_link_that_works(cast):
    message, was = await sent_note(cast)
    async with reading() as session:
        _, content = await message_again(session, cast.alice, cast.deal.id, message.id)
    assert (content.subject, content.paragraphs) == (was.subject, was.paragraphs)
    assert was.link and content.link == "" and content.stop == ""
    async with transaction() as session:
        assert await send_again(session, cast.alice, cast.deal.id, message.id) == "Kim Nguyen"
    with pytest.raises(AlreadyDone):
        async with transaction() as session:
            await send_again(session, cast.alice, cast.deal.id, message.id)
    again = opened((await queued("notice.note_shared"))[1]).content
    assert again.link == was.link and again.paragraphs == was.paragraphs and again.stop


async def test_no_link_and_no_pin_is_kept_of_an_invitation(cast):
    await give_links(cast)
    await sms(cast)
    async with transaction() as session:
        await sharing.resend(session, cast.alice, cast.kim_access.id)
    await a_little_later(90)
    async with transaction() as session:
        access = await session.merge(cast.kim_access)
        access.pin_sent_at, access.pin_hash = None, access.pin_hash or "x"
        access.invited_mobile = cast.kim_contact.mobile
    async with transaction() as session:
        assert await sharing.send_new_pin(session, cast.alice, cast.kim_access.id)
    assert {row.channel for row in await queued("portal.")} == set(Channel)
    for row in await queued("portal."):
        now, kept = opened(row).content, read_again(row)
        said = " ".join([kept.subject, *kept.paragraphs, kept.link])
        if row.channel is Channel.SMS:
            pin = now.paragraphs[0].partition("PIN is ")[2][:6]
            assert pin.isdecimal() and pin not in said and HIDDEN in said
        else:
            assert now.link and now.link.rpartition("/")[2] not in said
        assert row.kept_sealed and why_not_again(row) == ONLY_NEWS


async def test_who_may_not_read_or_send_it_learns_nothing(cast):
    message, _ = await sent_note(cast)
    for actor, error in ((cast.mallory, NotFound), (cast.kim, NotPermitted), (cast.priya, NotPermitted)):
        with pytest.raises(error):
            async with reading() as session:
                await message_again(session, actor, cast.deal.id, message.id)
        with pytest.raises(error):
            async with transaction() as session:
                await send_again(session, actor, cast.deal.id, message.id)
    with pytest.raises(NotPermitted):  # an assistant decides nothing for the outside
        async with transaction() as session:
            await send_again(session, cast.bob, cast.deal.id, message.id)
    with pytest.raises(NotFound):
        async with reading() as session:
            await message_again(session, cast.alice, cast.other_deal.id, message.id)


async def test_nobody_is_told_again_whose_access_ended_or_whose_address_is_another_now(cast):
    message, _ = await sent_note(cast)
    async with transaction() as session:
        (await session.get(Contact, cast.kim_contact.id)).email = "new@example.com"
    with pytest.raises(Conflict, match="another e-mail address"):
        async with transaction() as session:
            await send_again(session, cast.alice, cast.deal.id, message.id)
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, cast.kim_access.id)
    with pytest.raises(Conflict, match="access to the client portal has ended"):
        async with transaction() as session:
            await send_again(session, cast.alice, cast.deal.id, message.id)


async def test_nobody_is_sent_again_what_they_stopped(cast):
    message, _ = await sent_note(cast)
    async with transaction() as session:
        stop = stop_address(BY_KEY["note_shared"], cast.firm.id, cast.kim_access.id).rpartition("/stop/")[2]
        await stop_or_resume(session, stop, on=False)
    with pytest.raises(Conflict, match="switched this off"):
        async with transaction() as session:
            await send_again(session, cast.alice, cast.deal.id, message.id)


async def test_a_partner_is_told_again_while_they_follow_and_not_afterwards(cast):
    await partner_wants(cast, "partner_note", email=True)
    await write(cast.alice, cast.deal, "Have a look", with_partner=True)
    await tell()
    [message] = await queued("notice.partner_note")
    async with transaction() as session:
        (await session.get(OutboxMessage, message.id)).status = Delivery.SENT
    await a_little_later(600)
    async with transaction() as session:
        assert await send_again(session, cast.alice, cast.deal.id, message.id) == "Priya Rao"
    again = opened((await queued("notice.partner_note"))[1]).content
    assert again.link.endswith(f"/partner/deals/{cast.deal.id}") and again.stop
    async with transaction() as session:
        await stop_sharing_deal(session, cast.alice, cast.deal.id, cast.priya_partner.id)
    await a_little_later(600)
    with pytest.raises(Conflict, match="no longer follows"):
        async with transaction() as session:
            await send_again(session, cast.alice, cast.deal.id, message.id)


async def test_a_link_in_a_brokers_own_words_is_sent_again_and_never_its_dots(cast):
    await choose_for_clients(cast, "note_shared", email=True, email_text="Look here: [Link]")
    message, was = await sent_note(cast)
    assert was.link in was.paragraphs[0]
    async with transaction() as session:
        await send_again(session, cast.alice, cast.deal.id, message.id)
    again = opened((await queued("notice.note_shared"))[1]).content
    assert again.paragraphs == was.paragraphs


async def test_a_text_is_read_again_and_not_repeated(cast):
    await give_links(cast)
    await sms(cast)
    await choose_for_clients(cast, "note_shared", email=False, sms=True)
    await write(cast.alice, cast.deal, "News", with_client=True, contact_id=cast.kim_contact.id)
    await tell()
    [text] = await queued("notice.note_shared")
    assert read_again(text).paragraphs == opened(text).content.paragraphs and why_not_again(text) == BY_TEXT


async def test_a_test_goes_to_oneself_in_the_words_as_they_stand(cast):
    words = {"subject": "Look, [Client first name]", "email_text": "Kia ora [Client first name].", "sms_text": "x"}
    async with transaction() as session:
        assert await choosing.send_test(session, cast.alice, key="note_shared", typed=words) == "alice@example.com"
    [row] = await queued("test.wording")
    content = opened(row).content
    assert content.subject == "Test: Look, Kim" and "Kia ora Kim." in content.paragraphs and row.deal_id is None
    with pytest.raises(Invalid):
        async with transaction() as session:
            await choosing.send_test(session, cast.alice, key="note_shared", typed=words | {"subject": "[Nonsense]"})
    with pytest.raises(Conflict, match="by text only"):
        async with transaction() as session:
            await choosing.send_test(session, cast.alice, key=PIN, typed={"sms_text": MESSAGES[PIN].standard.sms_text})
    for actor in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await choosing.send_test(session, actor, key="note_shared", typed=words)
