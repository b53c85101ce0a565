"""Connect and Billing through the gate: for admins, with a way to ask for everybody else."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.settings.billing.state import BillingState
from salestrekker_portal.portals.settings.connect.state import ConnectState
from salestrekker_portal.portals.settings.here import SettingsHere
from salestrekker_portal.tables.organisations import Organisation, User
from salestrekker_portal.tables.outbox import Channel, OutboxMessage
from tests.support.harness import Harness


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def _messages(kind):
    async with reading() as session:
        return list(await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


async def test_an_admin_switches_sms_and_reads_that_it_is_saved(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(ConnectState.load, cookie=cookie, path="/settings/connect")
    assert state.on and state.sender == "Harbour Finance" and state.credits == "100"
    state = await browser.call(ConnectState.switch, cookie=cookie, path="/settings/connect", on=False)
    assert not state.on and state.saved.startswith("Saved ")
    async with reading() as session:
        assert not (await session.get(Organisation, cast.firm.id)).sms_enabled
    await browser.call(ConnectState.test, cookie=cookie, path="/settings/connect")
    assert browser.refusal == "SMS is off. Switch it on first."


async def test_a_test_goes_to_the_admins_own_mobile_through_the_outbox(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(ConnectState.test, cookie=cookie, path="/settings/connect")
    if not cast.alice_user.mobile:
        assert "no mobile" in state.error
    async with transaction() as session:
        (await session.get(User, cast.alice_user.id)).mobile = "+61491570006"
    state = await browser.call(ConnectState.test, cookie=cookie, path="/settings/connect")
    assert not browser.refusal and not state.error and "waiting to be sent" in state.last_test
    sent = (await _messages("settings.sms_test"))[-1]
    assert (sent.channel, sent.recipient, sent.credits_held) == (Channel.SMS, "+61491570006", 1)


@pytest.mark.parametrize("handler", [ConnectState.load, ConnectState.test, BillingState.load, BillingState.ask_to_buy])
async def test_everybody_else_is_kept_out(browser, cast, handler):
    await browser.call(handler, cookie=cast.cookies["bob"], path="/settings/connect")
    assert browser.refusal.startswith("Only an admin")


async def test_the_list_beside_the_page_knows_who_is_an_admin(browser, cast):
    for name, admin in (("alice", True), ("bob", False)):
        state = await browser.call(SettingsHere.load, cookie=cast.cookies[name], path="/settings", tab=name)
        assert state.loaded and state.is_admin is admin


async def test_asking_an_admin_writes_to_every_admin_and_not_forever(browser, cast):
    cookie = cast.cookies["bob"]
    for _ in range(3):
        await browser.call(SettingsHere.ask, cookie=cookie, path="/settings/connect", about="connect")
        assert not browser.refusal and "Alice" in (await browser.state(Notices)).text
    await browser.call(SettingsHere.ask, cookie=cookie, path="/settings/connect", about="connect")
    assert browser.refusal.startswith("You asked already")
    assert {message.recipient for message in await _messages("settings.asked")} == {"alice@example.com"}
    for wrong in ("everything", "<script>", "x" * 10_000, {"a": 1}, None):
        await browser.call(SettingsHere.ask, cookie=cookie, path="/settings/connect", about=wrong)
    assert len(await _messages("settings.asked")) == 3


async def test_buying_asks_first_and_buys_once_a_question(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(BillingState.load, cookie=cookie, path="/settings/billing")
    assert state.balance == "100" and not state.low and not state.asking
    state = await browser.call(BillingState.ask_to_buy, cookie=cookie, path="/settings/billing")
    assert state.asking and "no money moves" in state.gateway
    attempt = state.attempt
    for _ in range(2):
        state = await browser.call(BillingState.buy, cookie=cookie, path="/settings/billing", attempt=attempt)
        assert not browser.refusal and state.balance == "1,100"
    assert state.bought[0]["price"] == "$49.99" and "DEMO-" in state.bought[0]["state"]
    await browser.call(BillingState.buy, cookie=cookie, path="/settings/billing", attempt="<script>")
    assert browser.refusal


async def test_a_bad_level_is_refused_beside_its_field(browser, cast):
    cookie = cast.cookies["alice"]
    state = await browser.call(BillingState.switch_recharge, cookie=cookie, path="/settings/billing", on=True)
    assert state.recharge and state.below == "20" and state.saved
    state = await browser.call(
        BillingState.save_recharge, cookie=cookie, path="/settings/billing", form={"below": "lots"}
    )
    assert state.errors["below"] and state.below == "20"
