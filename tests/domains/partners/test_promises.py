"""Called, promised, late, nudged and thanked: what broker and partner press, and what the other one hears."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import allow_event
from salestrekker_portal.domains.notifications.partner_days import promises_due, uncalled_leads
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners.promises import mark_called, nudge, promise_update, thank
from salestrekker_portal.domains.partners.rules import TypedContact
from salestrekker_portal.domains.partners.wishes import checked_wishes, lead_of, wishes_in_words
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.partners import DealPartner, Lead
from tests.domains.notifications.test_telling import write
from tests.domains.notifications.world import notices, queued, tell
from tests.domains.partners.test_referrals import _refer, leads  # noqa: F401  the fixture

pytestmark = pytest.mark.usefixtures("database")
DAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def monday():
    """Monday 9 March 2026, 9:41 in Sydney."""
    clock.freeze(datetime.fromisoformat("2026-03-09T09:41+11:00"))
    yield
    clock.freeze(None)


async def test_a_lead_says_what_they_want_when_to_call_and_that_they_agreed(cast, leads):  # noqa: F811
    wishes = {"purpose": "live", "price": "750k", "auction": "21 3 2026", "best_time": "after 4 pm", "agreed": True}
    deal = await _refer(cast.priya, wishes=wishes)
    async with reading() as session:
        lead = await lead_of(session, deal.id)
    said = dict(wishes_in_words(lead, DAY, "Australia/Sydney", "Priya"))
    assert said == {
        "Best time": "after 4 pm",
        "Wants to": "Buy to live in",
        "Price": "about $750,000",
        "Auction": "Saturday 21 March",
        "Agreed": "Yes, Priya ticked it 9 Mar 2026, 9:41 am",
    }
    await tell()
    [row] = await queued("notice.partner_lead")
    assert ["Best time", "after 4 pm"] in opened(row).content.facts
    other = await _refer(cast.priya, TypedContact(first_name="Ada", last_name="Ng", email="ada@example.com"))
    async with reading() as session:
        unsaid = dict(wishes_in_words(await lead_of(session, other.id), DAY, "Australia/Sydney", "Priya"))
    assert list(unsaid) == ["Agreed"] and unsaid["Agreed"].startswith("Not said")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"purpose": "steal"}, "purpose"),
        ({"price": "lots"}, "price"),
        ({"price": "-5"}, "price"),
        ({"auction": "31 2 2026"}, "auction"),
        ({"auction": "8 3 2026"}, "auction"),
        ({"best_time": "x" * 200}, "best_time"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(typed, field):
    with pytest.raises(Invalid) as refusal:
        checked_wishes(typed, DAY)
    assert set(refusal.value.errors) == {field}
    for garbage in ({"price": ["1"], "auction": 7, "best_time": None, "agreed": "no"}, {}):
        assert not checked_wishes(garbage, DAY).agreed


async def test_nobody_called_by_five_and_owner_and_admins_hear_it_until_somebody_does(cast, leads):  # noqa: F811
    deal = await _refer(cast.priya)
    async with transaction() as session:
        (await session.scalars(select(Lead))).one().created_at = clock.utc_now()
    async with transaction() as session:
        await uncalled_leads(session, cast.firm.id, "Australia/Sydney", DAY)
    await tell()
    assert "lead_waits" in {each.event for each in await notices(cast.alice_user.id)}
    async with transaction() as session:
        assert await mark_called(session, cast.alice, deal.id)
        assert not await mark_called(session, cast.alice, deal.id)
    async with transaction() as session:
        await uncalled_leads(session, cast.firm.id, "Australia/Sydney", DAY + timedelta(days=1))
    await tell()
    assert [each.event for each in await notices(cast.alice_user.id)].count("lead_waits") == 1
    assert {"partner_called"} <= {each.event for each in await notices(cast.priya_partner.id)}
    with pytest.raises(NotFound):
        async with transaction() as session:
            await mark_called(session, cast.mallory, deal.id)


async def promised(cast):
    async with reading() as session:
        return await session.get(DealPartner, (cast.deal.id, cast.priya_partner.id))


async def test_a_promise_is_reminded_of_then_late_then_asked_for_once_and_kept_by_news(cast):
    async with transaction() as session:
        due = await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "1")
    assert due == datetime.fromisoformat("2026-03-10T16:00+11:00")
    with pytest.raises(Conflict, match="isn’t late"):
        async with transaction() as session:
            await nudge(session, cast.priya, cast.deal.id)
    async with transaction() as session:
        await promises_due(session, cast.firm.id, "Australia/Sydney", date(2026, 3, 10))
    await tell()
    assert "promise_due" in {each.event for each in await notices(cast.alice_user.id)}
    clock.freeze(due + timedelta(minutes=1))
    async with transaction() as session:
        assert await nudge(session, cast.priya, cast.deal.id)
        assert not await nudge(session, cast.priya, cast.deal.id)
    await tell()
    asked = [each.event for each in await notices(cast.alice_user.id)]
    assert asked.count("partner_nudged") == 1
    await write(cast.alice, cast.deal, "The lender said yes", with_partner=True)
    await tell()
    tie = await promised(cast)
    assert tie.promised_for is None and tie.nudged_at is None


async def test_a_promise_is_a_day_of_the_list_to_somebody_who_follows(cast):
    for wrong in ("2", "x", None, 7, ["1"]):
        with pytest.raises(Invalid):
            async with transaction() as session:
                await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, wrong)
    with pytest.raises(NotFound):
        async with transaction() as session:
            await promise_update(session, cast.alice, cast.deal.id, cast.alice_user.id, "1")
    for actor, error in ((cast.mallory, NotFound), (cast.bob, NotPermitted), (cast.priya, NotPermitted)):
        with pytest.raises(error):
            async with transaction() as session:
                await promise_update(session, actor, cast.deal.id, cast.priya_partner.id, "1")
    async with transaction() as session:
        await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "1")
        assert await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "") is None
    with pytest.raises(Conflict, match="promised no update"):
        async with transaction() as session:
            await nudge(session, cast.priya, cast.deal.id)


async def test_no_promise_is_late_as_soon_as_it_is_made(cast):
    clock.freeze(datetime.fromisoformat("2026-03-09T16:00+11:00"))
    with pytest.raises(Invalid, match="past 4 pm"):
        async with transaction() as session:
            await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "0")
    clock.freeze(datetime.fromisoformat("2026-03-09T15:59+11:00"))
    async with transaction() as session:
        assert await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "0")


async def test_news_that_the_firm_keeps_from_partners_keeps_no_promise(cast):
    async with transaction() as session:
        await allow_event(session, cast.alice, "partner_note", on=False)
        await promise_update(session, cast.alice, cast.deal.id, cast.priya_partner.id, "1")
    await write(cast.alice, cast.deal, "The lender said yes", with_partner=True)
    await tell()
    assert (await promised(cast)).promised_for is not None


async def test_thanks_reach_the_broker_once(cast):
    async with transaction() as session:
        assert await thank(session, cast.priya, cast.deal.id)
        assert not await thank(session, cast.priya, cast.deal.id)
        (await session.get(Deal, cast.deal.id)).settled_on = DAY
    await tell()
    assert [each.event for each in await notices(cast.alice_user.id)].count("partner_thanked") == 1
    for act in (thank, nudge):
        for actor, deal in ((cast.mallory, cast.deal), (cast.priya, cast.other_deal)):
            with pytest.raises(NotFound):
                async with transaction() as session:
                    await act(session, actor, deal.id)
