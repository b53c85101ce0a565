"""Summaries and reminders come by the clock on the wall where the firm is, once a day, through every change of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents import sending
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notifications.days import day_if_after
from salestrekker_portal.domains.notifications.mornings import keep_mornings
from salestrekker_portal.domains.notifications.preferences import choose_zone
from salestrekker_portal.domains.notifications.typing_rounds import gather_typing
from salestrekker_portal.kernel.clock import freeze, utc_now
from salestrekker_portal.kernel.days import bounds_of
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.notifications import UserDelivery, UserPreference
from salestrekker_portal.tables.organisations import Organisation
from tests.domains.documents.test_requests import ask
from tests.domains.documents.world import give_links
from tests.domains.notifications.world import mails, notices, queued, tell

SYDNEY, AUCKLAND, LORD_HOWE = "Australia/Sydney", "Pacific/Auckland", "Australia/Lord_Howe"

# The days on which clocks there change, both ways, and the hours that those days have.
CHANGES = [
    (SYDNEY, date(2026, 4, 5), 25.0),
    (SYDNEY, date(2026, 10, 4), 23.0),
    (AUCKLAND, date(2026, 4, 5), 25.0),
    (AUCKLAND, date(2026, 9, 27), 23.0),
    (LORD_HOWE, date(2026, 4, 5), 24.5),
    (LORD_HOWE, date(2026, 10, 4), 23.5),
]


@pytest.fixture(autouse=True)
def clock_runs():
    yield
    freeze(None)


def wall(zone: str, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_a_day_on_which_the_clocks_change_is_longer_or_shorter(zone, day, hours):
    begin, end = bounds_of(day, zone)
    assert (end - begin).total_seconds() == hours * 3600
    before, after = bounds_of(day - timedelta(days=1), zone), bounds_of(day + timedelta(days=1), zone)
    assert before[1] == begin and after[0] == end


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_nine_in_the_morning_is_nine_on_the_wall_on_such_days_too(zone, day, hours):
    for each in (day - timedelta(days=1), day, day + timedelta(days=1)):
        nine = wall(zone, each, 9)
        assert day_if_after(nine, zone, 9) == each
        assert day_if_after(nine - timedelta(seconds=1), zone, 9) is None


async def in_zone(cast, zone: str) -> None:
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).time_zone = zone


async def at(instant: datetime) -> None:
    """The upkeep's rounds around an instant: several a minute, as several processes would."""
    freeze(instant)
    for _ in range(2):
        await keep_mornings()
    await tell()


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
async def test_a_due_document_is_reminded_of_the_day_before_and_on_the_day_at_nine(sqlite, cast, zone, day, hours):
    """Across both changes of the clock: two reminders, neither early, late nor double."""
    await in_zone(cast, zone)
    await give_links(cast)
    request = await ask(cast.alice, cast.deal, "Payslips", contact_id=cast.kim_contact.id, due_on=day)
    async with transaction() as session:
        await sending.send_requests(session, cast.alice, cast.deal.id)
    await tell()
    for moment, expected in (
        (wall(zone, day - timedelta(days=2), 23), 0),
        (wall(zone, day - timedelta(days=1), 8, 55), 0),
        (wall(zone, day - timedelta(days=1), 9), 1),
        (wall(zone, day - timedelta(days=1), 17), 1),
        (wall(zone, day, 8, 55), 1),
        (wall(zone, day, 9), 2),
        (wall(zone, day + timedelta(days=1), 9), 2),
    ):
        await at(moment)
        assert len(await queued("notice.document_due")) == expected, moment
    assert request.due_on == day and "Payslips" in (await mails("notice.document_due"))["kim@example.com"]


async def test_what_was_sent_already_is_not_reminded_of(sqlite, cast):
    await give_links(cast)
    day = date(2026, 3, 12)
    await ask(cast.alice, cast.deal, "Never requested", contact_id=cast.kim_contact.id, due_on=day)
    await at(wall(SYDNEY, day, 9))
    assert await queued("notice.document_due") == []


async def test_the_day_of_settlement_and_a_stale_deal_reach_the_owner_once(sqlite, cast):
    """N20, N12, W-06."""
    day = date(2026, 3, 12)
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        deal.expected_settlement_on = day
        deal.stage_entered_at = wall(SYDNEY, day, 9) - timedelta(days=cast.stages[1].stale_days, hours=30)
    await at(wall(SYDNEY, day, 8))
    assert await notices(cast.alice_user.id) == []
    for moment in (wall(SYDNEY, day, 9), wall(SYDNEY, day, 12), wall(SYDNEY, day + timedelta(days=1), 9)):
        await at(moment)
    assert sorted(each.event for each in await notices(cast.alice_user.id)) == ["deal_stale", "settlement_due"]
    assert set(await mails("notice.settlement_due")) == {"alice@example.com"}


