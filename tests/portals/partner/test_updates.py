"""Updates and reminders of partners, and what their firm allows, through the gate."""

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.portals.broker.partners.state import PartnersState
from salestrekker_portal.portals.events.notices import Notices
from salestrekker_portal.portals.partner.settings.updates_state import PartnerUpdatesState as Updates
from salestrekker_portal.portals.settings.partner_portal.state import PartnerPortalSettingsState as Settings
from salestrekker_portal.tables.partners import Partner
from tests.support.harness import Harness

PAGE, ADMIN = "/partner/settings/updates", "/settings/partner-portal"
NEW = {"first_name": "Dev", "last_name": "Patel", "email": "dev@example.com"}


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


def _row(rows, key="partner_note"):
    return next(each for each in rows if each["key"] == key)


async def test_what_the_firm_turns_off_is_said_at_once_on_the_partners_page(browser, cast):
    """P-05, P-06, L33: the choice is kept, shown as turned off by the firm, and can't be made."""
    hers = {"cookie": cast.cookies["priya"], "path": PAGE, "tab": "priya"}
    his = {"cookie": cast.cookies["alice"], "path": ADMIN, "tab": "alice"}
    state = await browser.call(Updates.switch, **hers, key="partner_note", channel="email", on=True)
    assert _row(state.rows)["email"] and state.saved.startswith("Saved ")
    admin = await browser.call(Settings.load, **his)
    assert {each["key"] for each in admin.events} == {each["key"] for each in state.rows}
    admin = await browser.call(Settings.allow_event, **his, key="partner_note", on=False)
    assert not _row(admin.events)["on"]
    state = await browser.call(Updates.refresh, **hers)
    assert not _row(state.rows)["allowed"] and state.any_off and state.firm == "Harbour Finance"
    await browser.call(Updates.switch, **hers, key="partner_note", channel="sms", on=True)
    assert "turned off by Harbour Finance" in browser.refusal
    await browser.call(Settings.allow_event, **his, key="partner_note", on=True)
    state = await browser.call(Updates.refresh, **hers)
    assert _row(state.rows)["allowed"] and _row(state.rows)["email"]


async def test_texts_need_a_phone_number(browser, cast):
    async with transaction() as session:
        (await session.get(Partner, cast.priya_partner.id)).phone = None
    hers = {"cookie": cast.cookies["priya"], "path": PAGE}
    state = await browser.call(Updates.load, **hers)
    assert "My account" in state.no_text and "texts" not in state.where
    await browser.call(Updates.switch, **hers, key="partner_note", channel="sms", on=True)
    assert "My account" in browser.refusal
    for wrong in ({"key": None}, {"key": "note_shared"}, {"channel": "pigeon"}):
        await browser.call(Updates.switch, **hers, **{"key": "partner_note", "channel": "email", "on": True, **wrong})
        assert browser.refusal


async def test_without_the_account_mail_the_way_in_is_handed_over(browser, cast):
    """P-04, L32: the page warns, nothing leaves, and the link can be copied or sent."""
    seat = {"cookie": cast.cookies["alice"], "path": "/partners"}
    state = await browser.call(Settings.switch, cookie=seat["cookie"], path=ADMIN, name="tells_partner_added", on=False)
    assert not state.tells_partner_added
    state = await browser.call(PartnersState.load, **seat)
    assert not state.announces
    state = await browser.call(PartnersState.add, **seat, form={**NEW, "assigned": str(cast.alice_user.id)})
    assert "No e-mail went to them" in (await browser.state(Notices)).text
    dev = next(each for each in state.partners if each["email"] == "dev@example.com")
    await browser.call(PartnersState.copy_link, **seat, partner_id=dev["id"])
    assert "/partner/set-password?token=" in repr(browser.out)
    await browser.call(PartnersState.copy_link, cookie=cast.cookies["bob"], path="/partners", partner_id=dev["id"])
    assert browser.refusal and "token=" not in repr(browser.out)
