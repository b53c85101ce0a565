"""Clients are reminded of what is missing until it comes: in the firm's rhythm, once a day, and not a moment longer."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.chasing import chasers, rounds
from salestrekker_portal.domains.chasing.chasers import chase_by_itself, chase_now, chasing_of
from salestrekker_portal.domains.chasing.pausing import pause_deal, pause_request
from salestrekker_portal.domains.chasing.settings import set_rhythm, switch_chasing
from salestrekker_portal.domains.documents import requests, sending
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.texts import MESSAGES
from salestrekker_portal.domains.notifications.choosing import choose_way
from salestrekker_portal.domains.notifications.mornings import keep_mornings
from salestrekker_portal.domains.notifications.stopping import stop_address, stop_or_resume
from salestrekker_portal.kernel.clock import freeze, utc_now
from salestrekker_portal.kernel.errors import Busy, Conflict, Faster, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.chasing import Chase
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.domains.documents.world import give_links, outsiders, upload
from tests.domains.notifications.world import mails, queued, tell

SYDNEY = "Australia/Sydney"
KIND = "notice.still_missing"


@pytest.fixture(autouse=True)
def clock_runs():
    yield
    freeze(None)


def at(day: int, hour: int = 9, minute: int = 5) -> datetime:
    """A moment of March 2026 in Sydney; the 2nd and the 9th are Mondays."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(SYDNEY)).astimezone(UTC)


async def morning(day: int, hour: int = 9) -> list[str]:
    """The worker's rounds of that morning; who has had a chaser so far, by the outbox."""
    freeze(at(day, hour))
    await keep_mornings()
    await tell(timedelta(0))
    return [row.recipient for row in await queued(KIND)]


async def asked(cast, *names: str, day: int = 2, **facts) -> list[DocumentRequest]:
    """Alice's firm chases; she asks Kim for these."""
    freeze(at(day, 8, 0))
    async with transaction() as session:
        await switch_chasing(session, cast.alice, on=True)
        facts = {"contact_id": cast.kim_contact.id, **facts}
        found = [await requests.add_request(session, cast.alice, cast.deal.id, name=name, **facts) for name in names]
        await session.flush()
        await sending.send_requests(session, cast.alice, cast.deal.id)
    await give_links(cast)
    await tell(timedelta(0))
    return found


async def chases() -> list[Chase]:
    async with reading() as session:
        return list(await session.scalars(select(Chase).order_by(Chase.on_day, Chase.created_at)))


async def test_a_paper_is_chased_in_the_firms_rhythm_as_often_as_it_wants(database, cast):
    await asked(cast, "Payslips", "Lease")
    had = {day: len(await morning(day)) for day in (*range(2, 13), 30)}
    # Two, four and seven working days after Monday the 2nd; never again.
    assert [day for day in range(3, 13) if had[day] > had[day - 1]] == [4, 6, 11]
    assert had[30] == 3
    mail = (await mails(KIND))["kim@example.com"]
    assert "Still missing: 2 documents" in mail and "• Payslips\n• Lease" in mail


async def test_one_message_gathers_consent_answers_and_papers(sqlite, cast):
    async with transaction() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.consented_at, access.section_ids, access.created_at = None, ["about-you"], at(2, 7)
    await asked(cast, "Payslips")
    assert await morning(4) == ["kim@example.com"]
    mail = (await mails(KIND))["kim@example.com"]
    for line in ("Still missing: 3 things", "• Read and agree to our privacy papers", "• Finish your answers"):
        assert line in mail
    async with reading() as session:
        seen = await chasing_of(session, cast.alice, cast.deal.id)
    assert [each.what for each, _ in seen.sent] == ["consent, answers, Payslips"]


async def test_it_stops_at_once_when_it_came_was_withdrawn_or_the_way_in_ended(database, cast):
    payslips, lease, _ = await asked(cast, "Payslips", "Lease", "Rates")
    await upload(cast.kim, cast.deal, payslips)
    async with transaction() as session:
        await requests.withdraw_request(session, cast.alice, lease.id)
    assert await morning(4) == ["kim@example.com"]
    assert "Still missing: “Rates”" in (await mails(KIND))["kim@example.com"]
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).revoked_at = utc_now()
    assert [await morning(day) for day in (6, 11, 20)] == [["kim@example.com"]] * 3


