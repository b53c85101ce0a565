"""How a client is told of what, through the gate."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.notifications.choosing import choose_way
from salestrekker_portal.portals.client.privacy.reach_state import ReachState as Reach
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
