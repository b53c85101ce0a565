"""Messages to partners in the firm's own words: kept, shown, tried on oneself, reset, and safe with any words."""

import asyncio

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import (
    allow_event,
    partner_settings_of,
    partner_words_of,
    use_standard_partner_words,
    write_partner_words,
)
from salestrekker_portal.domains.notices.catalogue import events_for
from salestrekker_portal.domains.notices.texts import MESSAGES, PARTNER_MESSAGES, checked_words
from salestrekker_portal.domains.notices.wording import Wording
from salestrekker_portal.domains.notifications.partner_tests import partner_preview, send_partner_test
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.domains.pipeline.moving import move_deal
from salestrekker_portal.kernel.errors import Busy, Invalid, NotPermitted
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notifications import Audience
from tests.cast import Cast
from tests.domains.notifications.test_telling import partner_wants
from tests.domains.notifications.world import mails, queued, tell

pytestmark = pytest.mark.usefixtures("database")
STAGE = {
    "subject": "[Client names]: news", "email_text": "Kia ora [Partner first name],\nthey are at [Stage].\n[Signature]",
    "sms_text": "[Client names] {0}: [Stage]",
}  # fmt: skip


async def keep(cast: Cast, key: str = "partner_stage", by=None, **changes) -> None:
    async with transaction() as session:
        await write_partner_words(session, by or cast.alice, key=key, typed={**STAGE, **changes})


async def words(cast: Cast, key: str = "partner_stage") -> Wording:
    async with reading() as session:
        return partner_words_of(await partner_settings_of(session, cast.alice), key)


async def test_a_partner_reads_the_firms_words_by_e_mail_and_text(cast):
    await keep(cast)
    await partner_wants(cast, "partner_stage", email=True)
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).clients_line = "Tāne {deal} Ngāti"
        await move_deal(session, cast.alice, cast.deal.id, cast.stages[2].id)
    await tell()
    said = (await mails("notice.partner_stage"))["priya@example.com"]
    assert said.startswith("Tāne {deal} Ngāti: news\nKia ora Priya,\nthey are at ")
    [row] = await queued("notice.partner_stage")
    assert opened(row).content.link.endswith(f"/partner/deals/{cast.deal.id}")


async def test_ours_are_back_and_what_was_allowed_stays(cast):
    standard = await words(cast)
    await keep(cast)
    async with transaction() as session:
        await allow_event(session, cast.alice, "partner_note", on=False)
    assert (await words(cast)).subject == STAGE["subject"]
    async with transaction() as session:
        await use_standard_partner_words(session, cast.alice, key="partner_stage")
    assert await words(cast) == standard
    async with reading() as session:
        kept = await partner_settings_of(session, cast.alice)
    assert kept.words == {} and kept.notifications == {"partner_note": False}


async def test_words_like_ours_are_not_kept_as_own(cast):
    standard = await words(cast)
    typed = {name: getattr(standard, name) for name in ("subject", "email_text", "sms_text")}
    await keep(cast, **typed)
    async with reading() as session:
        assert (await partner_settings_of(session, cast.alice)).words == {}


@pytest.mark.parametrize("event", events_for(Audience.PARTNER), ids=lambda event: event.key)
async def test_every_message_to_partners_has_words_a_preview_and_a_test(cast, event):
    message = PARTNER_MESSAGES[event.key]
    assert checked_words(message, vars(message.standard)) == message.standard
    async with reading() as session:
        shown = await partner_preview(session, cast.alice, event.key, message.standard)
    assert shown.subject and "[" not in shown.subject + "".join(shown.paragraphs) + shown.sms
    async with transaction() as session:
        typed = {**vars(message.standard), "email_text": "Just {this} <b>now</b>"}
        assert await send_partner_test(session, cast.alice, event.key, typed) == "alice@example.com"
    [row] = await queued("test.partner")
    assert opened(row).content.paragraphs == ["Just {this} <b>now</b>"]


@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ({"subject": ""}, "subject", "Write what the subject says"),
        ({"email_text": "x" * 4_001}, "email_text", "This has 4,001"),
        ({"sms_text": "x" * 460}, "sms_text", "This has 460"),
        ({"email_text": "Dear [Client first name]"}, "email_text", "says nothing in this message"),
        ({"email_text": "[PIN]"}, "email_text", "says nothing in this message"),
        ({"sms_text": "[Link]"}, "sms_text", "A link never stands in an SMS"),
        ({"email_text": "[Partner frist name]"}, "email_text", "Did you mean [Partner first name]"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(cast, changes, where, sentence):
    with pytest.raises(Invalid) as refused:
        await keep(cast, **changes)
    assert sentence in refused.value.errors[where]
    async with reading() as session:
        assert (await partner_settings_of(session, cast.alice)).words == {}


async def test_only_admins_and_only_messages_to_partners(cast):
    with pytest.raises(NotPermitted):
        await keep(cast, by=cast.bob)
    for key in ("note_shared", "client_uploaded", "", None, 3):
        with pytest.raises(Invalid):
            await keep(cast, key=key)
    await keep(cast, by=cast.mallory)
    assert await words(cast) == PARTNER_MESSAGES["partner_stage"].standard
    assert not MESSAGES.keys() & PARTNER_MESSAGES.keys()


async def test_two_admins_on_two_messages_keep_both(cast):
    tried = await asyncio.gather(keep(cast), keep(cast, key="partner_note", email_text="x", sms_text="y"),
                                 return_exceptions=True)  # fmt: skip
    assert {type(each) for each in tried if each is not None} <= {Busy, Invalid}
    async with reading() as session:
        kept = (await partner_settings_of(session, cast.alice)).words
    assert len(kept) == tried.count(None)


async def test_a_client_named_like_a_value_stays_a_name(cast):
    async with transaction() as session:
        (await session.get(Contact, cast.kim_contact.id)).first_name = "[Stage]"
        (await session.get(Deal, cast.deal.id)).clients_line = "[Stage] {0}"
    await keep(cast)
    await partner_wants(cast, "partner_stage", email=True)
    async with transaction() as session:
        await move_deal(session, cast.alice, cast.deal.id, cast.stages[2].id)
    await tell()
    assert (await mails("notice.partner_stage"))["priya@example.com"].startswith("[Stage] {0}: news")
