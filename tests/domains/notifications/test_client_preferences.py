"""A client switches off what they don't want, and what is essential comes all the same (L37)."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.notices.catalogue import BY_KEY, Ways
from salestrekker_portal.domains.notifications.choosing import choose_way
from salestrekker_portal.domains.notifications.client_preferences import (
    ESSENTIAL,
    Topic,
    choose,
    muted_ways,
    own_choices,
    topic_of,
)
from salestrekker_portal.kernel.errors import Invalid, NotPermitted
from salestrekker_portal.tables.notifications import Why
from salestrekker_portal.tables.outbox import Channel
from tests.domains.documents.world import give_links
from tests.domains.notifications.world import queued, skipped, tell

pytestmark = pytest.mark.usefixtures("database")


async def _broker_sends_texts(cast, key="note_shared"):
    async with transaction() as session:
        await choose_way(session, cast.alice, for_firm=True, key=key, channel=Channel.SMS, on=True)


async def _choose(actor, topic=Topic.MESSAGES, channel=Channel.SMS, *, on=False):
    async with transaction() as session:
        await choose(session, actor, topic=topic, channel=channel, on=on)


async def _own(actor):
    async with reading() as session:
        return {each.topic: each for each in await own_choices(session, actor)}


async def test_a_muted_sms_does_not_leave_and_the_broker_reads_why(cast):
    await give_links(cast)
    await _broker_sends_texts(cast)
    await _choose(cast.kim)
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "The valuer comes on Thursday", with_client=True)
    await tell()
    sent = [(each.channel, each.recipient) for each in await queued("notice.note_shared")]
    assert (Channel.SMS, cast.kim_contact.mobile) not in sent and (Channel.EMAIL, "kim@example.com") in sent
    assert (Channel.SMS, cast.sam_contact.mobile) in sent
    found = await skipped()
    assert [(each.why, each.channel) for each in found] == [(Why.OFF_BY_PERSON, Channel.SMS)]
    assert "Kim Nguyen" in found[0].sentence and "privacy page" in found[0].sentence


async def test_word_of_ended_access_comes_whatever_was_muted(cast):
    await give_links(cast)
    for topic in Topic:
        await _choose(cast.kim, topic, Channel.EMAIL)
    async with transaction() as session:
        await revoke(session, cast.alice, cast.kim_access.id)
    await tell()
    assert [each.recipient for each in await queued("notice.portal_ended")] == ["kim@example.com"]


def test_what_carries_the_link_stays_on_by_e_mail_and_can_be_muted_by_sms():
    none = Ways(email=False, sms=False)
    assert muted_ways(BY_KEY["documents_requested"], none) == Ways(sms=True)
    assert muted_ways(BY_KEY["documents_added"], none) == Ways(email=True, sms=True)
    assert muted_ways(BY_KEY["note_shared"], None) == Ways()
    for key in ESSENTIAL:
        assert topic_of(key) is None and muted_ways(BY_KEY[key], none) == Ways()


async def test_only_what_the_broker_sends_is_offered(cast):
    choices = await _own(cast.kim)
    assert choices[Topic.MESSAGES].offered == Ways(email=True) and choices[Topic.PROGRESS].offered == Ways()
    with pytest.raises(Invalid):
        await _choose(cast.kim, on=True)
    await _broker_sends_texts(cast)
    await _broker_sends_texts(cast, "stage_changed")
    choices = await _own(cast.kim)
    assert choices[Topic.MESSAGES].offered == Ways(email=True, sms=True)
    assert choices[Topic.PROGRESS].offered == Ways(sms=True)


async def test_a_choice_is_ones_own_and_can_be_taken_back(cast):
    await _broker_sends_texts(cast)
    await _choose(cast.kim)
    assert (await _own(cast.kim))[Topic.MESSAGES].wanted == Ways(email=True, sms=False)
    assert (await _own(cast.sam))[Topic.MESSAGES].wanted == Ways(email=True, sms=True)
    await _choose(cast.kim, on=True)
    assert (await _own(cast.kim))[Topic.MESSAGES].wanted == Ways(email=True, sms=True)


async def test_nobody_else_chooses_for_a_client(cast):
    for actor in (cast.alice, cast.bob, cast.mallory, cast.priya):
        with pytest.raises(NotPermitted):
            await _choose(actor)
        with pytest.raises(NotPermitted):
            await _own(actor)
