"""Every condition of an invitation, failing and met, with its reason and where it is put right."""

from dataclasses import replace

import pytest

from salestrekker_portal.domains.portal_access.rules import CheckState, ShareFacts, blockers, preflight
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.organisations import Country, PrivacyMode

AU = {Slot.CREDIT_GUIDE: "Credit guide v4.pdf", Slot.PRIVACY_DISCLOSURE: "Privacy disclosure 2026.pdf"}
NZ = {Slot.ACKNOWLEDGEMENT: "a.pdf", Slot.ADVISER_GUIDE: "b.pdf", Slot.ROMA: "c.pdf"}
GOOD = ShareFacts(
    deal_id="deal",
    contact_id="kim",
    first_name="Kim",
    email="kim@example.com",
    mobile="+61491570156",
    owner_name="Alice",
    owner_mobile="+61491570006",
    credits=2,
    slots=AU,
    stage_name="Fact find",
)


def test_nothing_stops_an_invitation_when_every_condition_is_met():
    assert blockers(preflight(GOOD)) == []
    assert all(check.state is CheckState.OK for check in preflight(GOOD))


@pytest.mark.parametrize(
    ("facts", "key", "says", "leads_to"),
    [
        ({"email": None}, "email", "needs an address", "/deals/deal?edit=kim"),
        (
            {"email_also_of": "Sam Nguyen"},
            "email",
            "Sam Nguyen can read the e-mail with the link",
            "/deals/deal?edit=kim",
        ),
        ({"mobile": None}, "mobile", "needs a mobile", "/deals/deal?edit=kim"),
        (
            {"mobile_also_of": "Sam Nguyen"},
            "mobile",
            "Sam Nguyen can read the SMS with the PIN",
            "/deals/deal?edit=kim",
        ),
        ({"owner_mobile": "+61491570156"}, "own_number", "also yours", "/deals/deal?edit=kim"),
        ({"sms_enabled": False}, "sms", "PIN goes by SMS", "/settings/connect"),
        ({"credits": 1}, "credits", "at least 2", "/settings/billing"),
        ({"credits": 0}, "credits", "at least 2", "/settings/billing"),
        ({"credits": 3, "pin_price": 2}, "credits", "at least 4: 2 for the PIN", "/settings/billing"),
        ({"slots": {}}, "credit_guide", "Credit guide", "/settings/client-portal"),
        ({"slots": {Slot.CREDIT_GUIDE: "x"}}, "privacy_disclosure", "Privacy disclosure", "/settings/client-portal"),
        ({"country": Country.NZ}, "roma", "ROMA", "/settings/client-portal"),
        ({"country": Country.NZ, "slots": AU}, "adviser_guide", "Adviser guide", "/settings/client-portal"),
        ({"privacy_mode": PrivacyMode.LINK}, "privacy_link", "must read it", "/settings/client-portal"),
        ({"is_locked": True}, "open", "Unlock it", "/deals/deal"),
        ({"is_archived": True}, "open", "Restore it", ""),
        ({"may_share": False}, "right", "Only a broker or an admin", ""),
    ],
)
def test_each_condition_stops_the_invitation_and_says_why(facts, key, says, leads_to):
    failing = {check.key: check for check in blockers(preflight(replace(GOOD, **facts)))}
    assert says in failing[key].reason
    assert failing[key].fix_href == leads_to


def test_the_number_is_compared_only_once_there_is_one():
    checks = {check.key: check for check in preflight(replace(GOOD, mobile=None))}
    assert checks["own_number"].state is CheckState.WAITING


def test_new_zealand_needs_its_three_documents():
    assert blockers(preflight(replace(GOOD, country=Country.NZ, slots=NZ))) == []


def test_a_link_replaces_the_documents_where_the_organisation_chose_so():
    """It stands for the privacy disclosure: the credit guide has to be in the deal all the same."""
    link = {"privacy_mode": PrivacyMode.LINK, "privacy_url": "https://example.com/privacy"}
    guide = {slot: words for slot, words in GOOD.slots.items() if slot is not Slot.PRIVACY_DISCLOSURE}
    assert blockers(preflight(replace(GOOD, **link, slots=guide))) == []
    assert [check.key for check in blockers(preflight(replace(GOOD, **link, slots={})))] == ["credit_guide"]


def test_who_is_not_an_admin_is_told_whom_to_ask():
    facts = replace(GOOD, credits=0, may_manage=False, admin_name="Alice O’Rourke", admin_email="alice@example.com")
    (failing,) = blockers(preflight(facts))
    assert "ask Alice O’Rourke" in failing.reason
    assert failing.fix_label == "Ask an admin" and failing.fix_href == "/settings/billing"


@pytest.mark.parametrize(("shared", "key"), [("email_also_of", "email"), ("mobile_also_of", "mobile")])
def test_one_shared_half_can_be_accepted_by_a_broker_who_has_told_them(shared, key):
    """L13: a couple with one mailbox, or one phone."""
    facts = replace(GOOD, **{shared: "Sam Nguyen"}, shares_knowingly=True)
    assert blockers(preflight(facts)) == []
    check = next(check for check in preflight(facts) if check.key == key)
    assert "keeps them out" in check.reason and "they know" in check.title


def test_two_shared_halves_need_another_address_or_number_whatever_they_know():
    facts = replace(GOOD, email_also_of="Sam Nguyen", mobile_also_of="Sam Nguyen", shares_knowingly=True)
    assert {check.key for check in blockers(preflight(facts))} == {"email", "mobile"}