async def prefers_summary(cast) -> None:
    async with transaction() as session:
        session.add(UserDelivery(user_id=cast.alice_user.id, organisation_id=cast.firm.id, daily_summary=True))


@pytest.mark.parametrize(("zone", "day", "hours"), [CHANGES[0], CHANGES[1], CHANGES[4]])
async def test_the_summary_comes_once_at_seven_with_all_of_yesterday(sqlite, cast, zone, day, hours):
    """R-11: instead of an e-mail each."""
    await in_zone(cast, zone)
    await prefers_summary(cast)
    for moment in (wall(zone, day, 0, 5), wall(zone, day, 23, 50)):
        freeze(moment)
        async with transaction() as session:
            await add_note(session, cast.kim, cast.deal.id, "Hello")
        await tell()
    freeze(wall(zone, day + timedelta(days=1), 0, 10))
    async with transaction() as session:
        await add_note(session, cast.kim, cast.deal.id, "Today’s")
    await tell()
    await at(wall(zone, day + timedelta(days=1), 6, 55))
    assert await mails() == {}
    for hour in (7, 8, 15):
        await at(wall(zone, day + timedelta(days=1), hour))
    assert len(await queued("notice.daily_summary")) == 1
    text = (await mails("notice.daily_summary"))["alice@example.com"]
    assert text.startswith("2 things on") and text.count("Kim Nguyen wrote a message") == 2
    assert "12:05 am" in text and "11:50 pm" in text and await queued("notice.client_wrote") == []


async def test_seven_is_where_the_person_is_and_moving_there_brings_no_second_one(sqlite, cast):
    """Perth is three hours behind Sydney in March."""
    await prefers_summary(cast)
    async with transaction() as session:
        await choose_zone(session, cast.alice, "Australia/Perth")
    freeze(wall(SYDNEY, date(2026, 3, 11), 12))
    async with transaction() as session:
        await add_note(session, cast.kim, cast.deal.id, "Hello")
    await tell()
    await at(wall(SYDNEY, date(2026, 3, 12), 9, 55))
    assert await queued("notice.daily_summary") == []
    await at(wall(SYDNEY, date(2026, 3, 12), 10, 5))
    assert "9:00 am" in (await mails("notice.daily_summary"))["alice@example.com"]
    async with transaction() as session:
        await choose_zone(session, cast.alice, "")
    await at(wall(SYDNEY, date(2026, 3, 12), 11))
    assert len(await queued("notice.daily_summary")) == 1


async def test_a_place_that_is_not_on_the_list_is_refused(sqlite, cast):
    for zone in ("Mars/Olympus", None, 7, {"a": 1}, "../etc"):
        with pytest.raises(Invalid, match="list"):
            async with transaction() as session:
                await choose_zone(session, cast.alice, zone)
    for stranger in (cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await choose_zone(session, stranger, "")


async def test_a_day_without_news_has_no_summary_and_who_left_gets_none(sqlite, cast):
    await prefers_summary(cast)
    await at(wall(SYDNEY, date(2026, 3, 12), 7))
    assert await queued() == []


async def test_who_wants_each_email_gets_no_summary(sqlite, cast):
    async with transaction() as session:
        session.add(
            UserPreference(
                user_id=cast.alice_user.id, organisation_id=cast.firm.id, event="client_wrote", email=True, bell=True
            )
        )
    freeze(wall(SYDNEY, date(2026, 3, 11), 12))
    async with transaction() as session:
        await add_note(session, cast.kim, cast.deal.id, "Hello")
    await tell()
    await at(wall(SYDNEY, date(2026, 3, 12), 7))
    assert [row.kind for row in await queued()] == ["notice.client_wrote"]


async def test_answers_typed_one_by_one_are_one_line_once_they_stop(sqlite, cast):
    """N17: not one message a field."""
    start = utc_now()
    async with transaction() as session:
        for number in range(7):
            session.add(
                Answer(
                    deal_id=cast.deal.id, section_id="applicant.personal_details", field_key=f"field_{number}",
                    author_id=cast.kim_contact.id, author_name="Kim", answered_at=start + timedelta(minutes=number),
                )
            )  # fmt: skip
    freeze(start + timedelta(minutes=20))
    assert await gather_typing() == 0
    freeze(start + timedelta(minutes=40))
    assert (await gather_typing(), await gather_typing()) == (1, 0)
    await tell()
    [line] = await notices(cast.alice_user.id)
    assert line.event == "client_changed" and line.facts["count"] == 7
    async with reading() as session:
        assert len(list(await session.scalars(select(Activity).where(Activity.kind == "profile:changed")))) == 1
