"""Writing by hand: to whom, in which words, when it leaves and what it costs, and what never leaves."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from salestrekker_portal.adapters.email_smtp import mail_of
from salestrekker_portal.config import settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.quotas import LETTERS_A_DAY
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.letters.rules import NOTHING, WAY_IN, Draft
from salestrekker_portal.domains.letters.sending import look_at, write_letter
from salestrekker_portal.domains.letters.taking_back import NEVER_LEFT, take_back
from salestrekker_portal.domains.notifications.again import BY_HAND, message_again, send_again
from salestrekker_portal.domains.notifications.log import told_about
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.pipeline.settling import archive_deal, settle_deal
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import AlreadyDone, Busy, Conflict, Invalid, NotFound, NotPermitted
from salestrekker_portal.tables.access import Throttle
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import DealApplicant, PartnersSee
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage
from salestrekker_portal.tables.partners import PartnerMembership
from tests.cast import Cast
from tests.domains.documents.world import give_links
from tests.domains.notifications.test_telling import balance, sms
from tests.domains.notifications.world import queued

pytestmark = pytest.mark.usefixtures("database")
NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Australia/Sydney"))
NIGHT = NOON.replace(hour=23)
EVENING = NOON.replace(hour=20, minute=30)


@pytest.fixture(autouse=True)
def clock_runs():
    clock.freeze(NOON)
    yield
    clock.freeze(None)


def mail(
    text: str = "[Greeting] [Client first name], call me.\n[Signature]", subject: str = "About your loan"
) -> Draft:
    return Draft(channel=Channel.EMAIL, audience=Audience.CLIENT, subject=subject, text=text)


def text(words: str = "Hi [Client first name], call me. [Broker first name]") -> Draft:
    return Draft(channel=Channel.SMS, audience=Audience.CLIENT, text=words)


def to_partner(words: str = "[Greeting] [Partner first name], [Client names] is going well.\n[Signature]") -> Draft:
    return Draft(channel=Channel.EMAIL, audience=Audience.PARTNER, subject="News", text=words)


async def write(cast: Cast, draft: Draft, *to: str, by=None, **how):
    async with transaction() as session:
        return await write_letter(session, by or cast.alice, cast.deal.id, draft, to, **how)


async def look(cast: Cast, draft: Draft, *to: str, **how):
    async with reading() as session:
        return await look_at(session, cast.alice, cast.deal.id, draft, to, **how)


def kim(cast: Cast) -> str:
    return f"contact-{cast.kim_contact.id}"


def sam(cast: Cast) -> str:
    return f"contact-{cast.sam_contact.id}"


def priya(cast: Cast) -> str:
    return f"partner-{cast.priya_partner.id}"


async def change(row, **facts) -> None:
    async with transaction() as session:
        found = await session.get(type(row), row.id)
        for name, value in facts.items():
            setattr(found, name, value)


async def test_an_e_mail_reaches_each_by_name_and_is_answered_to_whoever_wrote(cast):
    await write(cast, mail(), kim(cast), sam(cast))
    both = await queued("letter.client")
    said = {row.recipient: opened(row).content for row in both}
    assert set(said) == {"kim@example.com", "sam@example.com"}
    one = said["kim@example.com"]
    assert one.paragraphs[0] == "Hello Kim, call me." and one.reply_to == "alice@example.com" and not one.link
    assert "Alice O’Rourke" in one.paragraphs[-1] and one.sender == "Alice O’Rourke at Harbour Finance" and one.why
    assert said["sam@example.com"].paragraphs[0] == "Hello Sam, call me."
    assert "Auto-Submitted" not in mail_of(opened(both[0]), "portal@example.com")


async def test_it_stands_in_the_deal_and_is_read_again_but_not_repeated(cast):
    await write(cast, mail(), kim(cast))
    async with reading() as session:
        [told] = [each for each in await told_about(session, cast.bob, cast.deal.id) if each.channel]
        _, content = await message_again(session, cast.bob, cast.deal.id, told.id)
        deed = await session.scalar(select(Activity).where(Activity.kind == "letter:sent"))
    assert told.what == "Written by hand" and content.paragraphs[0] == "Hello Kim, call me."
    assert deed.facts == {"to": "Kim Nguyen", "way": "e-mail"}
    with pytest.raises(Conflict, match=BY_HAND):
        async with transaction() as session:
            await send_again(session, cast.alice, cast.deal.id, told.id)


async def test_a_text_shows_its_price_before_it_leaves_and_costs_as_much(cast):
    await sms(cast, credits=10)
    seen = await look(cast, text("Hi [Client first name]. " + "x" * 160), kim(cast), sam(cast))
    assert [each.written.credits for each in seen.leaving] == [2, 2] and (seen.credits, seen.balance) == (4, 10)
    await write(cast, text("Hi [Client first name]. " + "x" * 160), kim(cast), sam(cast))
    assert await balance(cast) == 6


async def test_too_few_credits_stop_all_of_it_and_say_how_many(cast):
    await sms(cast, credits=1)
    with pytest.raises(Invalid) as refused:
        await write(cast, text(), kim(cast), sam(cast))
    assert "2 SMS credits" in refused.value.errors["to"] and "1 is left" in refused.value.errors["to"]
    assert await queued("letter") == [] and await balance(cast) == 1
    assert (await look(cast, text(), kim(cast), sam(cast))).errors["to"] == refused.value.errors["to"]


async def test_a_text_waits_for_the_morning_unless_somebody_says_so_while_most_are_up(cast):
    await sms(cast)
    clock.freeze(EVENING)
    [one] = (await look(cast, text(), kim(cast))).leaving
    assert one.may_now and one.at == NOON.replace(hour=8) + timedelta(days=1)
    [now] = await write(cast, text(), kim(cast), at_once=True)
    assert now.at == EVENING
    clock.freeze(NIGHT)
    [later] = await write(cast, text(), kim(cast), at_once=True)
    assert not later.may_now and later.at == NOON.replace(hour=8) + timedelta(days=1)


async def test_where_somebody_is_counts(cast):
    await sms(cast)
    await change(cast.sam_contact, time_zone="Australia/Perth")
    clock.freeze(EVENING)
    first, second = (await look(cast, text(), kim(cast), sam(cast))).leaving
    assert first.at > EVENING and second.at == EVENING  # half past five in Perth


async def test_what_waits_is_taken_back_with_its_credit(cast):
    await sms(cast, credits=5)
    clock.freeze(NIGHT)
    await write(cast, text(), kim(cast))
    [row] = await queued("letter")
    assert await balance(cast) == 4
    for who, why in ((cast.bob, NotPermitted), (cast.mallory, NotFound), (cast.kim, NotPermitted)):
        with pytest.raises(why):
            async with transaction() as session:
                await take_back(session, who, cast.deal.id, row.id)
    async with transaction() as session:
        assert await take_back(session, cast.alice, cast.deal.id, row.id) == "Kim Nguyen"
    [row] = await queued("letter")
    assert row.status is Delivery.WITHDRAWN and row.sealed == "" and await balance(cast) == 5
    with pytest.raises(Conflict, match=NEVER_LEFT):
        async with transaction() as session:
            await take_back(session, cast.alice, cast.deal.id, row.id)


async def test_nothing_but_letters_is_taken_back(cast):
    await write(cast, mail(), kim(cast))
    [row] = await queued("letter")
    await change(row, kind="notice.note_shared")
    with pytest.raises(NotFound):
        async with transaction() as session:
            await take_back(session, cast.alice, cast.deal.id, row.id)


@pytest.mark.parametrize(
    "name", ["Kim {deal}", "[PIN]", "{client_first_name}", "Tāne Ngāti", "Zoë 🦊", "%s {} {0}", "<b>Kim</b>", "[Link]"]
)
async def test_names_stay_names(cast, name):
    await change(cast.kim_contact, first_name=name)
    await write(cast, mail("[Client first name], hello there.\n{0} %s"), kim(cast))
    [row] = await queued("letter")
    assert opened(row).content.paragraphs == [f"{name}, hello there.", "{0} %s"]


@pytest.mark.parametrize(
    ("subject", "words", "where", "sentence"),
    [
        ("", "Hello there", "subject", "Give the e-mail a subject."),
        ("x" * 121, "Hello there", "subject", "This has 121"),
        ("Hello", "x" * 4_001, "text", "This has 4,001"),
        ("Hello", "", "text", NOTHING),
        ("Hello", "[Greeting] [Client first name],\n\n[Signature]", "text", NOTHING),
        ("Hello", "Hi [Client frist name]", "text", "Did you mean [Client first name]"),
        ("Hello", "Your PIN is [PIN]", "text", "says nothing in this message"),
        ("Hello", "Hi {{client}}", "text", "Take the curly ones out"),
        ("Hello [Link]", "Hello there", "subject", "Take [Link] out"),
        ("Hello", "Hi [Partner first name]", "text", "says nothing in this message"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_leaves(cast, subject, words, where, sentence):
    with pytest.raises(Invalid) as refused:
        await write(cast, mail(words, subject), kim(cast))
    assert sentence in refused.value.errors[where] and await queued("letter") == []


async def test_a_text_that_is_too_long_is_refused_in_words(cast):
    await sms(cast)
    with pytest.raises(Invalid) as refused:
        await write(cast, text("x" * 460), kim(cast))
    assert "This has 460" in refused.value.errors["text"]


TOKEN = "Zm9vYmFyYmF6cXV4"


@pytest.mark.parametrize(
    "way_in",
    [
        "{origin}/portal/" + TOKEN,
        "{host}/portal/" + TOKEN,
        "https://www.elsewhere.example.com/portal/" + TOKEN,
        "{origin}/set-password?token=abc",
        "{HOST}/partner/set-password?x=1&token=abc",
        "{origin}/setup?code=abc",
    ],
)
@pytest.mark.parametrize("where", ["subject", "text"])
async def test_no_way_in_leaves_by_hand(cast, way_in, where):
    origin = settings().public_origin
    host = origin.split("://")[1]
    link = way_in.format(origin=origin, host=host, HOST=host.upper())
    draft = mail(subject=link[:110]) if where == "subject" else mail(f"Here you are: {link}")
    with pytest.raises(Invalid) as refused:
        await write(cast, draft, kim(cast))
    assert refused.value.errors[where] == WAY_IN and await queued("letter") == []


async def test_other_addresses_may_stand_in_it(cast):
    words = f"See https://bank.example.com/portal/login, {settings().public_origin}/privacy and alice@example.com/x"
    await write(cast, mail(words), kim(cast))
    assert opened((await queued("letter"))[0]).content.paragraphs == [words]


async def test_the_link_goes_only_where_it_was_invited(cast):
    await give_links(cast)
    await write(cast, mail("Here it is: [Link]"), kim(cast))
    content = opened((await queued("letter"))[0]).content
    assert "/portal/" in content.link and content.link in content.paragraphs[0] and content.link_label
    clock.freeze(NOON + timedelta(minutes=1))
    await change(cast.kim_contact, email="other@example.com")
    with pytest.raises(Invalid) as refused:
        await write(cast, mail("Here it is: [Link]"), kim(cast), sam(cast))
    assert "[Link] can’t go to Kim Nguyen" in refused.value.errors["text"] and "Sam" not in refused.value.errors["text"]
    await write(cast, mail("No link here"), kim(cast))
    last = (await queued("letter"))[-1]
    assert last.recipient == "other@example.com" and "/portal/" not in repr(opened(last).content)


async def test_what_is_kept_for_reading_again_holds_no_link(cast):
    await give_links(cast)
    await write(cast, mail("Here it is: [Link]"), kim(cast))
    [row] = await queued("letter")
    link = opened(row).content.link
    async with reading() as session:
        _, content = await message_again(session, cast.alice, cast.deal.id, row.id)
    assert link not in repr(content) and "Here it is" in content.paragraphs[0]


async def test_whoever_cannot_be_reached_is_said_to_be_and_the_others_get_nothing_either(cast):
    await sms(cast)
    await change(cast.sam_contact, email=None, mobile=None, sms_opted_out_at=None)
    for draft, sentence in ((mail(), "no e-mail address for Sam Nguyen"), (text(), "no mobile number for Sam Nguyen")):
        with pytest.raises(Invalid) as refused:
            await write(cast, draft, kim(cast), sam(cast))
        assert sentence in refused.value.errors["to"]
    await change(cast.kim_contact, sms_opted_out_at=NOON)
    with pytest.raises(Invalid, match="answered STOP"):
        await write(cast, text(), kim(cast))
    await sms(cast, on=False)
    with pytest.raises(Invalid, match="SMS is off"):
        await write(cast, text(), kim(cast))
    assert await queued("letter") == []


async def test_an_address_that_came_back_is_not_written_to(cast):
    await write(cast, mail(), kim(cast))
    [row] = await queued("letter")
    await change(row, status=Delivery.BOUNCED, reported_at=NOON)
    clock.freeze(NOON + timedelta(minutes=1))
    with pytest.raises(Invalid, match="came back"):
        await write(cast, mail(), kim(cast))


async def test_whose_access_was_ended_is_not_written_to_and_what_waits_for_them_never_leaves(cast):
    await sms(cast)
    clock.freeze(NIGHT)
    await write(cast, text(), kim(cast))
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, cast.kim_access.id)
    [waiting] = await queued("letter")
    assert waiting.status is Delivery.WITHDRAWN
    with pytest.raises(Invalid, match="access to the client portal was ended"):
        await write(cast, mail(), kim(cast))
    await write(cast, mail(), sam(cast))


async def test_after_settling_everybody_is_thanked_and_on_an_archived_deal_nobody_is_written_to(cast):
    async with transaction() as session:
        await settle_deal(session, cast.alice, cast.deal.id)
    await write(cast, mail("Thank you!"), kim(cast), sam(cast))
    clock.freeze(NOON + timedelta(minutes=1))
    async with transaction() as session:
        await archive_deal(session, cast.alice, cast.deal.id)
    with pytest.raises(Conflict, match="archived"):
        await write(cast, mail("Thank you!"), kim(cast))


async def test_a_partner_is_written_to_and_hears_nothing_that_the_client_keeps_private(cast):
    await write(cast, to_partner(), priya(cast))
    [row] = await queued("letter.partner")
    assert row.recipient == "priya@example.com" and "Hello Priya," in opened(row).content.paragraphs[0]
    with pytest.raises(NotFound):
        await write(cast, to_partner(), kim(cast))
    async with transaction() as session:
        for each in await session.scalars(select(DealApplicant).where(DealApplicant.deal_id == cast.deal.id)):
            each.partners_see = PartnersSee.NOTHING
    with pytest.raises(Invalid, match="lets partners see nothing"):
        await write(cast, to_partner(), priya(cast))
    async with transaction() as session:
        for each in await session.scalars(select(DealApplicant).where(DealApplicant.deal_id == cast.deal.id)):
            each.partners_see = None
        [place] = await session.scalars(select(PartnerMembership))
        place.disabled_at = NOON
    with pytest.raises(Invalid, match="switched off under Partners"):
        await write(cast, to_partner(), priya(cast))


async def test_only_brokers_of_the_firm_write(cast):
    for who, why in (
        (cast.bob, NotPermitted), (cast.kim, NotPermitted), (cast.priya, NotPermitted), (cast.mallory, NotFound),
    ):  # fmt: skip
        with pytest.raises(why):
            await write(cast, mail(), kim(cast), by=who)
        with pytest.raises(why):
            async with reading() as session:
                await look_at(session, who, cast.deal.id, mail(), [kim(cast)])
    for nobody in ([], [f"contact-{cast.deal.id}"], ["garbage"], [priya(cast)]):
        with pytest.raises((Invalid, NotFound)):
            await write(cast, mail(), *nobody)
    assert await queued("letter") == []


async def test_once_is_once_also_in_two_tabs_at_the_same_moment(cast):
    tried = await asyncio.gather(*[write(cast, mail(), kim(cast)) for _ in range(4)], return_exceptions=True)
    assert sum(isinstance(each, list) for each in tried) == 1
    assert {type(each) for each in tried if isinstance(each, Exception)} <= {AlreadyDone, Busy}
    assert len(await queued("letter")) == 1


async def test_two_brokers_do_not_spend_one_credit_twice(cast):
    await sms(cast, credits=1)
    tried = await asyncio.gather(write(cast, text(), kim(cast)), write(cast, text(), sam(cast)), return_exceptions=True)
    assert sum(isinstance(each, list) for each in tried) == 1 and await balance(cast) == 0


async def test_there_is_a_days_limit_in_words(cast):
    async with transaction() as session:
        session.add(
            Throttle(
                key=f"letters-day:{cast.alice.id}", count=LETTERS_A_DAY - 1, window_ends_at=NOON + timedelta(hours=3)
            )
        )
    with pytest.raises(Conflict, match="tomorrow"):
        await write(cast, mail(), kim(cast), sam(cast))
    assert await queued("letter") == []
    await write(cast, mail(), kim(cast))


async def test_a_company_is_greeted_by_its_contact_person(cast):
    async with transaction() as session:
        found = await session.get(Contact, cast.kim_contact.id)
        found.company_name = "Nguyen {Holdings} Pty Ltd"
    await write(cast, mail("[Greeting] [Client first name] of [Client name], hello."), kim(cast))
    assert opened((await queued("letter"))[0]).content.paragraphs == [
        "Hello Kim Nguyen of Nguyen {Holdings} Pty Ltd, hello."
    ]


async def test_nothing_is_written_while_somebody_looks(cast):
    await look(cast, mail("Hello [Client first name"), kim(cast))
    async with reading() as session:
        assert (await session.scalars(select(OutboxMessage))).all() == []
