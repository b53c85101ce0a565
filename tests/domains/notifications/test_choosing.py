"""Which messages clients get and in whose words: the firm's, a broker's own, and nobody else's."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.settings import change_portal_settings, drop_own_settings
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Ways, events_for
from salestrekker_portal.domains.notices.texts import FIELDS, INVITATION, MESSAGES, PIN
from salestrekker_portal.domains.notices.words import words_for
from salestrekker_portal.domains.notifications.choosing import (
    choose_way,
    decided,
    follow_firms_message,
    preview,
    use_standard_words,
    write_words,
)
from salestrekker_portal.domains.portal_access.client_words import has_own_words, stored_for, ways_of, words_of
from salestrekker_portal.domains.portal_access.messages import values_of
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.tables.notifications import Audience
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel

NOTE = BY_KEY["note_shared"]
WORDS = {"subject": "News", "email_text": "Dear [Client first name]", "sms_text": "[Firm] wrote to you."}


async def _applies(cast):
    async with reading() as session:
        return await stored_for(session, cast.firm.id, cast.alice_user.id)


async def _choose(actor, *, for_firm=True, key="note_shared", channel=Channel.SMS, on=True):
    async with transaction() as session:
        await choose_way(session, actor, for_firm=for_firm, key=key, channel=channel, on=on)


async def _write(actor, *, for_firm=True, key="note_shared", **typed):
    async with transaction() as session:
        await write_words(session, actor, for_firm=for_firm, key=key, typed=WORDS | typed)


async def test_each_message_goes_by_e_mail_by_sms_or_both(sqlite, cast):
    """S1-13, O-06."""
    assert ways_of(await _applies(cast), NOTE) is None
    await _choose(cast.alice)
    assert ways_of(await _applies(cast), NOTE) == Ways(email=True, sms=True)
    await _choose(cast.alice, channel=Channel.EMAIL, on=False)
    assert ways_of(await _applies(cast), NOTE) == Ways(email=False, sms=True)


async def test_a_broker_changes_one_message_and_follows_the_firm_in_the_others(sqlite, cast):
    await _write(cast.alice, subject="The firm’s")
    await _choose(cast.alice, for_firm=False)
    applies = await _applies(cast)
    assert ways_of(applies, NOTE).sms and words_of(applies, "note_shared").subject == "The firm’s"
    await _choose(cast.alice, key="file_shared")
    assert ways_of(await _applies(cast), BY_KEY["file_shared"]).sms
    await _write(cast.alice, for_firm=False, subject="Mine")
    await _write(cast.alice, subject="The firm’s again")
    assert words_of(await _applies(cast), "note_shared").subject == "Mine"
    async with transaction() as session:
        assert (await decided(session, cast.alice, for_firm=False)).own == {"note_shared"}
        await follow_firms_message(session, cast.alice, key="note_shared")
    applies = await _applies(cast)
    assert words_of(applies, "note_shared").subject == "The firm’s again" and ways_of(applies, NOTE) is None


async def test_other_settings_of_ones_own_leave_the_messages_to_the_firm(sqlite, cast):
    async with transaction() as session:
        await change_portal_settings(session, cast.alice, for_firm=False, show_status_bar=False)
    await _write(cast.alice, subject="The firm’s")
    assert words_of(await _applies(cast), "note_shared").subject == "The firm’s"
    await _write(cast.alice, for_firm=False, subject="Mine")
    async with transaction() as session:
        await drop_own_settings(session, cast.alice)
    assert words_of(await _applies(cast), "note_shared").subject == "The firm’s"


async def test_the_standard_words_come_back_and_the_ways_stay(sqlite, cast):
    await _choose(cast.alice)
    await _write(cast.alice)
    assert has_own_words(await _applies(cast), "note_shared")
    async with transaction() as session:
        await use_standard_words(session, cast.alice, for_firm=True, key="note_shared")
    applies = await _applies(cast)
    assert not has_own_words(applies, "note_shared") and ways_of(applies, NOTE).sms
    assert words_of(applies, "note_shared") == MESSAGES["note_shared"].standard


async def test_our_own_words_sent_back_are_not_kept_as_the_firms(sqlite, cast):
    standard = MESSAGES["note_shared"].standard
    await _write(
        cast.alice, subject=standard.subject, email_text=standard.email_text, sms_text=standard.sms_text
    )  # fmt: skip
    assert not has_own_words(await _applies(cast), "note_shared")


async def test_sms_can_be_chosen_only_while_it_is_on_in_connect(sqlite, cast):
    """O-07."""
    await _choose(cast.alice)
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = False
    with pytest.raises(Conflict, match="Connect"):
        await _choose(cast.alice, key="file_shared")
    await _choose(cast.alice, on=False)
    assert not ways_of(await _applies(cast), NOTE).sms


async def test_what_carries_a_link_always_goes_by_e_mail(sqlite, cast):
    with pytest.raises(Invalid):
        await _choose(cast.alice, key="documents_requested", channel=Channel.EMAIL, on=False)
    with pytest.raises(Invalid):
        await _choose(cast.alice, key=INVITATION, channel=Channel.EMAIL, on=False)


@pytest.mark.parametrize("key", ["", "client_uploaded", "partner_note", None, 7, "x" * 9999])
async def test_only_messages_to_clients_are_chosen_here(sqlite, cast, key):
    with pytest.raises(Invalid):
        await _choose(cast.alice, key=key)
    with pytest.raises(Invalid):
        await _write(cast.alice, key=key)


async def test_assistants_clients_and_partners_choose_and_write_nothing(sqlite, cast):
    for actor in (cast.bob, cast.kim, cast.priya):
        for for_firm in (True, False):
            with pytest.raises(NotPermitted):
                await _choose(actor, for_firm=for_firm)
            with pytest.raises(NotPermitted):
                await _write(actor, for_firm=for_firm)
            with pytest.raises(NotPermitted):
                async with transaction() as session:
                    await use_standard_words(session, actor, for_firm=for_firm, key=PIN)
        with pytest.raises(NotPermitted):
            async with transaction() as session:
                await follow_firms_message(session, actor, key=PIN)
    assert await _applies(cast) == {}
    async with reading() as session:
        assert (await decided(session, cast.bob, for_firm=True)).may_text


async def test_another_firm_writes_only_its_own(sqlite, cast):
    await _write(cast.mallory)
    await _write(cast.mallory, for_firm=False)
    assert await _applies(cast) == {}


async def test_a_wrong_text_is_refused_and_nothing_is_kept(sqlite, cast):
    with pytest.raises(Invalid) as refusal:
        await _write(cast.alice, email_text="Hello [Nobody]", sms_text="[Link]")
    assert set(refusal.value.errors) == {"email_text", "sms_text"}
    assert await _applies(cast) == {}


@pytest.mark.parametrize("event", events_for(Audience.CLIENT), ids=lambda event: event.key)
async def test_a_preview_is_what_the_engine_sends(sqlite, cast, event):
    """O-05, O-06: own words or ours, the same sentences leave as stand in the preview."""
    own = {"subject": "[Firm]", "email_text": "Dear [Client first name],\n[Link]", "sms_text": "[Firm] [Client name]"}
    async with reading() as session:
        people = (await decided(session, cast.alice, for_firm=True)).people
    values = {key: field.sample for key, field in FIELDS.items()} | values_of(people, FIELDS["link"].sample)
    for kept in ({}, own):
        sent = words_for(event, kept, values)
        email, sms = preview(people, event.key, words_of({event.key: kept}, event.key))
        assert (email.subject, email.paragraphs, sms) == (sent.subject, sent.paragraphs, sent.sms)


@pytest.mark.parametrize("key", MESSAGES)
async def test_every_message_has_a_preview_without_anybodys_data(sqlite, cast, key):
    async with reading() as session:
        page = await decided(session, cast.alice, for_firm=True)
    email, sms = preview(page.people, key, MESSAGES[key].standard)
    said = " ".join([*(email.paragraphs if email else []), email.subject if email else "", sms])
    assert ("[" not in said and "{" not in said and "Kim" in said) or key == PIN
    assert (email is not None) == MESSAGES[key].has_email and bool(sms) == MESSAGES[key].has_sms
