"""From what happened to what people read: who is told, of what, once, and why not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.documents import requests, sending
from salestrekker_portal.domains.documents.removing import remove_own_upload
from salestrekker_portal.domains.documents.service import share_document
from salestrekker_portal.domains.notes.service import add_note, share_note
from salestrekker_portal.domains.notifications import rounds
from salestrekker_portal.domains.outbox import settling
from salestrekker_portal.domains.outbox.ports import Receipt, Report
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.kernel.clock import freeze, utc_now
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.notifications import Notice, PartnerPreference, UserPreference, Why
from salestrekker_portal.tables.organisations import Organisation, PartnerPortalSettings, PortalSettings
from salestrekker_portal.tables.outbox import Channel, Delivery
from salestrekker_portal.tables.partners import PartnerMembership
from tests import factories as make
from tests.domains.documents.world import give_links, upload
from tests.domains.notifications.world import mails, notices, queued, skipped, taken, tell

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def clock_runs():
    """Whatever a test did to the clock."""
    yield
    freeze(None)


async def write(actor, deal, text="A word", **audience):
    async with transaction() as session:
        return await add_note(session, actor, deal.id, text, **audience)


async def choose_for_clients(cast, event: str, **ways) -> None:
    """The firm's row of settings says this about one event."""
    async with transaction() as session:
        found = select(PortalSettings).where(PortalSettings.organisation_id == cast.firm.id)
        row = (await session.scalars(found)).one_or_none() or PortalSettings(organisation_id=cast.firm.id)
        bar = ways.pop("show_status_bar", row.show_status_bar)
        row.notifications, row.show_status_bar = {**row.notifications, event: ways}, bar
        session.add(row)


async def sms(cast, *, on: bool = True, credits: int = 10) -> None:
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = on
        left = await billing.balance(session, cast.firm.id)
        session.add(SmsCreditEntry(organisation_id=cast.firm.id, credits=credits - left, reason="For the test"))


async def balance(cast) -> int:
    async with reading() as session:
        return await billing.balance(session, cast.firm.id)


async def partner_wants(cast, event: str, **ways) -> None:
    async with transaction() as session:
        found = select(PartnerMembership).where(PartnerMembership.partner_id == cast.priya_partner.id)
        membership = (await session.scalars(found)).one()
        session.add(PartnerPreference(membership_id=membership.id, event=event, **ways))


async def test_a_shared_note_reaches_the_clients_by_email_and_the_team_by_bell(cast):
    """S3-03: as set; of the note itself its first line, unless the firm chose otherwise."""
    await give_links(cast)
    await write(cast.bob, cast.deal, "I work on this too")
    await write(cast.alice, cast.deal, "The lender rang\nand asks for your rates notice", with_client=True)
    await tell()
    read = await mails("notice.note_shared")
    assert set(read) == {"kim@example.com", "sam@example.com"} and "Alice wrote to you" in read["kim@example.com"]
    assert "“The lender rang…”" in read["kim@example.com"] and "rates notice" not in read["kim@example.com"]
    for user in (cast.alice_user, cast.bob_user):  # each of the other's note, neither of their own
        assert [(notice.event, len(notice.items)) for notice in await notices(user.id)] == [("team_note", 1)]


async def test_a_note_for_one_client_reaches_only_them_and_a_private_one_nobody(cast):
    await give_links(cast)
    await write(cast.alice, cast.deal, with_client=True, contact_id=cast.kim_contact.id)
    await write(cast.alice, cast.deal)
    await tell()
    assert set(await mails()) == {"kim@example.com"}


async def test_notes_shared_together_are_one_message_and_one_taken_back_is_none(cast):
    await give_links(cast)
    first = await write(cast.alice, cast.deal, "One", with_client=True)
    await write(cast.alice, cast.deal, "Two", with_client=True)
    assert await mails() == {}
    await tell()
    assert len(await queued("notice.note_shared")) == 2  # one each for Kim and Sam
    third = await write(cast.alice, cast.deal, "Three", with_client=True)
    async with transaction() as session:
        await share_note(session, cast.alice, cast.deal.id, third.id, audience="client", on=False)
        await share_note(session, cast.alice, cast.deal.id, first.id, audience="client", on=True)  # it is already
    await tell()
    assert len(await queued("notice.note_shared")) == 2


