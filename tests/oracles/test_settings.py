"""What the product promises about settings: what only an admin sees."""

import pytest

from salestrekker_portal.portals.settings.billing.state import BillingState
from salestrekker_portal.portals.settings.connect.state import ConnectState
from salestrekker_portal.portals.settings.here import SettingsHere
from tests.support.harness import Harness


@pytest.mark.parametrize("who", ["bob", "kim", "priya", ""])
async def test_oracle_23_connect_and_billing_are_for_admins(sqlite, cast, who):
    """S2-08, S2-12: not in the list of pages, and not behind their events either."""
    async with Harness() as browser:
        for handler, path in ((ConnectState.load, "/settings/connect"), (BillingState.load, "/settings/billing")):
            page = await browser.call(handler, cookie=cast.cookies.get(who, ""), path=path)
            assert browser.was_stopped or browser.refusal.startswith("Only an admin")
            assert not page.ready
        if who == "bob":
            assert not (await browser.call(SettingsHere.load, cookie=cast.cookies[who], path="/settings")).is_admin


async def test_oracle_23_an_admin_opens_both(sqlite, cast):
    async with Harness() as browser:
        for handler, path in ((ConnectState.load, "/settings/connect"), (BillingState.load, "/settings/billing")):
            page = await browser.call(handler, cookie=cast.cookies["alice"], path=path)
            assert browser.refusal == "" and page.ready
