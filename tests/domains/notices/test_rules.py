"""Who is told, in which way, and every reason why not: facts in, a verdict out."""

import pytest

from salestrekker_portal.domains.notices.catalogue import BY_KEY, Ways
from salestrekker_portal.domains.notices.rules import SILENT, Firm, Person, Skip, decide, sentence_for, wanted_ways
from salestrekker_portal.tables.notifications import Audience, Why
from salestrekker_portal.tables.outbox import Channel

KIM = Person(name="Kim Nguyen", email="kim@example.com", mobile="+61491570156")
PRIYA = Person(name="Priya Rao", email="priya@example.com", mobile="+61491570157")
ALICE = Person(name="Alice O’Rourke", email="alice@example.com", mobile="+61491570110")
READY = Firm(sms_enabled=True, credits=10)
BOTH = Ways(email=True, sms=True)
EVERYTHING = Ways(email=True, sms=True, bell=True)
NOTE, STAGE = BY_KEY["note_shared"], BY_KEY["stage_changed"]
PARTNER_NOTE, UPLOADED = BY_KEY["partner_note"], BY_KEY["client_uploaded"]


def without(person: Person, **facts) -> Person:
    return Person(**{**vars(person), **facts})


def firm(**facts) -> Firm:
    return Firm(**{**vars(READY), **facts})


def test_what_is_wanted_and_possible_is_sent():
    verdict = decide(NOTE, KIM, READY, BOTH)
    assert verdict.email and verdict.sms and not verdict.bell and verdict.skipped == ()
    told = decide(UPLOADED, ALICE, READY, EVERYTHING)
    assert told.email and told.sms and told.bell


def test_nobody_is_told_of_what_they_did_themselves():
    assert decide(UPLOADED, without(ALICE, did_it=True), READY, EVERYTHING) == SILENT


@pytest.mark.parametrize(
    ("event", "person", "decided", "wanted", "why"),
    [
        (NOTE, KIM, READY, Ways(), Why.OFF_BY_FIRM),
        (NOTE, without(KIM, lost_sight=True), READY, BOTH, Why.ACCESS_ENDED),
        (STAGE, KIM, firm(shows_stages=False), BOTH, Why.STATUS_BAR_OFF),
        (PARTNER_NOTE, PRIYA, READY, Ways(), Why.OFF_BY_PERSON),
        (PARTNER_NOTE, PRIYA, firm(allows=False), BOTH, Why.OFF_BY_FIRM),
        (PARTNER_NOTE, PRIYA, firm(allows=False), Ways(), Why.OFF_BY_FIRM),
        (PARTNER_NOTE, without(PRIYA, lost_sight=True), READY, BOTH, Why.ACCESS_ENDED),
    ],
)
def test_some_reasons_silence_the_whole_message(event, person, decided, wanted, why):
    verdict = decide(event, person, decided, wanted)
    assert not verdict.tells and verdict.skipped == (Skip(why=why),)


@pytest.mark.parametrize(
    ("person", "decided", "channel", "why"),
    [
        (without(KIM, email=None), READY, Channel.EMAIL, Why.NO_EMAIL),
        (without(KIM, email_bounced=True), READY, Channel.EMAIL, Why.BOUNCED),
        (KIM, firm(sms_enabled=False), Channel.SMS, Why.SMS_OFF),
        (without(KIM, mobile=None), READY, Channel.SMS, Why.NO_MOBILE),
        (without(KIM, sms_opted_out=True), READY, Channel.SMS, Why.OPTED_OUT),
        (KIM, firm(credits=0), Channel.SMS, Why.NO_CREDITS),
    ],
)
def test_others_silence_one_channel_and_leave_the_other(person, decided, channel, why):
    verdict = decide(NOTE, person, decided, BOTH)
    assert verdict.skipped == (Skip(why=why, channel=channel),)
    assert verdict.email is (channel is Channel.SMS) and verdict.sms is (channel is Channel.EMAIL)


def test_organisation_off_beats_personal_on():
    """S4-23, P-06, L33: the firm's no counts, whatever the partner chose, and the broker can read it."""
    verdict = decide(PARTNER_NOTE, PRIYA, firm(allows=False), BOTH)
    assert not verdict.email and not verdict.sms
    sentence = sentence_for(verdict.skipped[0], PARTNER_NOTE, PRIYA)
    assert "switched off for all partners" in sentence and "Priya Rao" in sentence


def test_an_sms_of_two_segments_needs_two_credits():
    assert decide(NOTE, KIM, firm(credits=2), BOTH, segments=2).sms
    assert decide(NOTE, KIM, firm(credits=1), BOTH, segments=2).skipped[0].why is Why.NO_CREDITS


def test_a_daily_summary_takes_the_place_of_single_emails_but_not_of_the_bell_or_sms():
    """R-11: the two are exclusive."""
    verdict = decide(UPLOADED, ALICE, READY, EVERYTHING, daily_summary=True)
    assert verdict.in_summary and not verdict.email and verdict.bell and verdict.sms
    low = BY_KEY["sms_low"]
    assert decide(low, ALICE, READY, wanted_ways(low, None), daily_summary=True).email


def test_staff_who_want_nothing_are_left_alone_without_a_reason():
    assert decide(UPLOADED, ALICE, READY, Ways()) == SILENT


def test_fixed_ways_stay_on_and_ways_that_are_not_offered_stay_off():
    asked = BY_KEY["documents_requested"]
    assert wanted_ways(asked, Ways()) == Ways(email=True)
    assert wanted_ways(NOTE, Ways(bell=True, sms=True)) == Ways(sms=True)
    assert wanted_ways(STAGE, None) == Ways()


def test_every_reason_has_a_sentence_without_gaps():
    for why in Why:
        for event in (NOTE, PARTNER_NOTE, UPLOADED):
            if event.audience is Audience.STAFF and why in (Why.OFF_BY_FIRM, Why.OFF_BY_PERSON, Why.ACCESS_ENDED):
                continue  # staff are never silenced by these
            if event is NOTE and why is Why.OFF_BY_PERSON:
                continue  # clients have no settings of their own (S1-13)
            sentence = sentence_for(Skip(why=why), event, KIM)
            assert sentence != "It was not sent." and "{" not in sentence
