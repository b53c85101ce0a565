"""One message in a few minutes, whatever happened in them; and texts that wait for the morning."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.clients.contacts import change_contact
from salestrekker_portal.domains.contacts.zones import BY_ADDRESS, CHOSEN, LIKE_THE_FIRM, guessed_zone, whereabouts
from salestrekker_portal.domains.documents import requests, sending
from salestrekker_portal.domains.documents.service import share_document
from salestrekker_portal.domains.notices.service import notify
from salestrekker_portal.domains.notifications.gathering import with_more
from salestrekker_portal.domains.notifications.rounds import tell_due
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.notifications import Why
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner
from tests import factories as make
from tests.domains.documents.world import give_links
from tests.domains.notifications.test_telling import choose_for_clients, partner_wants, sms, write
from tests.domains.notifications.world import queued, skipped, taken, tell

pytestmark = pytest.mark.usefixtures("database")
NIGHT = "2026-04-05T04:00+10:00"  # a Sunday in Sydney, an hour after its clocks went back


@pytest.fixture(autouse=True)
def clock_runs():
    yield
    clock.freeze(None)


def freeze(text: str) -> None:
    clock.freeze(datetime.fromisoformat(text))


async def move(cast, stage) -> None:
    async with transaction() as session:
        await move_deal(session, cast.alice, cast.deal.id, stage.id)


async def share_file(cast, name: str) -> None:
    async with transaction() as session:
        document = await make.make_document(session, cast.deal, cast.alice_user, name)
    for audience in ("client", "partner"):
        async with transaction() as session:
            await share_document(session, cast.alice, document.id, audience=audience, on=True)


async def everybody_wants_everything(cast) -> None:
    async with transaction() as session:
        (await session.get(Partner, cast.priya_partner.id)).phone = "+61491570110"
    for key in ("note_shared", "file_shared", "stage_changed"):
        await choose_for_clients(cast, key, email=True, sms=True)
    for key in ("partner_note", "partner_file", "partner_stage"):
        await partner_wants(cast, key, email=True, sms=True)


async def test_ten_events_in_five_minutes_reach_each_person_once(cast):
    """By e-mail once and by text once: notes, files and stages to clients and their partner."""
    await give_links(cast)
    await sms(cast, credits=90)
    await everybody_wants_everything(cast)
    freeze("2026-03-09T10:00+11:00")
    start = clock.utc_now()
    both = {"with_client": True, "with_partner": True}
    deeds = [lambda n=n: write(cast.alice, cast.deal, f"Note {n}", **both) for n in range(4)]
    deeds += [lambda n=n: share_file(cast, f"File {n}.pdf") for n in range(3)]
    deeds += [lambda n=n: move(cast, cast.stages[n]) for n in (1, 2, 3)]
    for number, deed in enumerate(deeds[i] for i in (0, 4, 7, 1, 5, 8, 2, 6, 9, 3)):
        clock.freeze(start + timedelta(seconds=30 * number))
        await deed()
        while await tell_due():
            pass
    assert await queued() == []  # nothing left before all of it had happened
    clock.freeze(start + timedelta(minutes=6))
    while await tell_due():
        pass
    for channel in Channel:
        to = [row.recipient for row in await queued("notice.") if row.channel is channel]
        assert sorted(to) == sorted(set(to)) and len(to) == 3, (channel, to)
    texts = [opened(row).content.paragraphs[0] for row in await queued() if row.channel is Channel.SMS]
    assert all("And 2 more" in text for text in texts)
    [kim] = [opened(row).content for row in await queued() if row.recipient == "kim@example.com"]
    said = "\n".join(kim.paragraphs)
    assert kim.subject.startswith("Your application:") and "There is more:" in said
    assert "Note 3" in said and "File 0.pdf" in said and kim.stop == "" and kim.change
    # Each thing that has no message of its own says why, on the deal.
    gathered = [each for each in await skipped() if each.why is Why.GATHERED]
    assert len(gathered) == 2 * 2 * 3 and "so that Kim Nguyen hears once" in " ".join(e.sentence for e in gathered)


def test_that_there_is_more_costs_no_credit_that_is_not_there():
    long = "A" * 150
    assert with_more("Short.", 2, 1).endswith("And 2 more, by e-mail or on your page.")
    assert with_more(long, 2, 2) != long and with_more(long, 2, 1) == long


async def test_news_that_can_not_be_told_keeps_no_other_news_from_its_reader(cast):
    await give_links(cast)
    async with transaction() as session:
        notify(
            session, "document_due", organisation_id=cast.firm.id, recipient_id=cast.kim_access.id,
            deal_id=cast.deal.id, facts={"due_on": "no day"},
        )  # fmt: skip
    await write(cast.alice, cast.deal, "Have a look", with_client=True, contact_id=cast.kim_contact.id)
    await tell()
    assert [row.kind for row in await queued("notice.")] == ["notice.note_shared"]


async def test_what_is_asked_for_goes_at_once_and_takes_along_what_waits(cast):
    await give_links(cast)
    await write(cast.alice, cast.deal, "Have a look", with_client=True, contact_id=cast.kim_contact.id)
    async with transaction() as session:
        await requests.add_request(session, cast.alice, cast.deal.id, name="Payslips", contact_id=cast.kim_contact.id)
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    await tell(timedelta(0))
    [only] = await queued("notice.")
    content = opened(only).content
    assert only.kind == "notice.documents_requested" and "• Payslips" in content.paragraphs
    assert any("Have a look" in line for line in content.paragraphs)
    await tell(timedelta(minutes=20))
    assert len(await queued("notice.")) == 1


async def test_a_text_due_at_four_in_the_morning_leaves_at_eight_where_its_receiver_is(cast):
    """Over the change of clock: eight in Perth is ten in Sydney. An e-mail wakes nobody and leaves at once."""
    await give_links(cast)
    await sms(cast)
    await choose_for_clients(cast, "note_shared", email=True, sms=True)
    freeze(NIGHT)
    for contact, state in ((cast.kim_contact, "wa"), (cast.sam_contact, "")):
        async with transaction() as session:
            if state:
                session.add(Answer(
                    deal_id=cast.deal.id, subject_id=contact.id, section_id="x", field_key="current_state", raw=state,
                    author_id=contact.id, answered_at=clock.utc_now(),
                ))  # fmt: skip
        await write(cast.alice, cast.deal, "News", with_client=True, contact_id=contact.id)
    await tell()
    due = {row.recipient: row.due_at for row in await queued() if row.channel is Channel.SMS}
    there = {mobile: at.astimezone(ZoneInfo("Australia/Sydney")).isoformat()[:16] for mobile, at in due.items()}
    assert there == {cast.kim_contact.mobile: "2026-04-05T10:00", cast.sam_contact.mobile: "2026-04-05T08:00"}
    assert {row.channel for row in await taken()} == set(Channel)


async def test_where_somebody_is_is_chosen_or_guessed_and_said(cast):
    async with transaction() as session:
        kim = await session.get(Contact, cast.kim_contact.id)
        found = await whereabouts(session, kim, cast.deal.id, firm="Australia/Sydney")
        assert (found.zone, found.because) == ("Australia/Sydney", LIKE_THE_FIRM)
        session.add(Answer(
            deal_id=cast.deal.id, subject_id=kim.id, section_id="x", field_key="current_state", raw="wa",
            author_id=kim.id, answered_at=clock.utc_now(),
        ))  # fmt: skip
        await session.flush()
        found = await guessed_zone(session, cast.alice, cast.deal.id, kim.id)
        assert (found.zone, found.because) == ("Australia/Perth", BY_ADDRESS)
    async with transaction() as session:
        await change_contact(session, cast.alice, cast.kim_contact.id, time_zone="Pacific/Auckland")
        kim = await session.get(Contact, cast.kim_contact.id)
        assert (await whereabouts(session, kim, cast.deal.id, firm="Australia/Sydney")).because == CHOSEN
    for wrong in ("Mars/Phobos", 7, None, ["x"]):
        with pytest.raises(Invalid):
            async with transaction() as session:
                await change_contact(session, cast.alice, cast.kim_contact.id, time_zone=wrong)
