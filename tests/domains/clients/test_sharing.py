"""Sharing a deal with a client, and ending it: what happens, what leaves, and who is refused."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox import settling
from salestrekker_portal.domains.outbox.ports import Receipt
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.domains.portal_access import entry, undelivered
from salestrekker_portal.domains.portal_access.channels import Channels
from salestrekker_portal.domains.portal_access.looking import LinkState, look_at_link
from salestrekker_portal.domains.signing_in.sessions import open_session
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, ProofNeeded
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.tables.access import PortalSession
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.organisations import Flow, Organisation
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.portal_access import AccessRequest, PortalAccess
from tests.domains.portal_access.world import invite, newest_token, ready_deal, sent
from tests.support.later import a_little_later

pytestmark = pytest.mark.usefixtures("database")


async def _credits(firm, change: int) -> None:
    async with transaction() as session:
        session.add(SmsCreditEntry(organisation_id=firm.id, credits=change, reason="test"))


async def _balance(firm) -> int:
    async with reading() as session:
        return await billing.balance(session, firm.id)


async def test_an_invitation_sends_the_link_by_email_and_the_pin_by_sms_and_leaves_a_note(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    ((mail, link),) = await sent(Channel.EMAIL)
    ((text, pin),) = await sent(Channel.SMS)
    assert (mail.recipient, text.recipient) == ("robin@example.com", "+61491570158")
    assert link.link.startswith(f"{settings().public_origin}/portal/")
    assert "PIN is" in pin.paragraphs[0] and sms_size(pin.paragraphs[0]).segments == 1
    assert not any(character.isdigit() and "PIN is" in line for line in link.paragraphs for character in line)
    async with reading() as session:
        note = await session.scalar(select(Note).where(Note.deal_id == deal.id))
        assert "invited Robin Ōkere" in note.text and note.shared_with_client_at is None
        assert (await session.get(Deal, deal.id)).portal_state == "invited"
        kept = await session.get(PortalAccess, access.id)
        assert len(kept.pin_hash) == 64
        kinds = list(await session.scalars(select(Activity.kind).where(Activity.deal_id == deal.id)))
        assert "portal_access:granted" in kinds


async def test_oracle_1_one_credit_is_too_few_and_two_are_enough(cast):
    deal, robin = await ready_deal(cast)
    await _credits(cast.firm, -99)
    with pytest.raises(Conflict, match="1 SMS credit left"):
        await invite(cast, deal, robin)
    assert await sent(Channel.EMAIL) == []
    await _credits(cast.firm, 1)
    await invite(cast, deal, robin)
    assert await _balance(cast.firm) == 1


async def test_a_pin_costs_what_its_text_makes_in_segments(cast, frozen_clock):
    """A name in letters that no GSM letter stands for goes in Unicode, where 70 characters fit."""
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).name = "陳大文 Finance"
    await _credits(cast.firm, -97)
    with pytest.raises(Conflict, match="at least 4: 2 for the PIN, 2 kept"):
        await invite(cast, deal, robin)
    await _credits(cast.firm, 1)
    access = await invite(cast, deal, robin)
    ((text, content),) = await sent(Channel.SMS)
    assert "陳大文" in content.paragraphs[0] and text.credits_held == sms_size(content.paragraphs[0]).segments == 2
    assert await _balance(cast.firm) == 2
    # What is left doesn't pay for another: the deal's owner reads it out.
    await _credits(cast.firm, -1)
    clock.freeze(frozen_clock + timedelta(minutes=2))
    async with transaction() as session:
        assert await service.send_new_pin(session, cast.alice, access.id) is False
    assert await _balance(cast.firm) == 1


async def test_oracle_2_the_owners_own_number_is_refused(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        (await session.get(Contact, robin.id)).mobile = cast.alice_user.mobile
    with pytest.raises(Conflict, match="never arrive"):
        await invite(cast, deal, robin)


async def test_oracle_11_a_deal_without_its_privacy_disclosure_is_not_shared(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        for document in await session.scalars(select(Document).where(Document.slot == "privacy_disclosure")):
            document.removed_at = utc_now()
    with pytest.raises(Conflict, match="Privacy disclosure"):
        await invite(cast, deal, robin)


@pytest.mark.parametrize("field", ["email", "mobile"])
async def test_an_address_that_another_contact_has_too_is_refused(cast, field):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        setattr(await session.get(Contact, robin.id), field, getattr(cast.kim_contact, field))
    with pytest.raises(Conflict, match="shared with Kim Nguyen"):
        await invite(cast, deal, robin)


async def test_sms_switched_off_and_a_locked_deal_are_refused(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = False
        (await session.get(Deal, deal.id)).locked_at = utc_now()
    with pytest.raises(Conflict, match="SMS is off in Connect and Deal is locked"):
        await invite(cast, deal, robin)


async def test_the_assistant_is_refused_and_a_broker_elsewhere_sees_no_deal(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        with pytest.raises(NotPermitted, match="Only a broker or an admin"):
            await service.share_deal(session, cast.bob, deal.id, robin.id)
        for stranger in (cast.mallory, cast.kim, cast.priya):
            with pytest.raises((NotFound, NotPermitted)):
                await service.share_deal(session, stranger, deal.id, robin.id)
    assert await sent(Channel.EMAIL) == []


async def test_somebody_who_takes_no_part_in_the_deal_can_not_be_invited(cast):
    deal, _ = await ready_deal(cast)
    with pytest.raises(NotFound):
        await invite(cast, deal, cast.kim_contact)


async def test_only_requests_of_this_deal_about_somebody_visible_can_be_asked_for(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        own = DocumentRequest(deal_id=deal.id, name="Payslips", contact_id=robin.id, added_by=cast.alice_user.id)
        of_kim = DocumentRequest(
            deal_id=deal.id, name="Kim’s card", contact_id=cast.kim_contact.id, added_by=cast.alice_user.id
        )
        elsewhere = DocumentRequest(deal_id=cast.deal.id, name="Other", added_by=cast.alice_user.id)
        session.add_all([own, of_kim, elsewhere])
    with pytest.raises(NotFound):
        await invite(cast, deal, robin, request_ids=[elsewhere.id])
    with pytest.raises(Invalid):
        await invite(cast, deal, robin, request_ids=[of_kim.id])
    access = await invite(cast, deal, robin, request_ids=[own.id, own.id])
    async with reading() as session:
        chosen = list(
            await session.scalars(select(AccessRequest.request_id).where(AccessRequest.access_id == access.id))
        )
        assert chosen == [own.id]
        assert (await session.get(DocumentRequest, own.id)).sent_at is not None


async def test_the_flow_is_copied_so_that_editing_it_changes_nothing(cast):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        flow = Flow(organisation_id=cast.firm.id, name="Short", section_ids=["about_you"])
        foreign = Flow(organisation_id=cast.other_firm.id, name="Theirs")
        session.add_all([flow, foreign])
    with pytest.raises(NotFound):
        await invite(cast, deal, robin, flow_id=foreign.id)
    access = await invite(cast, deal, robin, flow_id=flow.id)
    async with transaction() as session:
        (await session.get(Flow, flow.id)).section_ids = ["about_you", "assets"]
    async with reading() as session:
        kept = await session.get(PortalAccess, access.id)
        assert (kept.flow_name, kept.section_ids) == ("Short", ["about_you"])


async def test_oracle_3_inviting_again_or_resending_replaces_the_link(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    first = await newest_token()
    await a_little_later()
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    second = await newest_token()
    again = await invite(cast, deal, robin, sees_other_applicants=True)
    third = await newest_token()
    assert again.id == access.id
    async with reading() as session:
        states = [(await look_at_link(session, token)).state for token in (first, second, third)]
    assert states == [LinkState.REPLACED, LinkState.REPLACED, LinkState.LIVE]


async def test_oracle_4_revoking_ends_sessions_withdraws_messages_and_says_so(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    async with transaction() as session:
        await open_session(session, portal="client", organisation_id=cast.firm.id, hours=1, access_id=access.id)
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    async with reading() as session:
        live = await session.scalar(
            select(func.count())
            .select_from(PortalSession)
            .where(PortalSession.access_id == access.id, PortalSession.ended_at.is_(None))
        )
        assert live == 0
        states = list(await session.scalars(select(OutboxMessage.status).where(OutboxMessage.access_id == access.id)))
        assert set(states) == {Delivery.WITHDRAWN}
        assert (await session.get(Deal, deal.id)).portal_state == "revoked"
        notes = list(await session.scalars(select(Note.text).where(Note.deal_id == deal.id)))
        assert any("ended Robin Ōkere’s access" in text for text in notes)
    assert await _balance(cast.firm) == 100


async def test_after_revoking_the_client_is_invited_anew_and_the_old_link_leads_to_the_new_one(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    old = await newest_token()
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    async with reading() as session:
        assert (await look_at_link(session, old)).state is LinkState.REVOKED
    assert (await invite(cast, deal, robin)).id != access.id
    async with reading() as session:
        assert (await look_at_link(session, old)).state is LinkState.REPLACED


async def test_another_address_takes_a_proof_and_so_does_ending_the_access_first(cast):
    deal, robin = await ready_deal(cast)
    cast.alice = replace(cast.alice, is_stale=True)
    elsewhere = Channels(other_mobile="+61491570159")
    access = await invite(cast, deal, robin)
    await invite(cast, deal, robin, sees_other_applicants=True, only_changes=True)
    for chosen in (elsewhere, Channels(other_email="thief@example.com")):
        with pytest.raises(ProofNeeded):
            await invite(cast, deal, robin, channels=chosen, only_changes=True)
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    for chosen in (Channels(), elsewhere):
        with pytest.raises(ProofNeeded):
            await invite(cast, deal, robin, channels=chosen)
    cast.alice = replace(cast.alice, is_stale=False)
    assert (await invite(cast, deal, robin, channels=elsewhere)).id != access.id


async def test_revoking_works_on_a_settled_deal_and_leaves_its_date(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    async with transaction() as session:
        settled = await session.get(Deal, deal.id)
        settled.locked_at, settled.settled_on = utc_now(), utc_now().date()
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    async with reading() as session:
        assert (await session.get(Deal, deal.id)).settled_on == utc_now().date()


async def test_oracle_24_settling_ends_everybodys_access_and_leaves_a_note(cast):
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    async with reading() as session:
        live = await session.scalar(
            select(func.count()).where(PortalAccess.deal_id == cast.deal.id, PortalAccess.revoked_at.is_(None))
        )
        notes = list(await session.scalars(select(Note.text).where(Note.deal_id == cast.deal.id)))
    assert live == 0 and "Kim Nguyen’s access to the client portal ended because the deal settled." in notes


@pytest.mark.parametrize("use_case", [revoking.revoke, service.resend, service.send_new_pin, service.copy_link])
async def test_nobody_else_touches_an_invitation(cast, use_case):
    for stranger in (cast.bob, cast.mallory, cast.kim, cast.sam, cast.priya):
        with pytest.raises((NotFound, NotPermitted)):
            async with transaction() as session:
                await use_case(session, stranger, cast.kim_access.id)
    with pytest.raises(NotFound):
        async with transaction() as session:
            await use_case(session, cast.alice, new_id())


async def test_a_new_pin_waits_for_its_cool_down_and_costs_a_credit(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    await a_little_later()
    with pytest.raises(Conflict, match="60 seconds"):
        async with transaction() as session:
            await service.send_new_pin(session, cast.alice, access.id)
    clock.freeze(frozen_clock.replace(minute=frozen_clock.minute + 2))
    async with transaction() as session:
        assert await service.send_new_pin(session, cast.alice, access.id)
    assert await _balance(cast.firm) == 98


async def test_a_pin_that_can_not_be_texted_goes_to_the_owner(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    async with transaction() as session:
        (text,) = [each for each in await outbox.claim(session, "worker") if each.channel is Channel.SMS]
    async with transaction() as session:
        given_up = await settling.settle_failed(session, text.id, "worker", "number not in service", permanent=True)
        await undelivered.pin_not_delivered(session, given_up)
    ((mail, content),) = await sent(Channel.EMAIL, "portal.pin_for_owner")
    assert mail.recipient == cast.alice_user.email and "number not in service" in content.paragraphs[0]
    assert await _balance(cast.firm) == 100
    async with reading() as session:
        assert (await session.get(PortalAccess, access.id)).wrong_pins == 0


async def test_the_owner_may_ask_for_the_pin_by_email(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    await a_little_later()
    async with transaction() as session:
        await service.email_pin(session, cast.alice, access.id)
    ((mail, _),) = await sent(Channel.EMAIL, "portal.pin_for_owner")
    assert mail.recipient == cast.alice_user.email


async def test_credits_add_up_once_a_message_has_left(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    async with transaction() as session:
        claimed = await outbox.claim(session, "worker")
    async with transaction() as session:
        for message in claimed:
            await settling.settle_sent(session, message.id, "worker", Receipt())
    async with reading() as session:
        reasons = list(await session.scalars(select(SmsCreditEntry.reason).where(SmsCreditEntry.credits < 0)))
    assert reasons == [billing.SENT] and await _balance(cast.firm) == 99


async def test_five_tabs_that_press_invite_at_once_send_one_invitation(database, cast):
    """Each tab shows that nobody is invited yet, and each has an intention of its own."""
    deal, robin = await ready_deal(cast)
    tabs = [invite(cast, deal, robin, shown=None) for _ in range(5)]
    accesses = await asyncio.gather(*tabs)
    assert len({access.id for access in accesses}) == 1
    assert len(await sent(Channel.EMAIL, "portal.invitation")) == len(await sent(Channel.SMS)) == 1


async def test_another_choice_than_that_of_a_moment_ago_is_asked_about(database, cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin, shown=None)
    with pytest.raises(Conflict, match="a moment ago"):
        await invite(cast, deal, robin, shown=None, sees_other_applicants=True)
    assert len(await sent(Channel.EMAIL, "portal.invitation")) == 1


async def test_a_new_link_after_a_pin_by_email_says_who_has_the_pin(database, cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    await a_little_later()
    async with transaction() as session:
        await service.email_pin(session, cast.alice, access.id)
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    (_, first), (_, second) = await sent(Channel.EMAIL, "portal.invitation")
    assert any("by text" in each for each in first.paragraphs)
    said = " ".join(second.paragraphs)
    assert "by text" not in said and "reads it to you" in said


async def test_a_stopped_pin_that_no_text_can_bring_is_not_told_of_as_sent(database, cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    old = await newest_token()
    async with transaction() as session:
        (await session.get(PortalAccess, access.id)).pin_hash = ""
        (await session.get(PortalAccess, access.id)).pin_sent_at = None
        (await session.get(Organisation, cast.firm.id)).sms_enabled = False
    await a_little_later()
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    said = " ".join((await sent(Channel.EMAIL, "portal.invitation"))[-1][1].paragraphs)
    assert "by text" not in said and "Alice has it and reads it to you" in said
    async with transaction() as session:
        await entry.send_current_link(session, old, address="203.0.113.9")
    ((_, again),) = await sent(Channel.EMAIL, "portal.link_again")
    said = " ".join(again.paragraphs)
    assert "sent you last" not in said and "Alice has it and reads it to you" in said