async def test_what_the_firm_switched_off_is_written_down_for_the_broker(cast):
    """S3-03, O-06: notification only if enabled, and the deal says why there was none."""
    await give_links(cast)
    await choose_for_clients(cast, "note_shared", email=False, sms=False)
    await write(cast.alice, cast.deal, with_client=True)
    await tell()
    assert await mails() == {}
    assert {(each.recipient_name, each.why) for each in await skipped()} == {
        ("Kim Nguyen", Why.OFF_BY_FIRM),
        ("Sam Nguyen", Why.OFF_BY_FIRM),
    }
    assert "Settings, Client Portal" in (await skipped())[0].sentence


async def test_a_broker_of_their_own_mind_overrides_the_firm(cast):
    await give_links(cast)
    await choose_for_clients(cast, "note_shared", email=False, sms=False)
    async with transaction() as session:
        own = {"note_shared": {"email": True, "subject": "News for [Client first name]"}}
        session.add(PortalSettings(organisation_id=cast.firm.id, user_id=cast.alice_user.id, notifications=own))
    await write(cast.alice, cast.deal, with_client=True)
    await tell()
    assert (await mails())["kim@example.com"].startswith("News for Kim")


async def test_a_pile_of_uploads_is_one_message_and_one_line_in_the_bell(cast):
    """N14: the owner, and whoever of the team has written on the deal."""
    await write(cast.bob, cast.deal, "Mine too")
    await tell()
    for number in range(5):
        await upload(cast.kim, cast.deal, name=f"Statement {number}.pdf")
    await tell(timedelta(0))
    [line] = [each for each in await notices(cast.bob_user.id) if each.event == "client_uploaded"]
    assert line.bell and line.send_at is not None and len(line.items) == 5
    assert await mails("notice.client_uploaded") == {}
    await tell()
    read = await mails("notice.client_uploaded")
    assert set(read) == {"alice@example.com", "bob@example.com"}
    assert "Kim Nguyen sent 5 documents" in read["bob@example.com"] and "• Statement 4.pdf" in read["bob@example.com"]


async def test_an_upload_taken_back_at_once_is_no_news(cast):
    document = await upload(cast.kim, cast.deal)
    async with transaction() as session:
        await remove_own_upload(session, cast.kim, document.id)
    await tell()
    assert await mails() == {} and await notices(cast.alice_user.id) == []


async def test_oracle_20_organisation_off_beats_partner_on(cast):
    """S4-23, P-06, L33: the switch is stored on, no message leaves, and the broker reads why."""
    await partner_wants(cast, "partner_note", email=True, sms=True)
    await write(cast.alice, cast.deal, with_partner=True)
    await tell()
    assert set(await mails("notice.partner_note")) == {"priya@example.com"}
    async with transaction() as session:
        found = select(PartnerPortalSettings).where(PartnerPortalSettings.organisation_id == cast.firm.id)
        (await session.scalars(found)).one().notifications = {"partner_note": False}
    await write(cast.alice, cast.deal, with_partner=True)
    await tell()
    assert len(await queued("notice.partner_note")) == 1
    last = (await skipped())[-1]
    assert last.why is Why.OFF_BY_FIRM and "switched off for all partners" in last.sentence


async def test_partners_are_told_of_what_they_opted_in_to_only(cast):
    """S4-22: deal progress and files; not asked for is not sent."""
    document = await make_document(cast)
    async with transaction() as session:
        await share_document(session, cast.alice, document.id, audience="partner", on=True)
    await tell()
    assert await mails() == {} and (await skipped())[0].why is Why.OFF_BY_PERSON
    await partner_wants(cast, "partner_stage", email=True)
    await move(cast, cast.stages[2])
    await tell()
    read = await mails("notice.partner_stage")
    assert cast.stages[2].client_name in read["priya@example.com"]


