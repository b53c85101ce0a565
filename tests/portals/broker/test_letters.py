"""The drawer “Write” and the settings behind it, through the gate: what is shown, kept and refused."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.letters.rules import start_of
from salestrekker_portal.domains.outbox.service import opened
from salestrekker_portal.portals.broker.deal.activity_state import ActivityState
from salestrekker_portal.portals.broker.letters.state import WriteState
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.settings.message_templates.state import MessageTemplatesState
from salestrekker_portal.portals.settings.partner_portal.state import PartnerPortalSettingsState
from salestrekker_portal.portals.settings.partner_portal.wording_state import PartnerWordingState
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.outbox import Channel
from tests.cast import Cast
from tests.domains.notifications.test_telling import sms
from tests.domains.notifications.world import queued
from tests.support.harness import Harness

CALL = {
    "template": "new", "name": "First call", "audience": "client", "subject": "Hello [Client first name]",
    "email_text": "[Greeting] [Client first name],\nwhen may I call?", "sms_text": "May I call you?",
}  # fmt: skip


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


def at(cast: Cast, who: str = "alice", tail: str = "") -> dict:
    return {"cookie": cast.cookies[who], "path": f"/deals/{cast.deal.id}{tail}"}


def form(cast: Cast, **changes) -> dict:
    kim = f"to-contact-{cast.kim_contact.id}"
    return {"channel": "email", "audience": "client", kim: "on", "subject": "Hello", "text": "Call me", **changes}


async def test_the_drawer_begins_with_somebody_a_greeting_and_who_writes(browser, cast):
    state = await browser.call(WriteState.show, **at(cast), to="")
    assert state.shown and [each["on"] for each in state.readers] == [True, False]
    assert state.begins == {"subject": "", "text": start_of(Channel.EMAIL, Audience.CLIENT)}
    assert state.seen["whom"] == "Kim Nguyen" and state.seen["lines"][0] == "Hello Kim," and not state.errors
    state = await browser.call(WriteState.choose, **at(cast), key=f"contact-{cast.sam_contact.id}", on=True)
    state = await browser.call(WriteState.look_as, **at(cast), key=f"contact-{cast.sam_contact.id}")
    assert state.seen["lines"][0] == "Hello Sam,"
    assert state.seen["several"]
    await sms(cast, on=False)
    state = await browser.call(WriteState.by, **at(cast), channel="sms")
    assert not any(each["on"] for each in state.readers) and not state.seen["whom"]
    state = await browser.call(WriteState.by, **at(cast), channel="email")
    assert all(each["on"] for each in state.readers)
    state = await browser.call(WriteState.write_to, **at(cast), audience="partner")
    assert [each["name"] for each in state.readers] == ["Priya Rao"] and not state.readers[0]["on"]
    state = await browser.call(WriteState.close, **at(cast))
    assert not state.shown


async def test_what_is_wrong_is_said_while_one_types_and_nothing_typed_is_lost(browser, cast):
    await browser.call(WriteState.show, **at(cast), to=f"contact-{cast.kim_contact.id}")
    state = await browser.call(WriteState.see, **at(cast), field="text", text="Hi [Client frist name]")
    assert "Did you mean [Client first name]" in state.errors["text"] and not state.errors.get("subject")
    before = state.form
    state = await browser.call(WriteState.send, **at(cast), form=form(cast, subject="", text="x" * 5000))
    assert state.shown and set(state.errors) == {"subject", "text"} and state.form == before
    assert await queued("letter") == []
    state = await browser.call(WriteState.send, **at(cast), form=form(cast, text="Kia ora [Client first name] {0} 🦊"))
    assert not state.shown and not state.errors
    [row] = await queued("letter")
    assert opened(row).content.paragraphs == ["Kia ora Kim {0} 🦊"]
    assert (await browser.state(Notices)).text == "On its way to Kim Nguyen by e-mail."


async def test_a_text_shows_characters_segments_price_and_what_is_left(browser, cast):
    await sms(cast, credits=7)
    await browser.call(WriteState.show, **at(cast), to="")
    state = await browser.call(WriteState.by, **at(cast), channel="sms")
    assert state.begins["text"] == start_of(Channel.SMS, Audience.CLIENT) and state.begins["subject"] == ""
    state = await browser.call(WriteState.see, **at(cast), field="text", text="x" * 200)
    assert state.seen["size"] == "200 of 306 characters, 2 segments"
    assert state.seen["cost"] == "Costs 2 credits" and state.seen["left"] == "7 credits left"
    state = await browser.call(WriteState.see, **at(cast), field="text", text="Kia ora ā")
    assert "Unicode" in state.seen["size"]


async def test_somebody_without_an_address_is_shown_with_the_reason(browser, cast):
    async with transaction() as session:
        (await session.get(Contact, cast.sam_contact.id)).email = None
    state = await browser.call(WriteState.show, **at(cast), to=f"contact-{cast.sam_contact.id}")
    sam = state.readers[1]
    assert sam["note"] == "There is no e-mail address for Sam Nguyen." and not sam["can"] and not sam["on"]


async def test_a_template_is_made_used_changed_and_deleted(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/message-templates"}
    await browser.call(MessageTemplatesState.load, **seat)
    state = await browser.call(MessageTemplatesState.edit, **seat, template_id="new")
    assert state.editing == "new" and state.email_inserts
    state = await browser.call(MessageTemplatesState.see, **seat, field="email_text", text="Hi [Client first name]")
    assert state.shown["lines"] == ["Hi Kim"]
    state = await browser.call(MessageTemplatesState.save, **seat, form={**CALL, "name": ""})
    assert state.errors["name"] and state.editing == "new"
    state = await browser.call(MessageTemplatesState.save, **seat, form=CALL)
    assert not state.editing and [each["name"] for each in state.lines] == ["First call"] and state.saved
    key = state.lines[0]["id"]
    await browser.call(WriteState.show, **at(cast), to="")
    write = await browser.call(WriteState.use, **at(cast), template_id=key)
    assert write.begins == {"subject": CALL["subject"], "text": CALL["email_text"]}
    assert write.seen["lines"] == ["Hello Kim,", "when may I call?"] and write.seen["subject"] == "Hello Kim"
    write = await browser.call(WriteState.by, **at(cast), channel="sms")
    assert write.begins["text"] == "May I call you?"
    write = await browser.call(WriteState.write_to, **at(cast), audience="partner")
    assert write.template == "" and write.templates == []
    state = await browser.call(MessageTemplatesState.remove, **seat, template_id=key)
    assert state.lines == []


async def test_what_was_sent_is_read_on_the_deal_and_taken_back_while_it_waits(browser, cast):
    await browser.call(WriteState.send, **at(cast), form=form(cast))
    [row] = await queued("letter")
    await browser.call(ActivityState.load, **at(cast, tail="/activity?show=messages"))
    state = await browser.call(ActivityState.read, **at(cast, tail="/activity"), message_id=str(row.id))
    assert (
        state.message["lines"] == ["Call me"] and state.message["waits"] and state.message["what"] == "Written by hand"
    )
    await browser.call(ActivityState.take_back, **at(cast, tail="/activity"))
    async with reading() as session:
        assert (await session.get(type(row), row.id)).sealed == ""


async def test_a_message_to_partners_is_put_into_own_words_and_back(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/partner-portal"}
    state = await browser.call(PartnerWordingState.edit, **seat, key="partner_settled")
    assert state.draft["title"] == "Deal settled" and state.shown["button"] == "Open the deal" and state.may_edit
    state = await browser.call(PartnerWordingState.see, **seat, field="subject", text="[Client names] are done [Oops]")
    assert "There is no “[Oops]”" in state.errors["subject"] and state.shown["subject"].startswith("Kim Nguyen and Sam")
    words = {
        "key": "partner_settled",
        "subject": "Done: [Client names]",
        "email_text": "Thanks!",
        "sms_text": "Thanks!",
    }
    state = await browser.call(PartnerWordingState.save, **seat, form={**words, "email_text": ""})
    assert state.errors["email_text"] and state.draft["key"]
    state = await browser.call(PartnerWordingState.save, **seat, form=words)
    assert not state.draft["key"]
    rows = (await browser.call(PartnerPortalSettingsState.load, **seat)).events
    assert [each["key"] for each in rows if each["own_words"]] == ["partner_settled"]
    state = await browser.call(PartnerWordingState.edit, **seat, key="partner_settled")
    assert state.draft["has_own_words"]
    await browser.call(PartnerWordingState.send_test, **seat)
    assert opened((await queued("test.partner"))[0]).content.subject == "Test: Done: Kim Nguyen and Sam Nguyen"
    await browser.call(PartnerWordingState.standard, **seat, key="partner_settled")
    rows = (await browser.call(PartnerPortalSettingsState.load, **seat)).events
    assert not any(each["own_words"] for each in rows)
