"""What was missed in the messages, one after another: each is said now, to whom, and in words that are true."""

from datetime import date, timedelta

import pytest

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.activity.sentences import sentence_of
from salestrekker_portal.domains.clients import sharing as clients
from salestrekker_portal.domains.documents import review
from salestrekker_portal.domains.documents.requests import add_request
from salestrekker_portal.domains.documents.sending import send_requests
from salestrekker_portal.domains.notices.calendar import day_behind
from salestrekker_portal.domains.notices.causes import OUTCOMES
from salestrekker_portal.domains.notices.words import path_of
from salestrekker_portal.domains.notices.words import sentence_of as sentence_of_news
from salestrekker_portal.domains.notifications import bell, mornings
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.partners.service import add_partner
from salestrekker_portal.domains.pipeline.settling import settle_deal
from salestrekker_portal.domains.pipeline.stopping import stop_deal
from salestrekker_portal.domains.portal_access.messages import LINK_REPLACED, PIN_KEPT
from salestrekker_portal.domains.signing_in.sign_in import link_is_good, set_password, whose_link
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import due_words, weekday_words
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import DocumentRequest, RequestState
from salestrekker_portal.tables.partners import Partner
from tests.domains.documents.world import give_links
from tests.domains.notifications.world import mails, queued, tell
from tests.domains.partners.test_referrals import _refer, leads  # noqa: F401  the fixture

pytestmark = pytest.mark.usefixtures("database")


async def test_a_partner_hears_that_their_deal_settled_and_the_client_is_congratulated(cast):
    await give_links(cast)
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    await tell()
    read = await mails("notice.")
    priya = read["priya@example.com"]
    assert priya.startswith("Settled: ") and "Thank you for sending them to us" in priya
    assert "Kim Nguyen" in priya.splitlines()[0] and "Priya" not in priya.splitlines()[0]
    assert read["kim@example.com"].startswith("Your loan has settled. Congratulations!")
    kinds = [row.kind for row in await queued("notice.") if row.recipient == "kim@example.com"]
    assert kinds == ["notice.deal_settled"]
    assert not any(opened(row).content.link for row in await queued("notice.deal_settled"))


@pytest.mark.parametrize("outcome", ["declined", "withdrawn", "lost"])
async def test_a_partner_hears_that_a_deal_does_not_go_ahead_and_never_why(cast, outcome):
    async with transaction() as session:
        await stop_deal(session, cast.alice, cast.deal.id, outcome=outcome, reason="credit", note="Undisclosed debt")
    await tell()
    [row] = await queued("notice.partner_ended")
    content = opened(row).content
    said = " ".join([content.subject, *content.paragraphs]).lower()
    assert content.subject.startswith("Not going ahead: Kim Nguyen")
    assert OUTCOMES[f"deal:{outcome}"] in said and "debt" not in said and "credit" not in said
    assert content.link.endswith("/partner")
    async with transaction() as session:
        [(news, _)] = await bell.news_of(session, cast.priya)
        assert path_of(news) == "/partner" and "credit" not in sentence_of_news(news).lower()


async def test_a_client_hears_that_it_does_not_go_ahead_and_never_why(cast):
    await give_links(cast)
    async with transaction() as session:
        await stop_deal(session, cast.alice, cast.deal.id, outcome="declined", reason="credit", note="Undisclosed debt")
    await tell()
    kinds = {row.kind for row in await queued("notice.") if row.recipient == "kim@example.com"}
    said = (await mails("notice.deal_ended"))["kim@example.com"]
    assert kinds == {"notice.deal_ended"} and said.startswith("Your application is closed")
    assert "your page is closed" in said.lower() and not {"debt", "credit", "declined"} & set(said.lower().split())


async def _ask(cast, *names):
    """These papers of Kim, as though they were asked for long ago."""
    async with transaction() as session:
        asked = [await add_request(session, cast.alice, cast.deal.id, name=n, contact_id=cast.kim.id) for n in names]
        for request in asked:
            request.sent_at = utc_now()
    return asked


async def test_each_paper_that_is_needed_again_comes_with_its_own_reason(cast):
    await give_links(cast)
    asked = await _ask(cast, "Payslip", "Lease")
    async with transaction() as session:
        for request in asked:
            (await session.get(DocumentRequest, request.id)).state = RequestState.UPLOADED
    for request, why in zip(asked, ("Page 2 is missing.", "It is cut off."), strict=True):
        async with transaction() as session:
            await review.ask_again(session, cast.alice, request.id, why)
    await tell()
    said = (await mails("notice.document_asked_again"))["kim@example.com"].splitlines()
    assert said[0] == "Please send 2 documents again"
    assert "• Payslip: Page 2 is missing." in said and "• Lease: It is cut off." in said


async def test_each_day_by_which_papers_are_asked_for_goes_into_a_calendar(cast):
    await give_links(cast)
    first = utc_now().date() + timedelta(days=20)
    async with transaction() as session:
        for name, days in (("Payslip", 0), ("Lease", 0), ("Title", 3), ("Licence", None)):
            request = await add_request(session, cast.alice, cast.deal.id, name=name, contact_id=cast.kim.id)
            request.due_on = None if days is None else first + timedelta(days=days)
    async with transaction() as session:
        await send_requests(session, cast.alice, cast.deal.id)
    await tell()
    [row] = [each for each in await queued("notice.documents_requested") if each.recipient == "kim@example.com"]
    days = [day_behind(to.rpartition("/")[2].removesuffix(".ics"), settings().secrets) for _, to in
            opened(row).content.ways]  # fmt: skip
    assert [each.day for each in days] == [first.isoformat(), (first + timedelta(days=3)).isoformat()]
    assert days[0].title.startswith("2 documents due") and days[1].about == "Title"


