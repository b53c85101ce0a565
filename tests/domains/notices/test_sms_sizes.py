"""No text of ours is dearer than two, whatever the longest names of the demo are, alone or about several things."""

import pytest

from salestrekker_portal.demo.cast import FIRMS, REFERRERS, STAFF
from salestrekker_portal.demo.pipeline import BUYING, DEALS
from salestrekker_portal.domains.notices.catalogue import CATALOGUE, FIELDS, Event
from salestrekker_portal.domains.notices.fields import FIELDS as BRACKETS
from salestrekker_portal.domains.notices.texts import MESSAGES, PIN
from salestrekker_portal.domains.notices.wording import sms_of
from salestrekker_portal.domains.notices.words import short, staff_words, words_for
from salestrekker_portal.domains.notifications.gathering import MOST_SEGMENTS, with_more
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.kernel.sms import sms_size
from salestrekker_portal.tables.notifications import Audience, Notice


def longest(*texts: str) -> str:
    return max(texts, key=len)


PEOPLE = [name for deal in DEALS for name in deal.people]
CLIENT, DEAL = longest(*PEOPLE), longest(*(deal.name for deal in DEALS))
FIRM = longest(*(firm.name for firm in FIRMS))
PARTNER = longest(*(f"{each.first} {each.last}" for each in REFERRERS))
VALUES = {
    **dict.fromkeys({*FIELDS, *BRACKETS}, ""),
    "greeting": "Kia ora",
    "client_first_name": longest(*(name.split()[0] for name in PEOPLE)),
    "client_name": CLIENT,
    "partner_first_name": PARTNER,
    "broker_first_name": longest(*(each.first for each in STAFF)),
    "broker_name": longest(*(f"{each.first} {each.last}" for each in STAFF)),
    "firm_name": FIRM,
    "firm_phone": "(02) 5550 1234",
    "deal_name": f"{CLIENT} and {PARTNER}",
    "stage_name": longest(*(deal.stage for deal in DEALS)),
    "documents": "\n".join(BUYING),
    "documents_short": longest(*map(str, BUYING)),
    "reason": "The second page is cut off, so I can’t see the rent. " * 8,
    "due_date": "Wednesday 30 September 2026",
    "outcome": "the lender declined it",
    "settled_on": "Wednesday 30 September 2026",
}


def text_of(event: Event) -> str:
    if event.audience is not Audience.STAFF:
        return words_for(event, {}, VALUES).sms
    notice = Notice(
        organisation_id=new_id(), recipient_id=new_id(), deal_id=new_id(), audience=event.audience, event=event.key,
        author=CLIENT, items=[{"id": "", "name": name} for name in BUYING[:1]],
        facts={"reason": "x" * 400, "stage": "Conditional approval", "days": 40, "left": 9, "contact": CLIENT},
    )  # fmt: skip
    return staff_words(notice, DEAL, FIRM).sms


@pytest.mark.parametrize("event", [each for each in CATALOGUE if each.offered.sms], ids=lambda each: each.key)
def test_a_text_of_every_kind_is_two_at_most_and_ends_once(event):
    said = text_of(event)
    for text in (said, with_more(said, 9, 90)):
        size = sms_size(text)
        assert size.segments <= MOST_SEGMENTS and not size.wide, text
        assert ".." not in text.replace("...", "") and "{" not in text and "[" not in text


def test_a_pin_is_one_text_with_the_longest_names():
    text = sms_of(MESSAGES[PIN].standard.sms_text, VALUES | {"pin": "123456"}, MESSAGES[PIN].fields)
    assert sms_size(text).segments == 1 and "123456" in text


def test_a_long_list_of_documents_is_a_number():
    assert short(list(BUYING)) == f"{len(BUYING)} documents"
