"""The catalogue is complete, and its texts name only what can be filled in."""

import re

from salestrekker_portal.domains.notices.catalogue import BY_KEY, CATALOGUE, FIELDS, events_for
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.tables.notifications import Audience

OWN_MESSAGES = {"N01", "N02", "N03", "N04", "N22", "N23", "N31", "N32"}  # invitations, PINs, passwords, the summary
NOT_BUILT = {"N21", "N33"}  # tasks and mentoring are other parts of the product


def test_every_row_of_the_list_is_somewhere():
    numbers = {event.number for event in CATALOGUE}
    assert numbers | OWN_MESSAGES | NOT_BUILT == {f"N{number:02}" for number in range(1, 36)}


def test_keys_are_single_and_every_audience_has_events():
    assert len(BY_KEY) == len(CATALOGUE)
    assert sum(len(events_for(audience)) for audience in Audience) == len(CATALOGUE)


def test_defaults_and_fixed_ways_are_offered():
    for event in CATALOGUE:
        for way in ("email", "sms", "bell"):
            if getattr(event.default, way) or getattr(event.fixed, way):
                assert getattr(event.offered, way), event.key


def test_texts_name_known_fields_only_and_an_sms_is_short():
    for event in CATALOGUE:
        named = set(re.findall(r"\{(\w+)\}", event.subject + event.email_text + event.sms_text))
        assert named <= set(event.fields) <= set(FIELDS), event.key
        assert sms_size(re.sub(r"\{\w+\}", "x" * 12, event.sms_text)).segments == 1, event.key
        if event.audience is not Audience.STAFF:
            assert event.subject and event.email_text and event.sms_text and event.link_label, event.key