async def test_each_paper_that_does_not_apply_comes_with_its_own_reason(cast):
    asked = await _ask(cast, "Lease", "Title")
    for request, why in zip(asked, ("I live with my parents", "We rent"), strict=True):
        async with transaction() as session:
            await review.say_it_does_not_apply(session, cast.kim, request.id, why)
    await tell()
    said = (await mails("notice.client_declined"))["alice@example.com"].splitlines()
    assert "• Lease: I live with my parents" in said and "• Title: We rent" in said


async def test_a_leads_e_mail_has_the_numbers_to_call_and_is_answered_to_the_partner(cast, leads):  # noqa: F811
    async with transaction() as session:
        (await session.get(Partner, cast.priya_partner.id)).phone = "+61491570110"
    await _refer(cast.priya)
    await tell()
    [row] = await queued("notice.partner_lead")
    content = opened(row).content
    facts = dict(content.facts)
    assert content.subject == "New lead: Erin Kearney" and content.reply_to == "priya@example.com"
    assert facts["Mobile"] == "0491 570 110" and facts["E-mail"] == "erin@example.com" and facts["Priya says"]
    assert "call 0491 570 110" in " ".join(content.paragraphs)


async def test_a_partners_invitation_is_a_persons_and_names_firm_and_address(cast):
    async with transaction() as session:
        await add_partner(
            session, cast.alice, first_name="Dev", last_name="Patel", email="dev@example.com",
            assigned_user_id=cast.alice_user.id,
        )  # fmt: skip
    [row] = await queued("partner.invitation")
    content = opened(row).content
    assert content.reply_to == "alice@example.com" and content.firm == "Harbour Finance"
    assert content.paragraphs[-1].startswith("Questions? Reply to this e-mail")
    async with transaction() as session:
        link = await link_is_good(session, content.link.partition("token=")[2])
        assert await whose_link(session, link) == ("dev@example.com", "Harbour Finance")


async def test_a_second_firms_invitation_leaves_the_first_ones_link_alone_until_one_is_used(cast):
    for actor, user in ((cast.alice, cast.alice_user), (cast.mallory, cast.mallory_user)):
        async with transaction() as session:
            await add_partner(
                session, actor, first_name="Dev", last_name="Patel", email="dev@example.com", assigned_user_id=user.id
            )
    first, second = (opened(row).content.link.partition("token=")[2] for row in await queued("partner.invitation"))
    async with transaction() as session:
        assert await link_is_good(session, first) and await link_is_good(session, second)
        await set_password(session, first, "harbour ferry at nine")
    async with transaction() as session:
        assert await link_is_good(session, first) is None and await link_is_good(session, second) is None


async def test_an_invitation_that_goes_again_says_what_it_replaces_and_sends_no_digits(cast):
    await give_links(cast)
    async with transaction() as session:
        access = await session.merge(cast.kim_access)
        access.pin_hash = "x"
        contact = await session.get(Contact, cast.kim_contact.id)
        contact.mobile = contact.mobile or "+61491570156"
    async with transaction() as session:
        await clients.resend(session, cast.alice, cast.kim_access.id)
    said = "\n".join(opened((await queued("portal.invitation"))[-1]).content.paragraphs)
    assert LINK_REPLACED in said and PIN_KEPT in said and "We sent six digits" not in said
    assert await queued("portal.pin") == []


def test_whose_mailbox_a_pin_went_to_is_said_by_name():
    deed = Activity(kind="portal_access:pin_emailed", facts={"contact": "Ngaire Parata", "to": "Alice O’Rourke"})
    assert sentence_of(deed) == "had Ngaire Parata’s PIN e-mailed to Alice O’Rourke"
    older = Activity(kind=deed.kind, facts={"contact": "Kim"})
    assert sentence_of(older) == "had Kim’s PIN e-mailed to the deal’s owner"


async def test_what_is_due_says_today_and_is_true_of_one_and_of_many(cast):
    await give_links(cast)
    today = date(2026, 3, 13)
    async with transaction() as session:
        deal = await session.get(Deal, cast.deal.id)
        session.add(DocumentRequest(
            deal_id=deal.id, name="Payslips", contact_id=cast.kim_contact.id, due_on=today, sent_at=deal.created_at,
            added_by=cast.alice_user.id,
        ))  # fmt: skip
    async with transaction() as session:
        await mornings._documents_due(session, cast.firm.id, today)
    await tell()
    read = (await mails("notice.document_due"))["kim@example.com"]
    assert "They are due" not in read and "• Payslips" in read
    assert due_words(today, today) == "today, 13 March" and due_words(date(2026, 3, 14), today) == "tomorrow, 14 March"
    assert weekday_words(date(2026, 3, 20), today) == "Friday 20 March"
    assert weekday_words(date(2027, 1, 1), today) == "Friday 1 January 2027"


def test_names_are_cut_between_words_and_only_where_there_are_any():
    assert shortened("Siobhán O’Dea and Tāne Rewi", 20) == "Siobhán O’Dea and…"
    assert shortened("Featherstonehaugh-Ngāwhare", 12) == "Featherston…"
    assert shortened("Kim Nguyen", 10) == "Kim Nguyen"
