"""What came of a partner's clients: in their months, as far as clients let partners see it; by e-mail once a month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import allow_event
from salestrekker_portal.domains.notices.catalogue import events_for
from salestrekker_portal.domains.notifications import mornings
from salestrekker_portal.domains.notifications.partner_month import month_over
from salestrekker_portal.domains.notifications.partner_tests import send_partner_test
from salestrekker_portal.domains.notifications.stopping import stop_or_resume
from salestrekker_portal.domains.outbox import settling
from salestrekker_portal.domains.outbox.ports import Report
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners.preferences import MONTHLY, choose_how, choose_update, own_updates
from salestrekker_portal.domains.partners.reach import let_partners_see
from salestrekker_portal.domains.partners.results import Came, Far, own_results
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.deals import Deal, PartnersSee
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.outbox import Channel, Delivery
from salestrekker_portal.tables.partners import Lead
from salestrekker_portal.tables.workflows import Stage
from tests.domains.notifications.world import queued

pytestmark = pytest.mark.usefixtures("database")
SENT = datetime(2026, 1, 20, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def march():
    """Monday 2 March 2026, 9:41 in Sydney: the first working day, after a month that ended on a Saturday."""
    clock.freeze(datetime.fromisoformat("2026-03-02T09:41+11:00"))
    yield
    clock.freeze(None)


@pytest.fixture
async def sent(cast) -> Deal:
    """Kim and Sam, sent by Priya in January, called after three hours, settled in February."""
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.partner_id, deal.created_at, deal.settled_on = cast.priya_partner.id, SENT, date(2026, 2, 20)
        session.add(Lead(organisation_id=deal.organisation_id, deal_id=deal.id, called_at=SENT + timedelta(hours=3)))
    return deal


async def counted(cast):
    async with reading() as session:
        return await own_results(session, cast.priya)


async def say(actor, level: PartnersSee) -> None:
    async with transaction() as session:
        await let_partners_see(session, actor, str(level.value))


async def want(cast, *, on: bool = True) -> None:
    async with transaction() as session:
        await choose_update(session, cast.priya, key=MONTHLY, channel=Channel.EMAIL, on=on)


async def test_a_year_is_counted_by_the_month_in_which_they_were_sent(cast, sent):
    found = await counted(cast)
    assert [each.first for each in found.months][::11] == [date(2025, 4, 1), date(2026, 3, 1)]
    [month] = [each for each in found.months if each.sent]
    assert (month.first, month.sent, month.settled) == (date(2026, 1, 1), 1, 1)
    assert (found.minutes_to_call, found.days_to_settle, found.by[Came.SETTLED]) == (180, 31, 1)
    await say(cast.kim, PartnersSee.STAGE)
    found = await counted(cast)
    assert (found.by[Came.SETTLED], found.minutes_to_call, found.days_to_settle) == (1, None, None)
    await say(cast.kim, PartnersSee.NOTHING)
    found = await counted(cast)
    assert (found.sent, found.by[Came.SETTLED], found.by[Came.PRIVATE]) == (1, 0, 1)
    for actor in (cast.alice, cast.kim):
        async with reading() as session:
            with pytest.raises(NotPermitted):
                await own_results(session, actor)


async def test_a_step_is_counted_as_far_as_clients_let_partners_see_it(cast, sent):
    # What is known of the deal, and how far that is for who may see: nothing, the stage, dates.
    day, called = date(2026, 2, 1), SENT + timedelta(hours=3)
    cases = [
        ({"settled_on": day, "lodged_on": day, "approved_on": day}, called, False, (0, 4, 4)),
        ({"approved_on": day}, called, False, (0, 0, 3)),
        ({"approved_on": day}, called, True, (0, 2, 3)),
        ({"lodged_on": day}, None, False, (0, 0, 2)),
        ({}, called, True, (0, 2, 2)),
        ({}, called, False, (0, 0, 1)),
        ({}, None, False, (0, 0, 0)),
    ]
    nothing = {"settled_on": None, "lodged_on": None, "approved_on": None}
    for facts, called_at, with_lender, reached in cases:
        async with transaction() as session:
            deal = await session.get(Deal, sent.id)
            for name, value in (nothing | facts).items():
                setattr(deal, name, value)
            (await session.get(Stage, deal.stage_id)).with_lender = with_lender
            (await session.scalars(select(Lead))).one().called_at = called_at
        for level, step in zip((PartnersSee.NOTHING, PartnersSee.STAGE, PartnersSee.DATES), reached, strict=True):
            await say(cast.kim, level)
            found = await counted(cast)
            assert found.far == {far: int(far <= step) for far in Far}, (facts, called_at, with_lender, level)


async def test_the_month_comes_once_to_who_wants_it_and_is_stopped_by_a_press(cast, sent):
    await mornings.keep_mornings()
    assert await queued("notice.partner_month") == []
    await want(cast)
    clock.freeze(datetime.fromisoformat("2026-04-01T08:59+11:00"))
    await mornings.keep_mornings()
    assert await queued("notice.partner_month") == []
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.settled_on = date(2026, 3, 20)
    for hour in ("09:01", "09:31", "17:00"):
        clock.freeze(datetime.fromisoformat(f"2026-04-01T{hour}+11:00"))
        await mornings.keep_mornings()
    [message] = await queued("notice.partner_month")
    mail = opened(message).content
    assert mail.subject == "March 2026: nobody sent, 1 settled" and mail.link.endswith("/partner/results")
    assert "Nobody whom you sent is open now." in mail.paragraphs and mail.why and mail.stop
    async with transaction() as session:
        await stop_or_resume(session, mail.stop.rsplit("/", 1)[1], on=False)
    clock.freeze(datetime.fromisoformat("2026-05-01T09:01+10:00"))
    await mornings.keep_mornings()
    assert len(await queued("notice.partner_month")) == 1


async def test_the_month_goes_to_no_address_that_turned_the_last_one_away(cast, sent):
    await want(cast)
    await mornings.keep_mornings()
    [message] = await queued("notice.partner_month")
    async with transaction() as session:
        await settling.advance(session, message.id, Report(status=Delivery.BOUNCED, problem="no such mailbox"))
        (await session.get(Deal, cast.deal.id)).settled_on = date(2026, 3, 20)
    clock.freeze(datetime.fromisoformat("2026-04-01T09:01+11:00"))
    await mornings.keep_mornings()
    assert len(await queued("notice.partner_month")) == 1


async def test_what_a_firm_turned_off_and_what_is_private_is_in_no_month(cast, sent):
    await want(cast)
    await say(cast.kim, PartnersSee.NOTHING)
    await mornings.keep_mornings()
    assert await queued("notice.partner_month") == []  # they sent nobody in February, and the rest is private
    await say(cast.kim, PartnersSee.DATES)
    async with transaction() as session:
        await allow_event(session, cast.alice, MONTHLY, on=False)
    clock.freeze(datetime.fromisoformat("2026-04-01T09:01+11:00"))
    await mornings.keep_mornings()
    assert await queued("notice.partner_month") == []


async def test_it_is_chosen_by_itself_and_goes_by_no_text(cast):
    async with transaction() as session:
        await choose_how(session, cast.priya, "steps")
    async with reading() as session:
        [choice] = [each for each in (await own_updates(session, cast.priya)).choices if each.event.key == MONTHLY]
    assert not choice.wanted.email
    async with transaction() as session:
        with pytest.raises(Invalid):
            await choose_update(session, cast.priya, key=MONTHLY, channel=Channel.SMS, on=True)


async def test_an_admin_reads_each_message_to_partners_as_a_test(cast):
    for event in events_for(Audience.PARTNER):
        async with transaction() as session:
            assert await send_partner_test(session, cast.alice, event.key) == "alice@example.com"
    said = [opened(row).content for row in await queued("test.partner")]
    assert len(said) == len(events_for(Audience.PARTNER))
    assert all(mail.subject.startswith("Test: ") and "{" not in "".join(mail.paragraphs) for mail in said)
    for actor, key, refusal in ((cast.alice, "note_shared", Invalid), (cast.bob, "partner_note", NotPermitted)):
        async with transaction() as session:
            with pytest.raises(refusal):
                await send_partner_test(session, actor, key)


def test_the_month_is_over_on_the_first_working_day_of_the_next():
    assert [month_over(date(2026, 3, day)) for day in (1, 2, 9)] == [None, date(2026, 2, 1), date(2026, 2, 1)]
    assert month_over(date(2026, 4, 1)) == date(2026, 3, 1)