async def make_document(cast):
    async with transaction() as session:
        return await make.make_document(session, cast.deal, cast.alice_user, "Approval.pdf")


async def move(cast, stage) -> None:
    async with transaction() as session:
        await move_deal(session, cast.alice, cast.deal.id, stage.id)


async def test_clients_hear_of_a_stage_in_its_own_words_and_only_while_the_bar_shows(cast):
    """N09, oracle 6: with the status bar off no stage leaves in an e-mail either."""
    await give_links(cast)
    await choose_for_clients(cast, "stage_changed", email=True)
    await move(cast, cast.stages[2])
    await tell()
    assert cast.stages[2].client_name in (await mails("notice.stage_changed"))["kim@example.com"]
    await choose_for_clients(cast, "stage_changed", email=True, show_status_bar=False)
    await move(cast, cast.stages[3])
    await tell()
    assert len(await queued("notice.stage_changed")) == 2
    assert {each.why for each in await skipped() if each.event == "stage_changed"} == {Why.STATUS_BAR_OFF}


async def test_a_card_dragged_there_and_back_is_no_news(cast):
    await give_links(cast)
    await choose_for_clients(cast, "stage_changed", email=True)
    await move(cast, cast.stages[2])
    await move(cast, cast.stages[1])
    await tell()
    assert await mails("notice.stage_changed") == {}


async def test_ending_access_says_so_once_and_takes_back_what_had_not_left(cast):
    """N35."""
    await give_links(cast)
    await write(cast.alice, cast.deal, with_client=True, contact_id=cast.kim_contact.id)
    async with transaction() as session:
        await revoke(session, cast.alice, cast.kim_access.id)
    await tell()
    read = await queued()
    assert [row.kind for row in read] == ["notice.portal_ended"] and read[0].recipient == "kim@example.com"
    assert opened(read[0]).content.link == ""


async def test_sms_credits_are_held_settled_and_released_to_the_credit(cast):
    """S1-14, S4-24: a text of two segments holds two; what did not leave is given back."""
    await give_links(cast)
    await sms(cast, credits=5)
    long = "x" * 200
    await choose_for_clients(cast, "note_shared", email=False, sms=True, sms_text=long)
    await write(cast.alice, cast.deal, with_client=True)
    await tell()
    rows = await queued("notice.note_shared")
    assert [(row.channel, row.credits_held) for row in rows] == [(Channel.SMS, 2), (Channel.SMS, 2)]
    assert await balance(cast) == 1
    first, second = await taken()
    async with transaction() as session:
        await settling.settle_sent(session, first.id, "worker", Receipt(ref="SM1", segments=2))
        await settling.settle_failed(session, second.id, "worker", "no such number", permanent=True)
    assert await balance(cast) == 3
    await write(cast.alice, cast.deal, with_client=True)
    await tell()
    assert await balance(cast) == 1  # one more of two segments; for the other there was one credit only
    assert [each.why for each in await skipped()] == [Why.NO_CREDITS]


async def test_an_address_that_bounced_gets_no_more_until_it_is_corrected(cast):
    await give_links(cast)
    await write(cast.alice, cast.deal, with_client=True, contact_id=cast.kim_contact.id)
    await tell()
    [message] = await taken()
    async with transaction() as session:
        await settling.settle_sent(session, message.id, "worker", Receipt(ref="E1"))
        await settling.advance(session, message.id, Report(status=Delivery.BOUNCED, problem="no such mailbox"))
    await write(cast.alice, cast.deal, with_client=True, contact_id=cast.kim_contact.id)
    await tell()
    assert len(await queued("notice.note_shared")) == 1
    [skip] = await skipped()
    assert skip.why is Why.BOUNCED and "kim@example.com" in skip.sentence


