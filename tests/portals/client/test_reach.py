"""How a client is told of what, through the gate."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.notifications.choosing import choose_way
from salestrekker_portal.portals.broker.deal.partners_block import DealPartnersState
from salestrekker_portal.portals.client.privacy.partner_state import PartnersSeeState
from salestrekker_portal.portals.client.privacy.reach_state import ReachState as Reach
from salestrekker_portal.portals.partner.deal.state import PartnerDealState
from salestrekker_portal.tables.outbox import Channel
from tests.support.harness import Harness

PAGE = "/portal/privacy"


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


def _row(state, topic="messages"):
    return next(each for each in state.topics if each["topic"] == topic)


async def test_a_client_switches_off_what_their_broker_sends(browser, cast):
    """L37: only what is sent is offered, and one's own choice comes back on the next look."""
    seat = {"cookie": cast.cookies["kim"], "path": PAGE}
    state = await browser.call(Reach.load, **seat)
    assert (_row(state)["email"], _row(state)["sms"], _row(state, "progress")["email"]) == ("on", "", "")
    assert state.where == "E-mails go to k•••@example.com."
    async with transaction() as session:
        await choose_way(session, cast.alice, for_firm=True, key="note_shared", channel=Channel.SMS, on=True)
    state = await browser.call(Reach.load, **seat)
    assert _row(state)["sms"] == "on" and state.where.endswith("texts to •••• 156.")
    state = await browser.call(Reach.switch, **seat, topic="messages", channel="sms", on=False)
    assert _row(state)["sms"] == "off"
    state = await browser.call(Reach.load, cookie=cast.cookies["kim"], path=PAGE, tab="other")
    assert (_row(state)["email"], _row(state)["sms"]) == ("on", "off")
    state = await browser.call(Reach.load, cookie=cast.cookies["sam"], path=PAGE, tab="sam")
    assert _row(state)["sms"] == "on"


async def test_nothing_else_can_be_switched(browser, cast):
    seat = {"cookie": cast.cookies["kim"], "path": PAGE}
    for wrong in ({"topic": "pins"}, {"channel": "fax"}, {"topic": None}, {"channel": {"a": 1}}, {"channel": "sms"}):
        await browser.call(Reach.switch, **seat, **{"topic": "progress", "channel": "email", "on": True, **wrong})
        assert browser.refusal


async def test_what_a_client_chooses_is_on_the_partners_page_and_the_brokers_at_once(browser, cast):
    seat = {"cookie": cast.cookies["kim"], "path": PAGE}
    deal = f"/partner/deals/{cast.deal.id}"
    state = await browser.call(PartnersSeeState.load, **seat)
    assert [row["how"][:7] for row in state.referrers] == ["Follows"] and (state.chosen, state.others) == ("2", "")
    state = await browser.call(PartnersSeeState.choose, **seat, level="3")
    assert state.chosen == "3" and "the stage and its dates." in state.others  # sam didn't say so
    await browser.call(PartnersSeeState.choose, cookie=cast.cookies["sam"], path=PAGE, tab="sam", level="0")
    shown = await browser.call(PartnerDealState.load, cookie=cast.cookies["priya"], path=deal, tab="partner")
    assert shown.private and shown.stages == [] and shown.facts == [] and not any(row["on"] for row in shown.allowed)
    assert all(row["name"] and row["phone"] == row["call"] == row["email"] == "" for row in shown.clients)
    assert shown.can_note and not shown.can_file
    broker = {"cookie": cast.cookies["alice"], "path": f"/deals/{cast.deal.id}", "tab": "broker"}
    read = await browser.call(DealPartnersState.load, **broker)
    assert read.private and read.allowed == "nothing"
    await browser.call(PartnersSeeState.choose, cookie=cast.cookies["sam"], path=PAGE, tab="sam", level="3")
    shown = await browser.call(PartnerDealState.load, cookie=cast.cookies["priya"], path=deal, tab="partner")
    assert not shown.private and shown.stages and shown.papers.endswith("open")
    await browser.call(PartnersSeeState.choose, **seat, level="7")
    assert browser.refusal