async def test_what_comes_between_the_decision_and_the_sending_is_not_asked_for(sqlite, cast):
    (payslips,) = await asked(cast, "Payslips")
    freeze(at(4))
    await keep_mornings()
    async with transaction() as session:
        (await session.get(DocumentRequest, payslips.id)).state = RequestState.UPLOADED
    await tell(timedelta(0))
    assert await queued(KIND) == []


@pytest.mark.parametrize("column", ["locked_at", "archived_at"])
async def test_a_closed_deal_chases_nobody(sqlite, cast, column):
    await asked(cast, "Payslips")
    async with transaction() as session:
        setattr(await session.get(Deal, cast.deal.id), column, utc_now())
    assert await morning(4) == []


async def test_one_person_hears_once_a_day_over_all_deals_of_the_firm(database, cast):
    async with transaction() as session:
        for number in range(3):
            deal = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, cast.kim_contact,
                                        name=f"Deal {number}")  # fmt: skip
            access = await make.make_access(session, deal, cast.kim_contact, cast.alice_user)
            session.add(DocumentRequest(
                deal_id=deal.id, contact_id=access.contact_id, name=f"Paper {number}", added_by=cast.alice_user.id,
                sent_at=at(2, 8), created_at=at(2, 8),
            ))  # fmt: skip
    await asked(cast, "Payslips")
    for day in range(3, 21):
        await morning(day)
    await morning(4, 15)
    days = [each.on_day for each in await chases()]
    assert len(days) == len(set(days)) == 4 * 3
    assert all(day.weekday() < 5 for day in days)


async def test_whoever_is_reminded_of_a_due_day_gets_no_chaser_that_morning(sqlite, cast):
    await asked(cast, "Payslips")
    async with transaction() as session:
        due = DocumentRequest(
            deal_id=cast.deal.id, contact_id=cast.kim_contact.id, name="Lease", due_on=date(2026, 3, 4),
            added_by=cast.alice_user.id, sent_at=at(2, 8), created_at=at(2, 8), position=1,
        )  # fmt: skip
        session.add(due)
    assert await morning(3) == [] and await morning(4) == []
    assert len(await queued("notice.document_due")) == 2
    # The paper that has no day is a day late then, and takes the other along, which is late since the 4th.
    assert await morning(5) == ["kim@example.com"]


async def test_a_pause_holds_one_request_or_the_whole_deal_until_it_is_lifted(sqlite, cast):
    payslips, _ = await asked(cast, "Payslips", "Lease")
    async with transaction() as session:
        assert await pause_request(session, cast.alice, payslips.id, on=True) == "Payslips"
    assert await morning(4) == ["kim@example.com"]
    assert "Payslips" not in (await mails(KIND))["kim@example.com"]
    async with transaction() as session:
        await pause_deal(session, cast.bob, cast.deal.id, on=True)
    assert len(await morning(6)) == len(await morning(20)) == 1
    async with transaction() as session:
        await pause_deal(session, cast.alice, cast.deal.id, on=False)
        await pause_request(session, cast.alice, payslips.id, on=False)
    assert len(await morning(23)) == 2


async def test_switching_it_on_sends_nobody_a_pile_about_old_papers(sqlite, cast):
    async with transaction() as session:
        session.add(DocumentRequest(
            deal_id=cast.deal.id, contact_id=cast.kim_contact.id, name="Old", added_by=cast.alice_user.id,
            sent_at=at(1) - timedelta(days=60), created_at=at(1) - timedelta(days=60),
        ))  # fmt: skip
    assert await morning(3) == []
    freeze(at(3, 12))
    async with transaction() as session:
        await switch_chasing(session, cast.alice, on=True)
    assert await morning(4) == []
    assert await morning(5) == ["kim@example.com"]
    async with transaction() as session:
        await switch_chasing(session, cast.alice, on=False)
    assert len(await morning(20)) == 1


async def test_a_press_reminds_now_and_only_once_a_day(database, cast):
    await asked(cast, "Payslips")
    async with transaction() as session:
        assert await chase_now(session, cast.bob, cast.kim_access.id) == "Kim"
    await tell(timedelta(0))
    assert len(await queued(KIND)) == 1
    with pytest.raises(Conflict, match="reminded today already"):
        async with transaction() as session:
            await chase_now(session, cast.alice, cast.kim_access.id)
    # The rhythm goes on from there: the second of the three, two working days after the press or on its own day.
    assert [len(await morning(day)) for day in (3, 4, 5, 6)] == [1, 1, 1, 2]
    (first, second) = await chases()
    assert (first.by_name, second.by_name) == ("Bob Tran", "")


