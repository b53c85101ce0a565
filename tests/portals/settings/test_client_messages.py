"""Messages to clients through the gate: chosen, worded with a preview, and put right beside the text."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.portal_access.client_words import stored_for
from salestrekker_portal.portals.settings.client_portal.messages_state import ClientMessagesState as Messages
from salestrekker_portal.tables.organisations import Organisation
from tests.support.harness import Harness

PAGE = "/settings/client-portal"
GOOD = {"key": "note_shared", "subject": "News", "email_text": "Dear [Client first name]", "sms_text": "[Firm]: news"}


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def _stored(cast):
    async with reading() as session:
        return await stored_for(session, cast.firm.id, cast.alice_user.id)


def _row(state, key="note_shared"):
    return next(each for each in state.rows if each["key"] == key)


async def test_the_matrix_offers_each_message_by_e_mail_and_sms(browser, cast):
    """S1-13, O-06, O-08: who gets them and which way, with what always goes said as such."""
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    state = await browser.call(Messages.load, **seat)
    assert (_row(state)["email"], _row(state)["sms"]) == ("on", "off") and state.credits == "100"
    assert (_row(state, "portal.invitation")["email"], _row(state, "portal.pin")["sms"]) == ("always", "always")
    assert _row(state, "documents_requested")["email"] == "always"
    state = await browser.call(Messages.switch, **seat, key="note_shared", channel="sms", on=True)
    assert _row(state)["sms"] == "on" and state.saved.startswith("Saved ")
    await browser.call(Messages.switch, **seat, key="documents_requested", channel="email", on=False)
    assert "always goes by e-mail" in browser.refusal
    for wrong in ({"key": "nope"}, {"channel": "fax"}, {"key": None}, {"channel": {"a": 1}}):
        await browser.call(Messages.switch, **seat, **{"key": "note_shared", "channel": "sms", "on": True, **wrong})
        assert browser.refusal


async def test_sms_off_in_connect_is_said_and_nothing_new_can_be_ticked(browser, cast):
    """O-07."""
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = False
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    state = await browser.call(Messages.load, **seat)
    assert not state.may_text
    await browser.call(Messages.switch, **seat, key="note_shared", channel="sms", on=True)
    assert "Connect" in browser.refusal


async def test_a_message_is_previewed_while_it_is_written(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    state = await browser.call(Messages.edit, **seat, key="note_shared")
    assert state.draft["title"] == "Message from you" and state.shown["subject"] == "Alice wrote to you"
    tokens = {each["token"] for each in state.sms_inserts}
    assert "[Client first name]" in tokens and "[Link]" not in tokens
    state = await browser.call(Messages.see, **seat, field="sms_text", text="[Client first name] " * 30)
    assert state.shown["sms"].startswith("Kim Kim") and state.shown["cost"] == "Costs 1 credit for each client"
    state = await browser.call(Messages.see, **seat, field="sms_text", text="x" * 161)
    assert "2 segments" in state.shown["size"] and "2 credits" in state.shown["cost"]
    state = await browser.call(Messages.see, **seat, field="email_text", text="<b>Hi</b> [Client frist name]")
    assert "[Client first name]" in state.errors["email_text"]
    # What was written, and at its end what the firm shows of a note.
    assert state.shown["before"] == ["<b>Hi</b> [Client frist name]", "“Good news, the lender has what it needs…”"]
    for wrong in ({"field": "key"}, {"text": None}, {"text": ["x"]}, {"field": None}):
        await browser.call(Messages.see, **seat, **{"field": "subject", "text": "x", **wrong})


async def test_a_slip_is_said_beside_its_text_and_the_dialog_stays_open(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    await browser.call(Messages.edit, **seat, key="note_shared")
    wrong = {**GOOD, "subject": "", "email_text": "[PIN]", "sms_text": "[Link]"}
    state = await browser.call(Messages.save, **seat, form=wrong)
    assert set(state.errors) == {"subject", "email_text", "sms_text"} and state.draft["key"] == "note_shared"
    assert await _stored(cast) == {}
    for garbage in (None, "x", [], {}, {"key": 7}, {"key": "note_shared", "subject": {"a": 1}}):
        await browser.call(Messages.save, **seat, form=garbage)
    assert await _stored(cast) == {}
    state = await browser.call(Messages.save, **seat, form=GOOD)
    assert not state.errors and state.draft["key"] == "" and _row(state)["words"] == "firm"
    state = await browser.call(Messages.standard, **seat, key="note_shared")
    assert _row(state)["words"] == ""


async def test_a_broker_has_words_of_their_own_and_goes_back_to_the_firms(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": f"{PAGE}?whose=own"}
    state = await browser.call(Messages.save, **seat, form=GOOD)
    assert _row(state)["words"] == "own" and _row(state)["mine"]
    firm = await browser.call(Messages.load, cookie=cast.cookies["alice"], path=PAGE, tab="firm")
    assert _row(firm)["words"] == ""
    state = await browser.call(Messages.follow, **seat, key="note_shared")
    assert not _row(state)["mine"]


async def test_an_assistant_looks_and_changes_nothing(browser, cast):
    seat = {"cookie": cast.cookies["bob"], "path": PAGE}
    state = await browser.call(Messages.load, **seat)
    assert state.ready and not state.may_edit
    state = await browser.call(Messages.edit, **seat, key="note_shared")
    assert state.draft["key"] == "note_shared"
    for handler, payload in (
        (Messages.switch, {"key": "note_shared", "channel": "sms", "on": True}),
        (Messages.save, {"form": GOOD}),
        (Messages.standard, {"key": "note_shared"}),
        (Messages.follow, {"key": "note_shared"}),
    ):
        await browser.call(handler, **seat, **payload)
        assert browser.refusal.startswith("Only a")
    assert await _stored(cast) == {}


async def test_how_much_of_a_note_an_e_mail_shows_is_chosen_and_previewed(browser, cast):
    """S3-03."""
    seat = {"cookie": cast.cookies["alice"], "path": PAGE}
    state = await browser.call(Messages.load, **seat)
    assert state.shows == "line"
    for shows, there in (("whole", True), ("none", False)):
        state = await browser.call(Messages.show_note, **seat, shows=shows)
        assert state.shows == shows and state.saved.startswith("Saved ")
        state = await browser.call(Messages.edit, **seat, key="note_shared")
        said = " ".join([*state.shown["before"], *state.shown["after"]])
        assert ("call you on Tuesday" in said) == there == ("Good news" in said)
    for junk in ("all", None, 7, {"a": 1}):
        await browser.call(Messages.show_note, **seat, shows=junk)
        assert browser.refusal
    assert (await _stored(cast))["note_shared"]["shows"] == "none"