async def test_staff_are_told_as_each_of_them_chose(cast):
    """R-11, O-09."""
    await sms(cast)
    async with transaction() as session:
        session.add(
            UserPreference(
                user_id=cast.alice_user.id, organisation_id=cast.firm.id, event="client_wrote", sms=True,
            )
        )  # fmt: skip
    await write(cast.kim, cast.deal, "Is there news?")
    await tell()
    [row] = await queued("notice.client_wrote")
    assert row.channel is Channel.SMS and row.recipient == cast.alice_user.mobile
    assert [each.bell for each in await notices(cast.alice_user.id)] == [False]


async def ask(cast, name, **facts) -> None:
    async with transaction() as session:
        await requests.add_request(session, cast.alice, cast.deal.id, name=name, **facts)


async def test_documents_added_one_by_one_are_one_message_fifteen_minutes_after_the_last(cast, clock_runs):
    """S3-09, L21."""
    await give_links(cast)
    start = utc_now()
    for number, name in enumerate(("Payslips", "Passport", "Contract")):
        freeze(start + timedelta(minutes=5 * number))
        await ask(cast, name, contact_id=cast.kim_contact.id)
    await tell(timedelta(minutes=14))
    assert await mails() == {}
    await tell(timedelta(minutes=16))
    read = await mails("notice.documents_added")
    assert set(read) == {"kim@example.com"} and "needs 3 documents" in read["kim@example.com"]
    async with reading() as session:
        assert None not in list(await session.scalars(select(DocumentRequest.sent_at)))
    await tell(timedelta(minutes=60))
    assert len(await queued()) == 1


async def test_the_broker_reads_when_it_goes_by_itself(cast):
    await ask(cast, "Payslips", contact_id=cast.kim_contact.id)
    async with reading() as session:
        [request] = await session.scalars(select(DocumentRequest))
    accesses = [cast.kim_access, cast.sam_access]
    assert sending.goes_by_itself_at(accesses, [request]) == request.created_at + timedelta(minutes=15)
    assert sending.goes_by_itself_at([cast.sam_access], [request]) is None  # who may not see it is not asked
    assert sending.goes_by_itself_at([], [request]) is None


async def test_pressing_request_sends_at_once_and_nothing_follows(cast):
    await give_links(cast)
    await ask(cast, "Payslips", contact_id=cast.kim_contact.id)
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    await tell(timedelta(0))
    assert [row.kind for row in await queued()] == ["notice.documents_requested"]
    await tell(timedelta(minutes=20))
    assert len(await queued()) == 1


async def test_what_was_there_before_the_invitation_waits_for_the_broker(cast):
    await give_links(cast)
    await ask(cast, "Early", contact_id=cast.kim_contact.id)
    async with transaction() as session:
        session.add(cast.kim_access)
        cast.kim_access.created_at = utc_now() + timedelta(minutes=1)
    await tell(timedelta(minutes=20))
    assert await mails() == {}


async def test_a_crash_between_two_rows_repeats_nothing_and_loses_nothing(cast, monkeypatch):
    await give_links(cast)
    await write(cast.alice, cast.deal, with_client=True)
    real, calls = rounds.sending.send, []

    async def dies(session, notice):
        await real(session, notice)
        calls.append(notice.id)
        if len(calls) == 1:
            raise RuntimeError("the power went")

    monkeypatch.setattr(rounds.sending, "send", dies)
    await tell()
    monkeypatch.undo()
    assert len(await queued("notice.note_shared")) == 1
    await tell(timedelta(hours=2))
    assert sorted(row.recipient for row in await queued("notice.note_shared")) == ["kim@example.com", "sam@example.com"]
    async with reading() as session:
        assert list(await session.scalars(select(Activity.id).where(Activity.tell_at.is_not(None)))) == []
        assert list(await session.scalars(select(Notice.id).where(Notice.send_at.is_not(None)))) == []


async def test_nobody_of_another_firm_hears_of_anything(cast):
    await give_links(cast)
    await write(cast.kim, cast.deal, "Hello")
    await upload(cast.kim, cast.deal)
    await tell()
    assert await notices(cast.mallory_user.id) == []
    assert all(row.organisation_id == cast.firm.id for row in await queued())