async def test_two_who_press_at_once_send_one(database, cast):
    await asked(cast, "Payslips")

    async def press(actor) -> bool:
        try:
            async with transaction() as session:
                await chase_now(session, actor, cast.kim_access.id)
        except (Conflict, Busy):
            return False
        return True

    assert sorted(await asyncio.gather(press(cast.alice), press(cast.bob))) == [False, True]
    await tell(timedelta(0))
    assert len(await queued(KIND)) == 1


async def test_a_kill_in_the_middle_of_a_morning_sends_nobody_a_second(database, cast, monkeypatch):
    await asked(cast, "Payslips")
    async with transaction() as session:
        session.add(DocumentRequest(
            deal_id=cast.deal.id, contact_id=cast.sam_contact.id, name="Licence", added_by=cast.alice_user.id,
            sent_at=at(2, 8), created_at=at(2, 8),
        ))  # fmt: skip
    done = []

    async def killed(*place):
        if done:
            raise KeyboardInterrupt
        done.append(await chase_by_itself(*place))
        return done[-1]

    monkeypatch.setattr(rounds, "chase_by_itself", killed)
    freeze(at(4))
    with pytest.raises(KeyboardInterrupt):
        await keep_mornings()
    monkeypatch.undo()
    assert len(await chases()) == 1
    assert sorted(await morning(4)) == ["kim@example.com", "sam@example.com"]
    assert len(await chases()) == 2


async def test_one_press_in_the_mail_ends_reminders_and_what_needs_a_link_still_comes(sqlite, cast):
    await asked(cast, "Payslips")
    await morning(4)
    address = stop_address(BY_KEY["still_missing"], cast.firm.id, cast.kim_access.id)
    assert address
    async with transaction() as session:
        await stop_or_resume(session, address.rpartition("/")[2], on=False)
    assert len(await morning(6)) == 1
    async with transaction() as session:
        await requests.add_request(session, cast.alice, cast.deal.id, name="Rates", contact_id=cast.kim_contact.id)
        await session.flush()
        await sending.send_requests(session, cast.alice, cast.deal.id)
    await tell(timedelta(0))
    assert len(await queued("notice.documents_requested")) == 2


async def test_only_an_admin_sets_the_rhythm_and_two_admins_dont_undo_each_other(sqlite, cast):
    with pytest.raises(NotPermitted):
        async with transaction() as session:
            await switch_chasing(session, cast.bob, on=True)
    async with transaction() as session:
        await set_rhythm(session, cast.alice, {"rhythm": "1, 3", "most": "4"})
    shown = {"rhythm": "2, 4, 7", "most": "3"}
    with pytest.raises(Faster):
        async with transaction() as session:
            await set_rhythm(session, cast.alice, {"rhythm": "5", "most": "3"}, shown)
    with pytest.raises(Invalid) as refusal:
        async with transaction() as session:
            await set_rhythm(session, cast.alice, {"rhythm": "x", "most": "99"})
    assert set(refusal.value.errors) == {"rhythm", "most"}


async def test_nobody_outside_the_firm_chases_pauses_or_looks(sqlite, cast):
    (payslips,) = await asked(cast, "Payslips")
    for name, refusal in outsiders():
        actor = getattr(cast, name)
        for act in (
            lambda session, who=actor: chase_now(session, who, cast.kim_access.id),
            lambda session, who=actor: pause_deal(session, who, cast.deal.id, on=True),
            lambda session, who=actor: chasing_of(session, who, cast.deal.id),
        ):
            with pytest.raises(refusal):
                async with transaction() as session:
                    await act(session)
        with pytest.raises((NotFound, NotPermitted)):
            async with transaction() as session:
                await pause_request(session, actor, payslips.id, on=True)
    assert await chases() == []


async def test_a_chaser_by_text_costs_two_at_most_and_waits_for_the_day(sqlite, cast):
    assert MESSAGES["still_missing"].has_sms and chasers.EVENT == "still_missing"
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).name = "Featherstonehaugh & Ngāwhare Mortgage Brokers"
    await asked(cast, "Statement of all the transactions of your main account, last six months, from your bank")
    freeze(at(4, 4))
    async with transaction() as session:
        await choose_way(session, cast.alice, for_firm=True, key="still_missing", channel=Channel.SMS, on=True)
        await chase_now(session, cast.alice, cast.kim_access.id)
    await tell(timedelta(0))
    (text,) = [row for row in await queued(KIND) if row.channel is Channel.SMS]
    assert text.credits_held <= 2 and text.due_at == at(4, 8, 0)
